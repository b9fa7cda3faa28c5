"""Whatever is thrown at any parameter: a clear refusal, never a crash, and nothing written."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from hypothesis import HealthCheck, assume, example, given
from hypothesis import settings as how
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.models import Patient
from accounts.names import tidy
from booking.models import Appointment, AuditEntry, IdempotentAnswer
from booking.queries.links import token_for
from catalogue.models import Service
from tests.api.client import ROOT, Api, bearer, problem
from tests.api.steps import TEN, book_request, hold, hold_request
from tests.factories import at, make_appointment

pytestmark = pytest.mark.django_db

WORDS = [
    "", " ", "\0", "a\0b", "null", "undefined", "NaN", "-1", "0", "00", "1e309", "9" * 400, "0x10", "true",
    "[]", "{}", "0000-00-00", "99999-12-31", "2026-02-30", "9999-12-31T23:59:59-14:00", "2026-12-03T10:00:00",
    "-0001-01-01", "../../etc/passwd", "%00", "%s%n", "{{7*7}}", "${7*7}", "<script>alert(1)</script>",
    "' OR 1=1--", '";--', "\u202e", "\ufeff", "\ufffd", "\U0010ffff", "e\u0301", "😀" * 60, "i\u0307", "ß",
    "٣", "\r\nSet-Cookie: a=b", "x" * 4000,
]  # fmt: skip
texts = st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
scalars = texts | st.none() | st.booleans() | st.integers() | st.integers(10**40, 10**41) | st.floats()
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
)
headers = st.text(st.characters(min_codepoint=1, max_codepoint=255, exclude_characters="\r\n"), max_size=80)

thrown = how(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _as_often_as_it_takes(settings: Settings) -> None:
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "")


@pytest.fixture
def held(api: Api, service: Service) -> dict[str, Any]:
    return hold(api)


@pytest.fixture
def visit(service: Service) -> Appointment:
    return make_appointment(service=service, starts_at=TEN)


def written() -> tuple[int, ...]:
    tables = (Appointment, Patient, IdempotentAnswer, AuditEntry)
    return tuple(table.objects.count() for table in tables)


def left_open(field: str, value: Any) -> bool:
    """Nobody and nowhere in particular may be said by leaving the field empty."""
    empty = value is None or (isinstance(value, str) and not value.strip())
    return field in ("practitioner", "location") and empty


def refused(answer: HttpResponse, *, before: tuple[int, ...]) -> None:
    assert 400 <= answer.status_code < 500
    assert problem(answer)
    assert written() == before


def post(api: Api, path: str, body: Any, **sent: str) -> HttpResponse:
    """As other programs write JSON, which need not be how Django's test client does."""
    return api.client.post(ROOT + path, json.dumps(body), content_type="application/json", headers=sent)


@thrown
@given(st.sampled_from(["treatments/", "conditions/", "services/"]), texts)
def test_a_search_finds_something_or_nothing(path: str, words: str) -> None:
    answer = Api().get(path, {"search": words})
    assert answer.status_code in (200, 400)


@thrown
@given(
    st.sampled_from(["limit", "offset", "area", "visit_kind", "treatment", "practitioner", "format", "x"]),
    texts,
)
def test_a_filter_narrows_or_is_refused(name: str, value: str) -> None:
    for path in ("treatments/", "conditions/", "services/"):
        assert Api().get(path, {name: value}).status_code in (200, 400)


@thrown
@given(st.sampled_from(["from", "days", "practitioner", "location"]), texts)
def test_the_times_take_no_nonsense(service: Service, name: str, value: str) -> None:
    assume(not left_open(name, value))
    answer = Api().get("services/follow-up/times/", {name: value})
    if not (name == "days" and value.strip().isdecimal() and 1 <= int(value) <= 62):
        refused(answer, before=written())


@thrown
@given(
    st.sampled_from(["services/{}/", "services/{}/times/", "holds/{}/book/", "appointments/{}/", "{}"]), texts
)
def test_an_address_that_is_none_is_not_found(service: Service, path: str, value: str) -> None:
    answer = Api().client.get(ROOT + path.format(quote(value, safe="")))
    if answer.status_code != 405:
        assert problem(answer) == "not-found"


@thrown
@given(st.sampled_from(["service", "starts_at", "practitioner", "location", "x"]), values)
def test_a_hold_takes_no_nonsense(service: Service, field: str, value: Any) -> None:
    assume(not left_open(field, value))
    before = written()
    refused(post(Api(), "holds/", hold_request(**{field: value})), before=before)


@thrown
@given(st.sampled_from(["secret", "patient", "pay", "accepts_policy", "x"]), values)
def test_a_booking_takes_no_nonsense(held: dict[str, Any], field: str, value: Any) -> None:
    before = written()
    if value is not True:
        refused(post(Api(), f"holds/{held['id']}/book/", book_request(held, **{field: value})), before=before)


@thrown
@given(st.sampled_from(["email", "phone", "date_of_birth", "x"]), values)
def test_a_patient_takes_no_nonsense(held: dict[str, Any], field: str, value: Any) -> None:
    body, before = book_request(held), written()
    body["patient"][field] = value
    refused(post(Api(), f"holds/{held['id']}/book/", body), before=before)


@thrown
@example("TRUE")
@example("true")
@given(texts)
def test_a_name_and_a_note_are_kept_as_they_are_or_refused(service: Service, text: str) -> None:
    Appointment.objects.all().delete()
    Patient.objects.all().delete()  # who comes again in other letters keeps the name they have
    held = hold(Api())
    body = book_request(held, note=text)
    body["patient"]["name"] = text
    answer = post(Api(), f"holds/{held['id']}/book/", body)
    if answer.status_code == 201:
        kept = Appointment.objects.select_related("patient").get()
        assert (kept.patient_note, kept.patient and kept.patient.name) == (text.strip(), tidy(text))
    else:
        assert problem(answer) in ("invalid", "malformed")


@thrown
@given(st.sampled_from(["move/ starts_at", "move/ practitioner", "cancel/ x", "pay/ x"]), values)
def test_a_change_takes_no_nonsense(visit: Appointment, what: str, value: Any) -> None:
    before, (path, field) = written(), what.split()
    assume(not left_open(field, value))
    body = {"starts_at": at(4, "10:00").isoformat()} if path == "move/" else {}
    for nonsense in (body | {field: value}, [value]):
        answer = post(Api(), f"appointments/{visit.pk}/{path}", nonsense, **bearer(token_for(visit)))
        refused(answer, before=before)


@thrown
@given(st.sampled_from(["Idempotency-Key", "Content-Type"]), headers)
def test_a_header_takes_no_nonsense(service: Service, name: str, value: str) -> None:
    Appointment.objects.all().delete()
    answer = Api().client.post(
        ROOT + "holds/", json.dumps(hold_request()), content_type="application/json", headers={name: value}
    )
    assert answer.status_code < 500


@thrown
@given(st.sampled_from(["Accept", "Accept-Language", "Cookie", "X-Forwarded-For", "X-CSRFToken"]), headers)
def test_reading_takes_any_header(service: Service, name: str, value: str) -> None:
    assert Api().get("services/", **{name: value}).status_code in (200, 406)


@thrown
@given(headers, headers)
def test_no_secret_and_no_token_is_guessed(visit: Appointment, secret: str, token: str) -> None:
    before = written()
    refused(Api().delete(f"holds/{visit.pk}/", **{"Hold-Secret": secret}), before=before)
    refused(Api().get(f"appointments/{visit.pk}/", authorization=token), before=before)
    refused(Api().get(f"appointments/{visit.pk}/", authorization=f"Bearer {token}"), before=before)


@thrown
@given(st.binary(max_size=200))
def test_bytes_that_mean_nothing_are_refused(service: Service, body: bytes) -> None:
    before = written()
    refused(
        Api().client.generic("POST", ROOT + "holds/", body, content_type="application/json"), before=before
    )
