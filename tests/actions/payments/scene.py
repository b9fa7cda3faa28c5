"""One clinic, one patient, one supplier: the steps from which the payment tests are told."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from booking.actions.audit import Actor
from booking.actions.bookings import book
from booking.actions.holds import place_hold
from booking.actions.patients import PatientDetails
from booking.actions.payments.events import process_received_events, receive_event
from booking.actions.payments.starting import start_payment
from booking.gateways.stripe import EventNotice, StripeGateway
from booking.models import Appointment, Payment, Refund
from catalogue.models import Service
from config.demo.stripe import SUCCEEDS, StandIn
from tests.factories import LONDON, NOW, at

CALL = "booking.gateways.stripe.StripeGateway.create_checkout_session"
STORE = "booking.actions.payments.starting.apply_page"
TEN = at(3, "10:00")
PATIENT = Actor.patient()
ELENA = PatientDetails(
    name="Elena Marsh",
    email="elena.marsh@mail.example",
    phone="+447700900142",
    date_of_birth=date(1984, 8, 3),
)


@dataclass
class Scene:
    service: Service
    gateway: StripeGateway
    stand_in: StandIn
    now: datetime = NOW

    def wait(self, **span: float) -> datetime:
        """Time passes, for us and for Stripe."""
        self.now += timedelta(**span)
        self.stand_in.set_clock(self.now)
        return self.now

    def held(self, *, starts_at: datetime = TEN) -> Appointment:
        """Held, with the patient's details given: it waits for the money."""
        hold = place_hold(service=self.service, starts_at=starts_at, now=self.now, by=PATIENT)
        return book(
            appointment_id=hold.appointment.pk,
            patient=ELENA,
            pays_at_clinic=False,
            accepts_policy=True,
            now=self.now,
            by=PATIENT,
        )

    def next_morning(self) -> datetime:
        """Ten o'clock on a coming weekday, for tests that live at the real time."""
        day = self.now.astimezone(LONDON).replace(hour=10, minute=0, second=0, microsecond=0)
        while day < self.now + timedelta(hours=1) or day.weekday() >= 5:
            day += timedelta(days=1)
        return day

    def start(self, appointment: Appointment) -> Payment:
        return start_payment(
            appointment_id=appointment.pk,
            gateway=self.gateway,
            success_url="http://localhost:8000/pay/back",
            cancel_url="http://localhost:8000/pay/cancelled",
            now=self.now,
            by=PATIENT,
        )

    def pay(self, payment: Payment, number: str = SUCCEEDS, **how: Any) -> None:
        """Somebody types a card on Stripe's page. We have not heard of it yet."""
        self.stand_in.pay(payment.stripe_session_id, number, **how)

    def paid(self, *, starts_at: datetime = TEN) -> Payment:
        """Held, paid, and heard of."""
        payment = self.start(self.held(starts_at=starts_at))
        self.pay(payment)
        self.hear_everything()
        payment.refresh_from_db()
        return payment

    def hear_everything(self) -> None:
        """Every webhook that Stripe has sent so far arrives, and is looked at."""
        self.hear(self.stand_in.events())

    def hear(self, events: Iterable[dict[str, Any]]) -> None:
        for event in events:
            receive_event(notice=EventNotice.read(event), now=self.now)
        process_received_events(gateway=self.gateway, now=self.now)

    def fails_on(self, payment: Payment) -> None:
        """Stripe answers 500 whenever it is asked about this page."""
        asked = f"GET /v1/checkout/sessions/{payment.stripe_session_id}"
        self.stand_in.fault("error_before", on=asked, times=None)

    def pages(self, status: str = "") -> list[dict[str, Any]]:
        """Stripe's pay pages, in the order in which they were made."""
        found = self.stand_in.objects("checkout.session")
        return [page for page in found if status in ("", page["status"])]

    def money_at_stripe(self) -> int:
        """What came in less what went back, as Stripe sees it."""
        charges = self.stand_in.objects("charge")
        return sum(charge["amount_captured"] - charge["amount_refunded"] for charge in charges)


def fresh(row: Any) -> Any:
    """The row as the database has it."""
    return type(row).objects.get(pk=row.pk)


def refunds(payment: Payment) -> list[tuple[str, int, str]]:
    return list(
        Refund.objects.filter(payment=payment).values_list("reason", "amount_minor", "state").order_by("pk")
    )


class Killed(BaseException):
    """The process ends here: no except clause of the product catches it."""


@contextmanager
def killed_in(target: str) -> Iterator[None]:
    """Inside, the process dies as soon as it enters the function named, as `module.name`."""

    def dies(*args: object, **kwargs: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(target, dies)
        try:
            yield
        except Killed:
            return
    pytest.fail(f"{target} was never entered.")


def at_once(calls: Iterable[Callable[[], object]]) -> list[object]:
    """Run everything at the same moment, each in its own connection; errors are results too."""
    calls = list(calls)
    ready, results = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        ready.wait()
        try:
            results.append(call())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
