"""What the tests of messages share: rows to send, one look at the outbox, and what came."""

from collections import Counter
from datetime import datetime, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

from booking.actions.messages.delivery import deliver_due
from booking.gateways.mail import Mailer
from booking.models import Appointment, Message, Payment, Receipt, Refund
from booking.queries.links import link_in_letter
from tests.factories import NOW, at, make_appointment, make_clinic, make_user

NOT_READ = {"style", "title"}


def make_visit(*, service: dict[str, Any] | None = None, **fields: Any) -> Appointment:
    """Thursday 10 December 2026 at 10:20, so nothing is near."""
    return make_appointment(service=make_clinic(**service or {}), **{"starts_at": at(10, "10:20")} | fields)


def make_message(visit: Appointment, occasion: str = "confirmed", **fields: Any) -> Message:
    defaults = {"patient": visit.patient, "sequence": visit.sequence, "due_at": NOW}
    return Message.objects.create(appointment=visit, occasion=occasion, **defaults | fields)


def letter_link(visit: Appointment) -> str:
    """As it stands in a letter to the patient."""
    assert visit.patient is not None
    return link_in_letter(visit, address=visit.patient.email)


def make_payment(visit: Appointment, amount: int = 6400, **fields: Any) -> Payment:
    defaults = {
        "state": "paid",
        "currency": visit.currency,
        "idempotency_key": f"key-{Payment.objects.count()}",
        "created_at": NOW,
        "paid_at": NOW,
    }
    return Payment.objects.create(appointment=visit, amount_minor=amount, **defaults | fields)


def make_receipt(visit: Appointment, amount: int = 6400, method: str = "cash") -> Receipt:
    """Taken at the desk."""
    return Receipt.objects.create(
        appointment=visit,
        method=method,
        amount_minor=amount,
        currency=visit.currency,
        taken_by=make_user(),
        taken_at=NOW,
    )


def make_refund(payment: Payment, amount: int, reason: str = "cancelled", **fields: Any) -> Refund:
    return Refund.objects.create(
        payment=payment,
        amount_minor=amount,
        reason=reason,
        currency=payment.currency,
        created_at=NOW,
        **fields,
    )


def deliver(now: datetime = NOW, *, mailer: Mailer | None = None) -> Counter[Message.State]:
    """One look at the outbox, at a moment that stands still."""
    return deliver_due(clock=lambda: now, mailer=mailer or Mailer())


def later(**times: float) -> datetime:
    return NOW + timedelta(**times)


def text_of(mail: EmailMessage) -> str:
    """The plain text, with line ends as Python has them rather than as mail has them."""
    return part(mail, "text/plain").get_content().replace("\r\n", "\n")


def html_of(mail: EmailMessage) -> str:
    return part(mail, "text/html").get_content()


def part(mail: EmailMessage, kind: str) -> EmailMessage:
    """The one part of this kind."""
    (found,) = [piece for piece in mail.walk() if piece.get_content_type() == kind]
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in NOT_READ
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in NOT_READ

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words += data.split()


def read_html(source: str) -> tuple[str, list[str]]:
    """What a person reads of a page, on one line, and where its links go."""
    reader = _Reader()
    reader.feed(source)
    return " ".join(reader.words), reader.links
