"""Paying online for what is booked, and whom to ask for the page where that is done."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from booking.actions.bookings import PaymentNotAllowed
from booking.actions.payments.starting import start_payment
from booking.api.lookups import own_appointment
from booking.api.parsing import read_body
from booking.api.serializers import visits as shapes
from booking.api.views.appointments import OwnAppointmentView
from booking.api.views.base import actor
from booking.gateways.stripe import StripeGateway, gateway_from_settings
from booking.queries.links import pay_return_link_to
from booking.queries.visits import is_paid_online, money_of
from booking.rules.lifecycle import Status
from booking.rules.payment_states import PaymentState


class PayView(OwnAppointmentView):
    throttle_scope = "write"

    @extend_schema(
        tags=["appointments"],
        summary="Pay online what is due",
        description="Answers with the page to send the patient to. Asked twice, it is the same page.",
        request=shapes.PaySerializer,
        responses=shapes.PayPageSerializer,
    )
    def post(self, request: Request, appointment_id: UUID) -> Response:
        found, now = own_appointment(appointment_id, request), self.clock()
        read_body(shapes.PaySerializer, request)
        if found.status != Status.HELD and money_of(found).due and not is_paid_online(found):
            raise PaymentNotAllowed
        back = pay_return_link_to(found)
        payment = start_payment(
            appointment_id=found.pk,
            gateway=payment_gateway(),
            success_url=back,
            cancel_url=back,
            now=now,
            by=actor(request),
        )
        is_open = payment.state == PaymentState.OPEN
        answer = {
            "pay_url": payment.url if is_open else None,
            "closes_at": payment.expires_at if is_open else None,
        }
        return Response(shapes.PayPageSerializer(answer).data)


def payment_gateway() -> StripeGateway:
    """The supplier of pay pages. Raises PaymentNotAllowed at a clinic that takes nothing online."""
    try:
        return gateway_from_settings()
    except ValueError:
        raise PaymentNotAllowed from None
