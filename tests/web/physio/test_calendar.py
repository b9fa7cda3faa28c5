"""/physio/calendar/ and the address it makes."""

import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from accounts.models import Practitioner
from booking.models import Appointment, AuditEntry, CalendarFeed
from tests.web.physio.conftest import MORNING

PAGE = "/physio/calendar/"


def make(physio: Client) -> str:
    """Press the button, and read the address off the page, as far as its path."""
    html = unescape(physio.post(PAGE, {"do": "make"}).content.decode())
    (path,) = set(re.findall(r'value="https?://[^/]+(/calendars/[^"]+)"', html))
    return path


@pytest.fixture
def anybody(db: None) -> Client:
    """A calendar program: it is signed in nowhere."""
    return Client()


def test_the_address_opens_the_calendar_without_signing_in(
    physio: Client, visit: Appointment, anybody: Client
) -> None:
    answer = anybody.get(make(physio))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert r"T. H.\, 45 min" in answer.content.decode()


def test_it_is_shown_once_and_only_its_hash_is_kept(physio: Client) -> None:
    secret = make(physio).removeprefix("/calendars/").removesuffix(".ics")
    assert len(secret) >= 43
    assert secret not in physio.get(PAGE).content.decode()
    assert secret not in str(CalendarFeed.objects.values().get())
    assert secret not in str(list(AuditEntry.objects.values()))


def test_a_new_one_ends_the_old_one(physio: Client, anybody: Client) -> None:
    old = make(physio)
    new = make(physio)
    assert anybody.get(old).status_code == 404
    assert anybody.get(new).status_code == 200


def test_a_revoked_address_is_as_unknown_as_any(physio: Client, anybody: Client) -> None:
    address = make(physio)
    physio.post(PAGE, {"do": "revoke"})
    assert anybody.get(address).status_code == 404
    assert "Make my address" in physio.get(PAGE).content.decode()


@pytest.mark.parametrize("secret", ["x", "%00", "a" * 3000, "..%2f..%2fetc", "🦴"])
def test_an_unknown_address_is_not_found(anybody: Client, secret: str) -> None:
    assert anybody.get(f"/calendars/{secret}.ics").status_code == 404


def test_of_a_physio_who_has_left_nothing_is_read(physio: Client, anybody: Client) -> None:
    address = make(physio)
    Practitioner.objects.update(active=False)
    assert anybody.get(address).status_code == 404


def test_no_cache_in_between_keeps_it(physio: Client, anybody: Client) -> None:
    assert "private" in anybody.get(make(physio))["Cache-Control"]


def test_when_it_was_read_is_noted_once_a_minute(
    physio: Client, anybody: Client, clock: Callable[[datetime], None]
) -> None:
    address = make(physio)
    for seconds in (0, 30, 70):
        clock(MORNING + timedelta(seconds=seconds))
        anybody.get(address)
        noted = MORNING if seconds < 60 else MORNING + timedelta(seconds=70)
        assert CalendarFeed.objects.get().read_at == noted
    assert "Last read Thu 3 Dec, 9:01." in physio.get(PAGE).content.decode()


def test_the_log_does_not_know_the_secret(
    physio: Client, anybody: Client, caplog: pytest.LogCaptureFixture
) -> None:
    address = make(physio)
    with caplog.at_level(logging.DEBUG):
        anybody.get(address)
        anybody.get("/calendars/a-secret-of-another-day.ics")
    assert "/calendars/<str:secret>.ics" in caplog.text
    assert address.removeprefix("/calendars/") not in caplog.text
    assert "a-secret-of-another-day" not in caplog.text


def test_it_is_read_and_nothing_else(physio: Client, anybody: Client) -> None:
    assert anybody.post(make(physio)).status_code == 405


def test_what_is_neither_made_nor_revoked_is_a_bad_request(physio: Client) -> None:
    assert physio.post(PAGE, {"do": "sell"}).status_code == 400
