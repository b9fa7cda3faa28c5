"""How the diary is described; it is written directly, and the tests hold it to this."""

from rest_framework import serializers


class DiaryLocationSerializer(serializers.Serializer[object]):
    slug = serializers.CharField()
    name = serializers.CharField()


class OpenSerializer(serializers.Serializer[object]):
    location = serializers.CharField()
    to = serializers.DateTimeField()

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        return {**super().get_fields(), "from": serializers.DateTimeField()}


class ShutSerializer(serializers.Serializer[object]):
    kind = serializers.ChoiceField(choices=["leave", "block", "closed"])
    reason = serializers.CharField()
    to = serializers.DateTimeField()
    leave = serializers.IntegerField(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        return {**super().get_fields(), "from": serializers.DateTimeField()}


class DiaryColumnSerializer(serializers.Serializer[object]):
    slug = serializers.CharField()
    name = serializers.CharField()
    open = OpenSerializer(many=True)
    shut = ShutSerializer(many=True)


class DiaryVisitSerializer(serializers.Serializer[object]):
    id = serializers.UUIDField()
    sequence = serializers.IntegerField(help_text="Rises with every change; sent back when moving.")
    status = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    practitioner = serializers.CharField()
    location = serializers.CharField()
    room = serializers.CharField(allow_null=True)
    service = serializers.CharField()
    first = serializers.BooleanField(help_text="A first visit.")
    patient = serializers.CharField(allow_null=True)
    patient_id = serializers.UUIDField(allow_null=True)
    alert = serializers.BooleanField()
    note = serializers.BooleanField(help_text="The patient wrote something.")
    overbooked = serializers.CharField(help_text="Why, if it is.")
    arrived_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    due_minor = serializers.IntegerField(help_text="Left to pay, in minor units.")
    needs_a_hand = serializers.BooleanField()

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        """Where it was booked is called `source`, a word that serializers keep for themselves."""
        return {**super().get_fields(), "source": serializers.CharField()}


class DiarySerializer(serializers.Serializer[object]):
    to = serializers.DateField()
    locations = DiaryLocationSerializer(many=True)
    practitioners = DiaryColumnSerializer(many=True)
    visits = DiaryVisitSerializer(many=True)

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        return {**super().get_fields(), "from": serializers.DateField()}
