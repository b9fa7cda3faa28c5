"""What the clinic offers. Only what is published, and of services only what is booked online."""

from typing import Any, ClassVar

from django.db.models import Prefetch, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Practitioner
from booking.api.paging import PageQuery, Pages
from booking.api.parsing import read_query
from booking.api.serializers import catalogue as shapes
from booking.api.views.base import ApiView
from catalogue.models import Condition, Service, Treatment
from catalogue.models.condition import ConditionTreatment

Active = Prefetch(
    "practitioners", queryset=Practitioner.objects.filter(active=True), to_attr="active_practitioners"
)
MayInclude = Prefetch("treatments", queryset=Treatment.objects.published(), to_attr="published_treatments")


class ListView(ApiView, ListAPIView[Any]):
    """A page of what is there, narrowed by checked parameters."""

    pagination_class = Pages
    asked: ClassVar[type[PageQuery]] = shapes.SearchQuery
    query: dict[str, Any]

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.query = read_query(self.asked, request)
        return self.list(request, *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for word in self.query.get("search", "").split():
            queryset = queryset.filter(Q(name__icontains=word) | Q(summary__icontains=word))
        return queryset


class DetailView(ApiView, RetrieveAPIView[Any]):
    lookup_field = "slug"


@extend_schema(tags=["catalogue"], summary="Treatments, each explained", parameters=[shapes.SearchQuery])
class TreatmentList(ListView):
    serializer_class = shapes.TreatmentSummarySerializer

    def get_queryset(self) -> QuerySet[Treatment]:
        return Treatment.objects.published()


@extend_schema(tags=["catalogue"], summary="All there is to read about one treatment")
class TreatmentDetail(DetailView):
    serializer_class = shapes.TreatmentSerializer

    def get_queryset(self) -> QuerySet[Treatment]:
        return Treatment.objects.published().prefetch_related(
            "questions",
            "sources",
            Prefetch("conditions", queryset=Condition.objects.published(), to_attr="published_conditions"),
            Prefetch("services", queryset=Service.objects.bookable_online(), to_attr="offered_services"),
        )


@extend_schema(tags=["catalogue"], summary="What brings people in", parameters=[shapes.ConditionQuery])
class ConditionList(ListView):
    serializer_class = shapes.ConditionSummarySerializer
    asked = shapes.ConditionQuery

    def get_queryset(self) -> QuerySet[Condition]:
        return Condition.objects.published()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter_queryset(queryset)
        if area := self.query.get("area"):
            found = found.filter(area=area)
        if treatment := self.query.get("treatment"):
            found = found.filter(treatments__in=Treatment.objects.published().filter(slug=treatment))
        return found


@extend_schema(tags=["catalogue"], summary="One condition, and what may help")
class ConditionDetail(DetailView):
    serializer_class = shapes.ConditionSerializer

    def get_queryset(self) -> QuerySet[Condition]:
        likely = ConditionTreatment.objects.filter(treatment__in=Treatment.objects.published())
        return Condition.objects.published().prefetch_related(
            Prefetch("links", queryset=likely.select_related("treatment"), to_attr="likely"), Active
        )


@extend_schema(tags=["catalogue"], summary="What can be booked online", parameters=[shapes.ServiceQuery])
class ServiceList(ListView):
    serializer_class = shapes.ServiceSummarySerializer
    asked = shapes.ServiceQuery

    def get_queryset(self) -> QuerySet[Service]:
        return Service.objects.bookable_online()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter_queryset(queryset)
        if kind := self.query.get("visit_kind"):
            found = found.filter(visit_kind=kind)
        if treatment := self.query.get("treatment"):
            found = found.filter(treatments__in=Treatment.objects.published().filter(slug=treatment))
        if practitioner := self.query.get("practitioner"):
            found = found.filter(practitioners__slug=practitioner, practitioners__active=True)
        return found


@extend_schema(tags=["catalogue"], summary="One service: how long, how much, with whom, by which policy")
class ServiceDetail(DetailView):
    serializer_class = shapes.ServiceSerializer

    def get_queryset(self) -> QuerySet[Service]:
        return Service.objects.bookable_online().select_related("policy").prefetch_related(Active, MayInclude)
