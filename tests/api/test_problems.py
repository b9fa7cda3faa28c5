"""Whatever is asked, a refusal has one shape and nothing is a crash."""

import json
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpResponse

from booking.models import Appointment
from catalogue.models import Service
from tests.api.client import ROOT, Api, problem, wrong_fields
from tests.api.steps import hold_request

pytestmark = pytest.mark.django_db


def send(api: Api, body: bytes, content_type: str = "application/json") -> HttpResponse:
    return api.client.generic("POST", ROOT + "holds/", body, content_type=content_type)


@pytest.mark.parametrize(
    "path", ["nothing/", "services", "holds/1/", "services/a/b/c/", "../x", "%00/", "%ff/"]
)
def test_an_address_that_is_none_is_not_found(api: Api, path: str) -> None:
    assert problem(api.get(path)) == "not-found"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST", "TRACE", "BREW"])
def test_an_address_does_what_it_does_and_says_what(api: Api, method: str) -> None:
    answer = api.client.generic(method, ROOT + "services/")
    assert (answer.status_code, problem(answer)) == (405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/xml", "x"])
def test_only_json_is_read(api: Api, content_type: str) -> None:
    answer = send(api, b"service=follow-up", content_type)
    assert (answer.status_code, problem(answer)) == (415, "unsupported-media-type")


def test_only_json_is_spoken(api: Api) -> None:
    answer = api.get("services/", accept="text/xml")
    assert (answer.status_code, problem(answer)) == (406, "not-acceptable")


def test_a_browser_gets_its_json(api: Api) -> None:
    assert api.get("services/", accept="text/html,application/xml;q=0.9,*/*;q=0.8").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"nothing", b'{"service": follow-up}', b"\xff\xfe{}", b'{"service": "\xff"}', b"{}{}", b"'{}'",
        b'{"starts_at": NaN}', b'{"starts_at": Infinity}', b'{"service": 1' + b"0" * 5000 + b"}",
        b'{"service": "a", "service": "b"}', b'{"service": "a\\u0000"}', b'{"a\\u0000": 1}',
        b'{"service": "\\ud800"}', b"[" * 30_000, b"[" * 30_000 + b"]" * 30_000,
        b'{"a":' * 9 + b"1" + b"}" * 9, '{"service": "a"}'.encode("utf-16"),
    ],
    ids=range(18),
)  # fmt: skip
def test_what_is_not_json_as_the_standard_has_it_is_refused(api: Api, body: bytes) -> None:
    answer = send(api, body)
    assert (answer.status_code, problem(answer)) == (400, "malformed")


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"1", b"null", b"true", b"[{}]"])
def test_json_that_is_no_object_is_refused(api: Api, body: bytes) -> None:
    assert wrong_fields(send(api, body)) <= {"", None}


def test_a_body_that_is_too_large_is_not_read(api: Api) -> None:
    answer = send(api, json.dumps({"service": "x" * 70_000}).encode())
    assert (answer.status_code, problem(answer)) == (413, "too-large")


def test_a_field_is_named_by_a_pointer_that_can_be_followed(api: Api) -> None:
    assert wrong_fields(api.post("holds/", {"a/b~c": 1})) == {"/a~1b~0c"}


def test_what_is_wrong_is_said_in_plain_words(api: Api, service: Service) -> None:
    answer = api.post("holds/", hold_request(starts_at="tomorrow"))
    assert answer.json()["errors"] == [
        {
            "pointer": "/starts_at",
            "detail": "Write a moment like 2026-12-03T10:20:00+00:00, with its offset from UTC.",
        }
    ]


def break_it(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr("booking.api.views.holds.online_service", broken)


def test_a_database_that_is_away_is_said_as_such(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    break_it(monkeypatch, OperationalError("gone"))
    answer = api.post("holds/", hold_request())
    assert (answer.status_code, problem(answer)) == (503, "unavailable")
    assert answer.headers["Retry-After"]


def test_a_mistake_of_ours_tells_nobody_what_it_was(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    break_it(monkeypatch, ValueError("elena@mail.example"))
    api.client.raise_request_exception = False
    answer = api.post("holds/", hold_request())
    assert (answer.status_code, problem(answer)) == (500, "unexpected")
    assert b"elena" not in answer.content


def test_a_mistake_of_ours_is_logged(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    break_it(monkeypatch, ValueError("elena@mail.example"))
    api.client.raise_request_exception = False
    api.post("holds/", hold_request())
    logged = [record for record in caplog.records if record.name == "booking.api.problems"]
    assert [record.exc_info[0] for record in logged if record.exc_info] == [ValueError]


def test_what_django_refuses_by_itself_has_the_same_shape(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    break_it(monkeypatch, RequestDataTooBig())
    assert problem(api.post("holds/", hold_request())) == "too-large"


def test_a_refusal_changes_nothing(api: Api, service: Service) -> None:
    send(api, b"{")
    api.post("holds/", {})
    assert not Appointment.objects.exists()
