"""A worker dies while it sends, and the broker forgets everything: each message still arrives, once."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection

from booking.models import Message
from tests.actions.messages.post import make_message, make_visit
from tests.factories import make_patient
from tests.faults.plant import PATIENCE_SECONDS, kill, plant, wait_until
from tests.mailbox import Mailbox

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(180)]

MESSAGES = 200
KILLED_AT = 60
LEASE_SECONDS = 4


class Treacherous(Mailbox):
    """Takes one message and keeps silent about it, so that nobody can know whether it went."""

    def __init__(self) -> None:
        super().__init__()
        self.pause = 0.01
        self.has_kept_silent = threading.Event()
        self.may_go_on = threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.messages) == KILLED_AT:
            self.has_kept_silent.set()
            self.may_go_on.wait(20)
        return answer


def write_messages() -> None:
    """To 200 people, due a minute ago."""
    now = datetime.now(tz=UTC)
    starts_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=10)
    visit = make_visit(starts_at=starts_at)
    for number in range(MESSAGES):
        make_message(visit, offset_hours=number, patient=make_patient(), due_at=now - timedelta(minutes=1))


def is_all_sent() -> bool:
    connection.close()  # see what others have committed, over a connection that lives
    return Message.objects.filter(state="sent").count() == MESSAGES


def test_each_message_arrives_once_but_for_the_one_of_which_nobody_knew(process_env: dict[str, str]) -> None:
    write_messages()
    with Treacherous() as mailbox, plant(process_env) as site:
        post = {
            "EMAIL_URL": f"smtp://{mailbox.host}:{mailbox.port}",
            "MESSAGE_LEASE_SECONDS": str(LEASE_SECONDS),
        }
        site.start_broker()
        worker = site.start_worker(**post)
        site.tick()
        assert mailbox.has_kept_silent.wait(PATIENCE_SECONDS), worker.last_lines()
        kill(worker)
        site.flush()
        site.kill_broker()
        mailbox.may_go_on.set()

        site.start_broker()
        site.start_worker(**post)
        wait_until(is_all_sent, tick=site.tick)

    recipients = Counter(mail["To"] for mail in mailbox.messages)
    identifiers = Counter(mail["Message-ID"] for mail in mailbox.messages)
    unknown = mailbox.messages[KILLED_AT - 1]
    assert len(recipients) == MESSAGES
    assert [address for address, times in recipients.items() if times > 1] == [unknown["To"]]
    assert [name for name, times in identifiers.items() if times > 1] == [unknown["Message-ID"]]
    assert max(recipients.values()) == 2
