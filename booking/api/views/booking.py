"""A held time becomes an appointment, paid online or at the clinic."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from accounts.models import User
from booking.actions.bookings import HoldGone, book
from booking.actions.payments.instead import close_pay_pages
from booking.actions.payments.starting import NothingToPay, start_payment
from booking.api import kinds
from booking.api.answers import appointment_answer
from booking.api.idempotency import Rest, once
from booking.api.lookups import own_hold, read_visit
from booking.api.parsing import read_body
from booking.api.problems import Problem
from booking.api.schema import IDEMPOTENCY_KEY
from booking.api.serializers.visits import BookedSerializer, BookSerializer, patient_details
from booking.api.views.base import ApiView, actor
from booking.api.views.paying import payment_gateway
from booking.gateways import doorbell
from booking.gateways.stripe import StripeGateway
from booking.models import Appointment
from booking.queries.links import pay_return_link_to, token_for
from booking.rules.lifecycle import MADE, Status
from booking.rules.payment_states import UNSETTLED
from booking.words import clinic_day


class BookView(ApiView):
    throttle_scope = "write"

    @extend_schema(
        tags=["booking"],
        summary="Book a held time",
        description="Paid at the clinic, or free, it is confirmed at once. Otherwise the time waits for the "
        "payment: send the patient to `pay_url`. Asking again, as when the pay page could not be reached, "
        "goes on where it stopped.",
        request=BookSerializer,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: BookedSerializer},
    )
    def post(self, request: Request, hold_id: UUID) -> Response:
        asked, now = read_body(BookSerializer, request), self.clock()
        patient = patient_details(asked["patient"], today=clinic_day(now))
        hold, by = own_hold(hold_id, asked["secret"]), actor(request)
        pays_at_clinic = asked["pay"] == "at_clinic"
        gateway = gateway_for(hold, pays_at_clinic=pays_at_clinic)
        if gateway and pays_at_clinic:
            close_pay_pages(appointment_id=hold.pk, gateway=gateway, now=now)

        def work() -> Response | Rest:
            try:
                booked = book(
                    appointment_id=hold.pk,
                    patient=patient,
                    pays_at_clinic=pays_at_clinic,
                    accepts_policy=asked["accepts_policy"],
                    holder=request.user if isinstance(request.user, User) else None,
                    note=asked.get("note", ""),
                    now=now,
                    by=by,
                )
            except HoldGone:
                raise what_became_of(hold) from None
            if booked.status == Status.HELD:
                return rest
            return booked_answer(hold.pk, now=now)

        def rest() -> Response:
            assert gateway is not None
            back = pay_return_link_to(hold)
            with suppress(NothingToPay):  # paid through another window a moment ago: the answer says so
                start_payment(
                    appointment_id=hold.pk, gateway=gateway, success_url=back, cancel_url=back, now=now, by=by
                )
            return booked_answer(hold.pk, now=now)

        response = once(request, now=now, work=work)
        doorbell.ring()
        return response


def gateway_for(hold: Appointment, *, pays_at_clinic: bool) -> StripeGateway | None:
    """The supplier of pay pages, if one is needed. Raises PaymentNotAllowed where nothing is taken online."""
    if pays_at_clinic and not hold.payments.filter(state__in=UNSETTLED).exists():
        return None
    if not pays_at_clinic and hold.price_minor == 0:
        return None
    return payment_gateway()


def what_became_of(hold: Appointment) -> Exception:
    """Why it is no hold any more: booked already, or run out."""
    hold.refresh_from_db(fields=["status"])
    return Problem(kinds.HOLD_SETTLED) if hold.status in MADE else HoldGone()


def booked_answer(appointment_id: UUID, *, now: datetime) -> Response:
    stands = read_visit(appointment_id)
    answer = {**appointment_answer(stands, now=now), "token": token_for(stands)}
    return Response(BookedSerializer(answer).data, status=HTTP_201_CREATED)
