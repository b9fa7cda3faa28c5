"""Logs say what happened, and never to whom."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
from django.test import Client

from booking.web.patient.visits import appointments
from config.logs import JsonFormatter, masked


def formatted(message: str, *arguments: object, **extra: object) -> dict[str, object]:
    record = logging.LogRecord("oakmont", logging.INFO, "file.py", 1, message, arguments, None)
    vars(record).update(extra)
    return json.loads(JsonFormatter().format(record))


def formatted_error(error: Exception) -> str:
    try:
        raise error
    except Exception:
        record = logging.LogRecord("oakmont", logging.ERROR, "file.py", 1, "failed", (), sys.exc_info())
    return JsonFormatter().format(record)


@pytest.mark.parametrize(
    "telling",
    ["ana.silva+physio@example.co.uk", "+44 7700 900123", "07700 900 123", "(0117) 496 0120"],
)
def test_addresses_and_numbers_are_masked(telling: str) -> None:
    digits = [part for part in telling.replace("@", " ").split() if len(part) > 3]
    assert not any(part in masked(f"Sent to {telling} just now") for part in digits)


@pytest.mark.parametrize(
    "harmless",
    [
        "Appointment 6f03cc54-4e16-40c3-8fa2-7a66d036209f",
        "at 2026-11-22T21:39:40.853168+00:00",
        "listening on 127.0.0.1:8000",
        "took 12345 ms",
    ],
)
def test_what_names_nobody_stays_readable(harmless: str) -> None:
    assert masked(harmless) == harmless


def test_extra_fields_are_masked_too() -> None:
    assert formatted("sent", to="ana@example.com")["to"] == "[address]"


def test_an_error_is_told_by_its_type_and_place_without_its_message() -> None:
    logged = formatted_error(ValueError("Key (email)=(ana@example.com) already exists."))
    assert "already exists" not in logged
    assert json.loads(logged)["error"] == "ValueError"
    assert any("test_logs.py" in place for place in json.loads(logged)["where"])


@pytest.mark.django_db
def test_a_request_is_logged_by_its_route_and_never_by_its_path(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="oakmont.request"):
        client.get("/no/such/page/secret-token?who=ana")
    assert caplog.messages == ["GET unmatched 404"]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the handler of the settings writes, from here on."""
    (console,) = (handler for handler in logging.getLogger().handlers if handler.name == "console")
    assert isinstance(console, logging.StreamHandler)
    lines = io.StringIO()
    before = console.setStream(lines)
    yield lines
    console.setStream(before)


@pytest.mark.parametrize("secret", ["secret-token", "secret-tokén"])
def test_a_crash_is_logged_by_its_route_and_never_by_its_path(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    def fail(token: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(appointments, "opened", fail)
    browser = Client(raise_request_exception=False)
    assert browser.get(f"/appointments/{secret}/").status_code == 500
    assert "Internal Server Error: /appointments/<str:token>/" in written.getvalue()
    assert "secret" not in written.getvalue()


@pytest.mark.django_db
def test_a_form_that_came_from_elsewhere_is_logged_by_its_route_and_never_by_its_path(
    written: io.StringIO,
) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/appointments/secret-token/cancel/").status_code == 403
    assert "Forbidden (CSRF cookie not set.): /appointments/<str:token>/cancel/" in written.getvalue()
    assert "secret" not in written.getvalue()


def test_an_answer_carries_the_number_its_log_line_carries(client: Client) -> None:
    assert len(client.get("/healthz")["X-Request-ID"]) == 32
