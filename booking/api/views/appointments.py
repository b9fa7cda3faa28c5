"""One appointment, for whoever holds its token or is signed in as somebody who may see it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import roles
from booking.actions.audit import record
from booking.actions.cancellations import cancel
from booking.actions.conflicts import TimeTaken
from booking.actions.moves import move
from booking.api import kinds
from booking.api.answers import appointment_answer
from booking.api.authentication import BookingTokenAuthentication
from booking.api.idempotency import once
from booking.api.lookups import chosen, own_appointment, read_visit
from booking.api.nearest import time_taken
from booking.api.paging import PageQuery, Pages
from booking.api.parsing import read_body, read_query
from booking.api.problems import Problem
from booking.api.schema import IDEMPOTENCY_KEY
from booking.api.serializers import visits as shapes
from booking.api.serializers.catalogue import money
from booking.api.views.base import ApiView, actor
from booking.gateways import doorbell
from booking.models import Appointment
from booking.queries.visits import with_money


class OwnAppointmentView(ApiView):
    """The caller's own, found before anything else is looked at: nobody learns that another's exists."""

    authentication_classes = [BookingTokenAuthentication, SessionAuthentication]


class AppointmentView(OwnAppointmentView):
    @extend_schema(
        tags=["appointments"],
        summary="One appointment as it stands",
        responses=shapes.AppointmentSerializer,
    )
    def get(self, request: Request, appointment_id: UUID) -> Response:
        found, now = own_appointment(appointment_id, request), self.clock()
        if roles.is_staff(request.user):
            record(verb="opened", by=actor(request), at=now, appointment=found)
        return Response(shapes.AppointmentSerializer(appointment_answer(found, now=now)).data)


class AppointmentsView(OwnAppointmentView, ListAPIView[Appointment]):
    """Needs a sign-in: a token opens one appointment and no list."""

    permission_classes = [IsAuthenticated]
    pagination_class = Pages
    serializer_class = shapes.AppointmentSerializer
    query: dict[str, Any]

    @extend_schema(
        tags=["appointments"], summary="One’s own appointments, the last one first", parameters=[PageQuery]
    )
    def get(self, request: Request) -> Response:
        self.query, now = read_query(PageQuery, request), self.clock()
        page = self.paginate_queryset(self.get_queryset())
        answers = [appointment_answer(appointment, now=now) for appointment in page or ()]
        return self.get_paginated_response(self.get_serializer(answers, many=True).data)

    def get_queryset(self) -> QuerySet[Appointment]:
        """Of everybody under this sign-in. Staff find their own here, like anybody else."""
        mine = Appointment.objects.filter(patient__holder=self.request.user.pk).made().with_names()
        return with_money(mine).order_by("-starts_at", "pk")


class CancelView(OwnAppointmentView):
    throttle_scope = "write"

    @extend_schema(
        tags=["appointments"],
        summary="Cancel an appointment",
        description="What goes back follows the policy that was accepted; see `refund_on_cancelling` before.",
        request=shapes.CancelSerializer,
        parameters=[IDEMPOTENCY_KEY],
        responses=shapes.CancelledSerializer,
    )
    def post(self, request: Request, appointment_id: UUID) -> Response:
        found = changeable(appointment_id, request)
        asked, now = read_body(shapes.CancelSerializer, request), self.clock()

        def work() -> Response:
            done = cancel(appointment_id=found.pk, by=actor(request), now=now, **asked)
            stands = read_visit(appointment_id)
            answer = {
                **appointment_answer(stands, now=now),
                "refunded": money(done.refund_minor, stands.currency),
            }
            return Response(shapes.CancelledSerializer(answer).data)

        response = once(request, now=now, work=work)
        doorbell.ring()
        return response


class MoveView(OwnAppointmentView):
    throttle_scope = "write"

    @extend_schema(
        tags=["appointments"],
        summary="Move an appointment",
        description="What was paid goes along. When the new time is not free, the visit stands as it was and "
        "the refusal lists the `nearest` times that are.",
        request=shapes.MoveSerializer,
        parameters=[IDEMPOTENCY_KEY],
        responses=shapes.MovedSerializer,
    )
    def post(self, request: Request, appointment_id: UUID) -> Response:
        found = changeable(appointment_id, request)
        asked, now = read_body(shapes.MoveSerializer, request), self.clock()
        wanted: dict[str, Any] = {
            "starts_at": asked["starts_at"],
            "now": now,
            **chosen(asked, parameter=False),
        }

        def work() -> Response:
            try:
                done = move(appointment_id=found.pk, by=actor(request), **wanted)
            except TimeTaken as refusal:
                raise time_taken(refusal, service=found.service, moving=found, **wanted) from None
            stands = read_visit(appointment_id)
            answer = {**appointment_answer(stands, now=now), "moved_from": done.moved_from}
            return Response(shapes.MovedSerializer(answer).data)

        response = once(request, now=now, work=work)
        doorbell.ring()
        return response


def changeable(appointment_id: UUID, request: Request) -> Appointment:
    """A visit that this caller may move and cancel: their own, or anybody's for those who keep the diary."""
    found = own_appointment(appointment_id, request)
    if roles.is_staff(request.user) and not roles.may_manage_the_diary(request.user):
        raise Problem(kinds.NOT_ALLOWED)
    return found
