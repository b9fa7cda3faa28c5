"""The outbox against the least that could do it: Django’s own mail, and a bare sweep in SQL."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.mime.text import MIMEText
from itertools import count
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from pytest_django import Settings

from booking.actions.messages import outbox
from booking.actions.messages.delivery import deliver_due, mail_of
from booking.gateways.mail import Mail, Mailer
from booking.models import Message
from tests.benchmarks.measure import Figure, in_turn
from tests.benchmarks.post_office import post_office
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient

pytestmark = pytest.mark.django_db(transaction=True)

LETTERS = 150
ROWS = 2000
ROUNDS = 9

BARE_SWEEP = """
WITH due AS (
    SELECT id FROM booking_message
    WHERE state = 'due' AND due_at <= %(now)s AND (lease_until IS NULL OR lease_until <= %(now)s)
    ORDER BY due_at LIMIT %(size)s FOR UPDATE SKIP LOCKED)
UPDATE booking_message AS message SET lease_until = %(until)s, tried = tried + 1
FROM due WHERE message.id = due.id RETURNING message.id
"""


def make_due(number: int, *, at_hour: int = 0) -> None:
    """Confirmations of a visit for so many people, due at that hour after NOW, each with a calendar file."""
    visit = make_appointment(service=make_clinic(), starts_at=at(10, "10:20"))
    patients = [make_patient() for _number in range(LETTERS)]
    Message.objects.bulk_create(
        Message(
            appointment=visit,
            patient=patients[offset % LETTERS],
            occasion="confirmed",
            offset_hours=offset,
            due_at=hour(at_hour) - timedelta(seconds=number - offset),
        )
        for offset in range(number)
    )


def hour(number: int) -> datetime:
    return NOW + timedelta(hours=number)


@pytest.fixture
def _a_mail_server(settings: Settings, project: Path) -> Iterator[None]:
    with post_office(project=project) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield


def in_django_s_words(mail: Mail) -> EmailMultiAlternatives:
    """The same letter, sent the way Django shows it."""
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], reply_to=["desk@clinic.example"])
    message.attach_alternative(mail.html, "text/html")
    assert mail.calendar is not None
    message.attach(MIMEText(mail.calendar.decode(), "calendar", "utf-8"))
    return message


@pytest.mark.usefixtures("_a_mail_server")
def test_from_row_to_smtp(report: Callable[[Figure], None]) -> None:
    """What claiming, checking and marking cost: Django reads, writes and sends the same letters in a loop."""
    for number in range(ROUNDS + 1):
        make_due(LETTERS, at_hour=number)
    some = list(Message.objects.values_list("pk", flat=True)[:LETTERS])
    hours = count()

    def ours() -> None:
        now = hour(next(hours))
        assert deliver_due(clock=lambda: now, mailer=Mailer()) == {"sent": LETTERS}

    def theirs() -> None:
        written = [in_django_s_words(mail_of(row, now=NOW)) for row in outbox.read(some)]
        assert get_connection().send_messages(written) == LETTERS

    each = [time / LETTERS for time in in_turn(ours=ours, theirs=theirs, rounds=ROUNDS)]
    report(Figure("a message, row to SMTP", each[0], "Django mail", each[1], limit=1 / 0.9))


def test_claiming_due_rows(report: Callable[[Figure], None]) -> None:
    make_due(ROWS)
    hours = count(1)  # the leases of one sweep have run out when the next begins

    def ours() -> None:
        now = hour(next(hours))
        while outbox.claim(now=now, until=now + timedelta(minutes=2)):
            pass

    def theirs() -> None:
        now = hour(next(hours))
        wanted = {"now": now, "until": now + timedelta(minutes=2), "size": outbox.BATCH}
        with connection.cursor() as cursor:
            while cursor.execute(BARE_SWEEP, wanted).fetchall():
                pass

    each = [time / ROWS for time in in_turn(ours=ours, theirs=theirs, rounds=ROUNDS)]
    report(Figure("claiming a due row", each[0], "bare SKIP LOCKED sweep", each[1], limit=1 / 0.6))
