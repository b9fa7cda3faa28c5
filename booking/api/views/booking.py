"""A held time becomes an appointment, paid online or at the clinic."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from accounts.models import User
from booking.actions.audit import Actor
from booking.actions.bookings import HoldGone, book
from booking.actions.patients import PatientDetails
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
        hold = own_hold(hold_id, asked["secret"])
        pays_at_clinic = asked["pay"] == "at_clinic"
        booking = Booking(
            hold=hold,
            patient=patient_details(asked["patient"], today=clinic_day(now)),
            pays_at_clinic=pays_at_clinic,
            accepts_policy=asked["accepts_policy"],
            note=asked.get("note", ""),
            holder=request.user if isinstance(request.user, User) else None,
            gateway=gateway_for(hold, pays_at_clinic=pays_at_clinic),
            now=now,
            by=actor(request),
        )
        booking.close_pay_pages()
        response = once(request, now=now, work=booking.make)
        doorbell.ring()
        return response


@dataclass(frozen=True, kw_only=True)
class Booking:
    """What was asked, and its steps: some within the transaction that keeps the answer, some outside."""

    hold: Appointment
    patient: PatientDetails
    pays_at_clinic: bool
    accepts_policy: bool
    note: str
    holder: User | None
    gateway: StripeGateway | None
    now: datetime
    by: Actor

    def close_pay_pages(self) -> None:
        """Who now pays at the clinic must not be able to pay online as well."""
        if self.gateway and self.pays_at_clinic:
            close_pay_pages(appointment_id=self.hold.pk, gateway=self.gateway, now=self.now)

    def make(self) -> Response | Rest:
        try:
            booked = book(
                appointment_id=self.hold.pk,
                patient=self.patient,
                pays_at_clinic=self.pays_at_clinic,
                accepts_policy=self.accepts_policy,
                holder=self.holder,
                note=self.note,
                now=self.now,
                by=self.by,
            )
        except HoldGone:
            raise what_became_of(self.hold) from None
        return self.open_pay_page if booked.status == Status.HELD else self.answer()

    def open_pay_page(self) -> Response:
        assert self.gateway is not None
        back = pay_return_link_to(self.hold)
        with suppress(NothingToPay):  # paid through another window a moment ago: the answer says so
            start_payment(
                appointment_id=self.hold.pk,
                gateway=self.gateway,
                success_url=back,
                cancel_url=back,
                now=self.now,
                by=self.by,
            )
        return self.answer()

    def answer(self) -> Response:
        stands = read_visit(self.hold.pk)
        said = {**appointment_answer(stands, now=self.now), "token": token_for(stands)}
        return Response(BookedSerializer(said).data, status=HTTP_201_CREATED)


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
