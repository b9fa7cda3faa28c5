"""Celery’s door: each task reads the clock and calls its action."""

from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from pytest_django import Settings

from booking import tasks
from booking.gateways import doorbell
from booking.models import Appointment, IdempotentAnswer, Message
from config.celery import app
from tests.actions.messages.post import make_message, make_visit
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db


def soon() -> datetime:
    """In ten days, on the hour, by the real clock."""
    return datetime.now(tz=UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=10)


def test_whatever_beat_asks_for_is_a_task_of_ours() -> None:
    current_app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_beat_looks_for_due_messages_every_15_seconds() -> None:
    looks = [entry for entry in app.conf.beat_schedule.values() if "deliver_due" in entry["task"]]
    assert [entry["schedule"] for entry in looks] == [15.0]


def test_due_messages_are_delivered(mailbox: Mailbox) -> None:
    now = datetime.now(tz=UTC)
    make_message(make_visit(starts_at=soon()), due_at=now - timedelta(seconds=1))
    tasks.deliver_due_messages()
    assert len(mailbox.messages) == 1
    assert Message.objects.get().sent_at >= now


def test_overdue_holds_lapse() -> None:
    hold = make_visit(
        starts_at=soon(), status="held", hold_expires_at=datetime.now(tz=UTC) - timedelta(seconds=1)
    )
    tasks.lapse_overdue_holds()
    assert Appointment.objects.get(pk=hold.pk).status == "lapsed"


def test_without_a_stripe_key_nothing_is_settled(settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY = ""
    tasks.settle_payments()
    tasks.reconcile_payments(hours=2)


def test_once_payments_are_settled_the_letters_about_them_are_rung_for(
    stand_in: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(doorbell, "ring", lambda: rung.append(True))
    tasks.settle_payments()
    assert rung == [True]


def test_yesterdays_answers_to_programs_are_forgotten() -> None:
    yesterday = datetime.now(tz=UTC) - timedelta(hours=25)
    IdempotentAnswer.objects.create(key="key", fingerprint="body", status=201, body={}, created_at=yesterday)
    tasks.forget_old_answers()
    assert not IdempotentAnswer.objects.exists()


def test_what_an_expired_session_knew_of_somebody_is_forgotten() -> None:
    for name, lasts in (("Elena Marsh", -1), ("Tom Ashby", 3600)):
        session = SessionStore()
        session["name"] = name
        session.set_expiry(datetime.now(tz=UTC) + timedelta(seconds=lasts))
        session.save()
    tasks.forget_old_sessions()
    assert [row.get_decoded()["name"] for row in Session.objects.all()] == ["Tom Ashby"]


def test_beat_forgets_old_sessions_every_day() -> None:
    (entry,) = (entry for entry in app.conf.beat_schedule.values() if "sessions" in entry["task"])
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({4}, {0})
