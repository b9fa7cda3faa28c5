"""What the treating physio reads of one visit: what was done, and how consent stands."""

from rest_framework import serializers

from accounts.models import Practitioner
from booking.models import Consent, RecordAddition, TechniqueUsed, VisitRecord
from catalogue.models import Treatment


class TechniqueUsedSerializer(serializers.ModelSerializer[TechniqueUsed]):
    treatment = serializers.SlugRelatedField[Treatment](slug_field="slug", read_only=True)
    regions = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = TechniqueUsed
        fields = ["treatment", "regions", "needles_in", "needles_out", "needles_missing"]


class RecordAdditionSerializer(serializers.ModelSerializer[RecordAddition]):
    by = serializers.CharField(source="by.get_short_name")

    class Meta:
        model = RecordAddition
        fields = ["text", "by", "at"]


class VisitRecordSerializer(serializers.ModelSerializer[VisitRecord]):
    practitioner = serializers.SlugRelatedField[Practitioner](slug_field="slug", read_only=True)
    techniques = TechniqueUsedSerializer(many=True, read_only=True)
    additions = RecordAdditionSerializer(many=True, read_only=True)
    signed_at = serializers.DateTimeField(allow_null=True, help_text="Null while it is a draft.")

    class Meta:
        model = VisitRecord
        fields = [
            "practitioner",
            "pain",
            "function",
            "note",
            "is_reassessment",
            "techniques",
            "additions",
            "signed_at",
        ]


class SignedConsentSerializer(serializers.ModelSerializer[Consent]):
    class Meta:
        model = Consent
        fields = [
            "opened_at",
            "signed_at",
            "signed_name",
            "signed_for",
            "remarks",
            "withdrawn_at",
            "withdrawn_by",
        ]


class ConsentStandingSerializer(serializers.Serializer[object]):
    treatment = serializers.CharField(source="text.treatment.slug")
    title = serializers.CharField(source="text.title")
    version = serializers.IntegerField(source="text.version")
    state = serializers.ChoiceField(
        choices=["not_read", "signed_older", "read", "signed", "withdrawn"],
        help_text="With `signed_older` an earlier version was signed, and this one was not read yet.",
    )
    consent = SignedConsentSerializer(allow_null=True)


class ConsentsSerializer(serializers.Serializer[object]):
    texts = ConsentStandingSerializer(many=True, help_text="One for each text the visit may need.")
