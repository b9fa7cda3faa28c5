"""What the clinic offers, as programs read it. Long texts are Markdown."""

from typing import Any

from django.conf import settings
from django.db.models import Model
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Practitioner
from booking.api.fields import LineField
from booking.api.paging import PageQuery
from booking.words import say_money
from catalogue.models import CancellationPolicy, Condition, Service, Treatment
from catalogue.models.treatment import TreatmentQuestion, TreatmentSource

SUMMARY = ["slug", "name", "summary", "url"]


class MoneySerializer(serializers.Serializer[Any]):
    amount_minor = serializers.IntegerField(help_text="In pence, cents or the like.")
    currency = serializers.CharField(help_text="ISO 4217, GBP.")
    text = serializers.CharField(help_text="As people read it, £64.")


def money(minor: int, currency: str) -> dict[str, Any]:
    return {"amount_minor": minor, "currency": currency, "text": say_money(minor, currency=currency)}


class PageUrlField(serializers.URLField):
    """The page of the site that says the same to people."""

    def __init__(self, **options: Any) -> None:
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, value: Any) -> str:
        address: str = value.get_absolute_url()
        return settings.SITE_URL + address


class SummarySerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    summary = serializers.CharField(help_text="In one sentence.")
    url = PageUrlField()


class TreatmentSummarySerializer(SummarySerializer, serializers.ModelSerializer[Any]):
    class Meta:
        model: type[Model] = Treatment
        fields = [*SUMMARY, "evidence_level"]


class ConditionSummarySerializer(SummarySerializer, serializers.ModelSerializer[Any]):
    class Meta:
        model: type[Model] = Condition
        fields = [*SUMMARY, "area"]


class PractitionerSerializer(serializers.ModelSerializer[Practitioner]):
    class Meta:
        model = Practitioner
        fields = ["slug", "name", "title"]


class PolicySerializer(serializers.ModelSerializer[CancellationPolicy]):
    class Meta:
        model = CancellationPolicy
        fields = ["text", "free_until_hours", "late_refund_percent", "no_show_refund_percent"]


class ServiceSummarySerializer(SummarySerializer, serializers.ModelSerializer[Any]):
    price = serializers.SerializerMethodField()

    class Meta:
        model: type[Model] = Service
        fields = [*SUMMARY, "visit_kind", "duration_minutes", "price", "pays"]

    @extend_schema_field(MoneySerializer)
    def get_price(self, service: Service) -> dict[str, Any]:
        return money(service.price_minor, settings.CLINIC_CURRENCY)


class QuestionSerializer(serializers.ModelSerializer[TreatmentQuestion]):
    class Meta:
        model = TreatmentQuestion
        fields = ["question", "answer"]


class SourceSerializer(serializers.ModelSerializer[TreatmentSource]):
    class Meta:
        model = TreatmentSource
        fields = ["citation", "year", "url"]


class TreatmentSerializer(TreatmentSummarySerializer):
    questions = QuestionSerializer(many=True)
    sources = SourceSerializer(many=True)
    conditions = SummarySerializer(many=True, source="published_conditions")
    services = ServiceSummarySerializer(many=True, source="offered_services")

    class Meta(TreatmentSummarySerializer.Meta):
        fields = [
            *TreatmentSummarySerializer.Meta.fields, "what_it_is", "how_it_differs", "how_it_helps",
            "what_it_feels_like", "what_to_expect_after", "who_it_suits", "who_should_not", "evidence",
            "questions", "sources", "conditions", "services",
        ]  # fmt: skip


class ConditionSerializer(ConditionSummarySerializer):
    treatments = serializers.SerializerMethodField(help_text="The likeliest to help first.")
    practitioners = PractitionerSerializer(many=True, source="active_practitioners")

    class Meta(ConditionSummarySerializer.Meta):
        fields = [
            *ConditionSummarySerializer.Meta.fields, "description", "what_helps", "self_care",
            "see_someone_first", "treatments", "practitioners",
        ]  # fmt: skip

    @extend_schema_field(TreatmentSummarySerializer(many=True))
    def get_treatments(self, condition: Any) -> Any:
        return TreatmentSummarySerializer([link.treatment for link in condition.likely], many=True).data


class ServiceSerializer(ServiceSummarySerializer):
    policy = PolicySerializer()
    may_include = TreatmentSummarySerializer(
        many=True,
        source="published_treatments",
        help_text="Offered in the room, never promised.",
    )
    practitioners = PractitionerSerializer(many=True, source="active_practitioners")

    class Meta(ServiceSummarySerializer.Meta):
        fields = [
            *ServiceSummarySerializer.Meta.fields, "minimum_notice_minutes", "horizon_days", "policy",
            "may_include", "practitioners",
        ]  # fmt: skip


# --- What may be asked of the lists ----------------------------------------------------------------------


class SearchQuery(PageQuery):
    search = LineField(required=False, max_length=100, help_text="Words in the name or the summary.")


class ConditionQuery(SearchQuery):
    area = serializers.ChoiceField(choices=Condition.Area.choices, required=False)
    treatment = LineField(required=False, max_length=50, help_text="Slug of a treatment that may help.")


class ServiceQuery(SearchQuery):
    visit_kind = serializers.ChoiceField(choices=Service.VisitKind.choices, required=False)
    treatment = LineField(required=False, max_length=50, help_text="Slug of a treatment it may include.")
    practitioner = LineField(required=False, max_length=50, help_text="Slug of somebody who gives it.")
