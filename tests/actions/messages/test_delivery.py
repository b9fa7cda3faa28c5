"""From a due row to an inbox, over a real SMTP server."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from booking.actions.audit import Actor
from booking.actions.cancellations import cancel
from booking.actions.messages import delivery, outbox
from booking.actions.messages.delivery import deliver_due
from booking.actions.messages.planning import plan_confirmation
from booking.actions.moves import move
from booking.gateways.mail import Mail, Mailer, ServerAway, TryLater
from booking.models import Message
from tests.actions.messages.post import (
    deliver,
    later,
    make_message,
    make_payment,
    make_refund,
    make_visit,
    text_of,
)
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db


def refreshed(message: Message) -> Message:
    message.refresh_from_db()
    return message


def several(count: int, **fields: Any) -> list[Message]:
    """Due one second after another, to one patient each."""
    visit = make_visit()
    return [
        make_message(visit, offset_hours=number, patient=make_patient(), due_at=later(seconds=number - 60))
        for number in range(count)
    ]


class Recorder(Mailer):
    """Sends nothing; does with each mail what it is told to."""

    def __init__(self, *answers: Exception | None) -> None:
        super().__init__()
        self.answers = list(answers)
        self.asked: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.asked.append(mail)
        if self.answers and (answer := self.answers.pop(0)):
            raise answer


def test_what_is_due_arrives(mailbox: Mailbox) -> None:
    message = make_message(make_visit())
    assert deliver() == Counter({Message.State.SENT: 1})
    assert [mail["To"] for mail in mailbox.messages] == [message.patient.email]


def test_what_is_not_due_yet_stays(mailbox: Mailbox) -> None:
    make_message(make_visit(), due_at=later(seconds=1))
    assert deliver() == Counter()
    assert mailbox.messages == []


def test_it_goes_once(mailbox: Mailbox) -> None:
    make_message(make_visit())
    deliver()
    deliver(later(hours=1))
    assert len(mailbox.messages) == 1


def test_the_row_keeps_what_was_sent_when_and_to_whom(mailbox: Mailbox) -> None:
    message = make_message(make_visit())
    deliver(later(seconds=3))
    kept, (came,) = refreshed(message), mailbox.messages
    assert (kept.state, kept.sent_at, kept.lease_until) == ("sent", later(seconds=3), None)
    assert (kept.recipient, kept.subject) == (came["To"], came["Subject"])
    assert kept.text.strip() == text_of(came).strip()


def test_the_identifier_is_the_row_s(mailbox: Mailbox) -> None:
    message = make_message(make_visit())
    deliver()
    assert mailbox.messages[0]["Message-ID"] == f"<{message.pk}@localhost>"


def test_a_batch_goes_over_one_connection(mailbox: Mailbox) -> None:
    several(5)
    deliver()
    assert (mailbox.connections, len(mailbox.messages)) == (1, 5)


def test_more_than_a_batch_goes_in_one_run(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    several(5)
    assert deliver() == Counter({Message.State.SENT: 5})


def test_the_longest_due_goes_first(mailbox: Mailbox) -> None:
    messages = several(4)
    deliver()
    assert [mail["To"] for mail in mailbox.messages] == [message.patient.email for message in messages]


def test_a_reminder_of_a_cancelled_visit_never_goes(mailbox: Mailbox) -> None:
    visit = make_visit()
    plan_confirmation(appointment=visit, now=NOW)
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW)
    for hours in (0, 24 * 7, 24 * 9, 24 * 10):
        deliver(later(hours=hours))
    assert [mail["Subject"] for mail in mailbox.messages] == ["Cancelled: Thursday 10 December, 10:20"]


def test_a_moved_visit_is_remembered_at_its_new_time_only(mailbox: Mailbox) -> None:
    visit = make_visit()
    plan_confirmation(appointment=visit, now=NOW)
    move(appointment_id=visit.pk, starts_at=at(17, "14:00"), now=NOW, by=Actor.patient())
    for days in range(20):
        deliver(later(days=days))
    reminders = [mail["Subject"] for mail in mailbox.messages if mail["Subject"].startswith("Reminder")]
    assert len(reminders) == 2
    assert all("Thursday 17 December, 14:00" in subject for subject in reminders)


def test_what_is_no_longer_true_is_skipped_and_says_why(mailbox: Mailbox) -> None:
    message = make_message(make_visit(), "reminder", sequence=0)
    visit = message.appointment
    visit.sequence = 1
    visit.save()
    assert deliver() == Counter({Message.State.SKIPPED: 1})
    assert (refreshed(message).problem, mailbox.messages) == ("The visit changed.", [])


def test_what_changes_while_a_slow_batch_runs_is_noticed() -> None:
    _first, second = several(2)
    moments = iter([NOW, NOW, NOW, NOW, *[later(seconds=5)] * 20])

    class Slow(Recorder):
        def send(self, mail: Mail) -> None:
            super().send(mail)
            type(second.appointment).objects.update(status="cancelled")

    assert deliver_due(clock=lambda: next(moments), mailer=Slow()) == Counter(
        {Message.State.SENT: 1, Message.State.SKIPPED: 1}
    )


def test_a_refused_address_has_failed_and_says_why(mailbox: Mailbox) -> None:
    message = make_message(make_visit())
    mailbox.refusals[message.patient.email] = "550 No such person"
    assert deliver() == Counter({Message.State.FAILED: 1})
    assert "550 No such person" in refreshed(message).problem


def test_a_refusal_keeps_nobody_else_waiting(mailbox: Mailbox) -> None:
    messages = several(5)
    mailbox.refusals[messages[1].patient.email] = "550 No such person"
    assert deliver() == Counter({Message.State.SENT: 4, Message.State.FAILED: 1})


def test_a_fault_in_one_letter_keeps_nobody_else_waiting(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = several(3)
    write = delivery.mail_of

    def sometimes(message: Message, **options: Any) -> Mail:
        if message.pk == messages[0].pk:
            raise ZeroDivisionError
        return write(message, **options)

    monkeypatch.setattr(delivery, "mail_of", sometimes)
    assert deliver() == Counter({Message.State.SENT: 2, Message.State.DUE: 1})
    assert refreshed(messages[0]).problem == "It could not be written or sent. The log says why."


def test_somebody_without_an_address_is_not_written_to() -> None:
    message = make_message(make_visit(patient=make_patient(email="")))
    assert deliver() == Counter({Message.State.FAILED: 1})
    assert refreshed(message).problem == "No e-mail address is known."


def test_money_that_did_not_go_back_after_all_is_not_written_of() -> None:
    visit = make_visit()
    make_refund(make_payment(visit), 3000, "goodwill", state="failed")
    message = make_message(visit, "money_back")
    assert deliver() == Counter({Message.State.SKIPPED: 1})
    assert refreshed(message).problem == "Nothing has gone back after all."


def test_after_trouble_it_rests_and_goes_later(mailbox: Mailbox) -> None:
    message = make_message(make_visit())
    mailbox.refuse = "451 Busy"
    assert deliver() == Counter({Message.State.DUE: 1})
    mailbox.refuse = None
    assert deliver(later(seconds=59)) == Counter()
    assert deliver(later(seconds=61)) == Counter({Message.State.SENT: 1})
    assert (refreshed(message).tried, message.problem) == (2, "")


def test_it_rests_longer_each_time() -> None:
    message = make_message(make_visit())
    now, rests = NOW, []
    for _try in range(4):
        deliver(now, mailer=Recorder(TryLater("Busy")))
        rests.append(refreshed(message).lease_until - now)
        now = message.lease_until
    assert rests == [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10)]


def test_tried_often_enough_it_has_failed_and_says_why() -> None:
    message, now = make_message(make_visit(starts_at=at(30, "10:20"))), NOW
    for _try in range(outbox.MOST_TRIES):
        assert refreshed(message).state == "due"
        deliver(now, mailer=Recorder(TryLater("Busy")))
        now += timedelta(hours=4, seconds=1)
    assert (refreshed(message).state, message.problem) == ("failed", "Busy")


def test_a_message_that_kills_its_workers_is_not_tried_for_ever() -> None:
    message = make_message(make_visit(), tried=outbox.MOST_TRIES)
    recorder = Recorder()
    deliver(mailer=recorder)
    assert (recorder.asked, refreshed(message).state) == ([], "failed")


def test_while_the_server_is_away_nobody_is_tried_in_vain() -> None:
    several(5)
    recorder = Recorder(ServerAway("Away"))
    assert deliver(mailer=recorder) == Counter({Message.State.DUE: 1})
    assert len(recorder.asked) == 1


def test_what_was_not_tried_is_due_again_at_once() -> None:
    _first, *others = several(5)
    deliver(mailer=Recorder(ServerAway("Away")))
    assert {refreshed(message).tried for message in others} == {0}
    assert deliver(mailer=Recorder()) == Counter({Message.State.SENT: 4})


def test_nothing_is_begun_in_the_second_half_of_the_lease(settings: Settings) -> None:
    settings.MESSAGE_LEASE_SECONDS = 60
    several(3)
    elapsed = [0.0]

    class Slow(Recorder):
        def send(self, mail: Mail) -> None:
            super().send(mail)
            elapsed[0] += 25

    slow = Slow()
    deliver_due(clock=lambda: later(seconds=elapsed[0]), mailer=slow)
    # Two in the first lease; the third is given back and claimed anew.
    leases = Message.objects.filter(state="sent").count()
    assert (len(slow.asked), leases) == (3, 3)


def test_a_run_ends_before_celery_would_stop_it() -> None:
    several(3)
    elapsed = [0.0]

    class VerySlow(Recorder):
        def send(self, mail: Mail) -> None:
            super().send(mail)
            elapsed[0] += 100

    slow = VerySlow()
    deliver_due(clock=lambda: later(seconds=elapsed[0]), mailer=slow)
    assert len(slow.asked) == 2


def test_a_dead_worker_s_messages_go_when_its_lease_is_over(mailbox: Mailbox) -> None:
    make_message(make_visit())
    outbox.claim(now=NOW, until=later(minutes=2))
    assert deliver(later(seconds=119)) == Counter()
    assert deliver(later(seconds=121)) == Counter({Message.State.SENT: 1})


def test_thirty_messages_take_one_statement_each_and_six_in_all(django_assert_num_queries: Any) -> None:
    """Claiming is one, reading four, a look that finds nothing one more, and each is marked."""
    service = make_clinic()
    for day in range(30):
        visit = make_appointment(service=service, starts_at=at(10, "10:00") + timedelta(days=day))
        make_payment(visit)
        make_message(visit)
    with django_assert_num_queries(6 + 30):
        deliver(mailer=Recorder())
