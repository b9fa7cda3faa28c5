"""Redis is away: people book as ever, and hear of it when it is back."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kombu import pools
from pytest_django import Settings

from booking.gateways import doorbell
from booking.models import Appointment, Message
from config.celery import app
from tests.actions.messages.post import text_of
from tests.api.client import Api
from tests.factories import LONDON, make_clinic
from tests.faults.plant import plant, wait_until
from tests.mailbox import Mailbox

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def _no_redis(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Neither a broker nor a cache answers."""
    away = tmp_path / "away.sock"
    monkeypatch.setattr(app.conf, "broker_url", f"redis+socket://{away}")
    monkeypatch.setattr(doorbell, "_left_alone_until", 0.0)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": f"unix://{away}"}}
    yield
    pools.reset()


def next_weekday_at_ten() -> datetime:
    day = datetime.now(tz=LONDON) + timedelta(days=3)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


def book_online(api: Api, service: str) -> dict[str, Any]:
    held = api.post("holds/", {"service": service, "starts_at": next_weekday_at_ten().isoformat()}).json()
    patient = {
        "name": "Elena Marsh",
        "email": "elena@mail.example",
        "phone": "+447400123456",
        "date_of_birth": "1984-08-03",
    }
    details = {"secret": held["secret"], "patient": patient, "pay": "at_clinic", "accepts_policy": True}
    answer: dict[str, Any] = api.post(f"holds/{held['id']}/book/", details).json()
    return answer


@pytest.mark.usefixtures("_no_redis")
def test_a_visit_is_booked_without_waiting() -> None:
    service = make_clinic()
    began = time.monotonic()
    booked = book_online(Api(), service.slug)
    assert time.monotonic() - began < 2
    assert Appointment.objects.get(pk=booked["id"]).status == "confirmed"


@pytest.mark.usefixtures("_no_redis")
def test_the_confirmation_goes_out_when_beat_looks_again(process_env: dict[str, str]) -> None:
    booked = book_online(Api(), make_clinic().slug)
    assert Message.objects.get(occasion="confirmed").state == "due"
    with Mailbox() as mailbox, plant(process_env) as site:
        site.start_broker()
        site.start_worker(EMAIL_URL=f"smtp://{mailbox.host}:{mailbox.port}")
        wait_until(lambda: bool(mailbox.messages), tick=site.tick)
    assert mailbox.messages[0]["To"] == "elena@mail.example"
    assert booked["token"] in text_of(mailbox.messages[0])
