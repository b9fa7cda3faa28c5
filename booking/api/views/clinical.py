"""What was done and what was signed, for the physio whose visit it is; nobody else learns of it."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from booking.actions.reading import note_opened
from booking.api.serializers.clinical import ConsentsSerializer, VisitRecordSerializer
from booking.api.views.base import ApiView
from booking.models import Appointment
from booking.queries.clinical.records import record_of
from booking.queries.clinical.standings import standings_at
from booking.queries.clinical.treating import TREATS, practitioner_of


class TreatingView(ApiView):
    """Refused alike for every visit that is not one's own, whether it exists or not. Readings are noted."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [IsAuthenticated]

    def visit_of_mine(self, request: Request, appointment_id: UUID) -> Appointment:
        me = practitioner_of(request.user)
        if me is None or not isinstance(request.user, User):
            raise PermissionDenied
        mine = Appointment.objects.filter(pk=appointment_id, practitioner=me, status__in=TREATS)
        found = mine.select_related("patient", "service").first()
        if found is None or found.patient_id is None:
            raise PermissionDenied
        note_opened(patient_id=found.patient_id, by=request.user, now=self.clock())
        return found


class RecordView(TreatingView):
    @extend_schema(
        tags=["clinical"], summary="What was done at a visit of one’s own", responses=VisitRecordSerializer
    )
    def get(self, request: Request, appointment_id: UUID) -> Response:
        found = record_of(self.visit_of_mine(request, appointment_id))
        if found is None:
            raise NotFound
        return Response(VisitRecordSerializer(found).data)


class ConsentView(TreatingView):
    @extend_schema(
        tags=["clinical"],
        summary="How consent stands before a visit of one’s own",
        responses=ConsentsSerializer,
    )
    def get(self, request: Request, appointment_id: UUID) -> Response:
        found = standings_at(self.visit_of_mine(request, appointment_id))
        return Response(ConsentsSerializer({"texts": found}).data)
