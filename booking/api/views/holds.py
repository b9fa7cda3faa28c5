"""A time is held while somebody types and pays, or let go."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from booking.actions.audit import Actor
from booking.actions.conflicts import TimeTaken
from booking.actions.holds import place_hold, release_hold
from booking.actions.payments.closing import abandon_payment
from booking.api import kinds
from booking.api.answers import hold_answer
from booking.api.idempotency import once
from booking.api.lookups import chosen, online_service, own_hold, unknown
from booking.api.nearest import time_taken
from booking.api.parsing import read_body
from booking.api.problems import Problem
from booking.api.schema import IDEMPOTENCY_KEY
from booking.api.serializers.visits import HoldSerializer, PlaceHoldSerializer
from booking.api.views.base import ApiView, actor
from booking.api.views.paying import payment_gateway
from booking.api.views.screening import own_screening
from booking.gateways.stripe import Unreachable
from booking.models import Appointment
from booking.rules.lifecycle import Status
from booking.rules.payment_states import UNSETTLED

SECRET_HEADER = "Hold-Secret"  # noqa: S105 (a name, not a secret)


class HoldsView(ApiView):
    throttle_scope = "hold"

    @extend_schema(
        tags=["booking"],
        summary="Hold a time",
        description="Nobody else gets it until `expires_at`. When it is not free, the refusal lists the "
        "`nearest` times that are.",
        request=PlaceHoldSerializer,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: HoldSerializer},
    )
    def post(self, request: Request) -> Response:
        asked, now = read_body(PlaceHoldSerializer, request), self.clock()
        service = online_service(asked["service"])
        if service is None:
            raise unknown("service", parameter=False)
        screening = own_screening(asked)
        wanted = {
            "service": service,
            "starts_at": asked["starts_at"],
            "now": now,
            **chosen(asked, parameter=False),
        }

        def work() -> Response:
            try:
                hold = place_hold(
                    by=actor(request), source=Appointment.Source.API, screening=screening, **wanted
                )
            except TimeTaken as refusal:
                raise time_taken(refusal, **wanted) from None
            return Response(HoldSerializer(hold_answer(hold)).data, status=HTTP_201_CREATED)

        return once(request, now=now, work=work)


class HoldView(ApiView):
    throttle_scope = "write"

    @extend_schema(
        tags=["booking"],
        summary="Let a held time go",
        description="Letting go twice changes nothing. A hold that could still be paid for stays until the "
        "payment page closes, and one that became an appointment is cancelled as such.",
        parameters=[
            OpenApiParameter(
                SECRET_HEADER,
                location=OpenApiParameter.HEADER,
                required=True,
                description="The secret that came with the hold.",
            )
        ],
        responses={204: None},
    )
    def delete(self, request: Request, hold_id: UUID) -> Response:
        hold, now = own_hold(hold_id, request.headers.get(SECRET_HEADER, "")), self.clock()
        self._let_go(hold, now=now, by=actor(request))
        hold.refresh_from_db(fields=["status"])
        if hold.status == Status.HELD:
            raise Problem(kinds.PAYMENT_UNDER_WAY)
        if hold.status != Status.LAPSED:
            raise Problem(kinds.HOLD_SETTLED)
        return Response(status=HTTP_204_NO_CONTENT)

    def _let_go(self, hold: Appointment, *, now: datetime, by: Actor) -> None:
        """A pay page that is open is closed first, so that nobody pays for a time that is gone."""
        if not hold.payments.filter(state__in=UNSETTLED).exists():
            release_hold(appointment=hold, now=now, by=by)
            return
        with suppress(Unreachable):  # then it stays held, because it could still be paid for
            abandon_payment(appointment_id=hold.pk, gateway=payment_gateway(), now=now, by=by)
