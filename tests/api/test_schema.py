"""GET /api/v1/schema/ and /api/v1/docs/: what the API says of itself is true."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from booking.api import kinds
from booking.api.urls import urlpatterns
from booking.queries.links import token_for
from catalogue.models import Service
from config.demo.stripe import StandIn
from tests.api.client import Api, bearer
from tests.api.steps import TEN, book_request, hold, hold_request
from tests.factories import NOW, at, make_appointment, make_condition, make_patient, make_treatment, make_user

pytestmark = pytest.mark.django_db
Schema = dict[str, Any]


@pytest.fixture
def schema(api: Api) -> Schema:
    described: Schema = api.get("schema/").json()
    return described


def fits(schema: Schema, operation: str, response: HttpResponse) -> None:
    """The answer is one that the description foresees, field by field."""
    method, path = operation.split(" ")
    answers = schema["paths"]["/api/v1/" + path][method.lower()]["responses"]
    content_type = response.headers.get("Content-Type")
    if response.status_code == 204:
        assert "204" in answers
        return
    foreseen = answers.get(str(response.status_code), answers["default"])["content"][content_type]["schema"]
    whole = foreseen | {"components": schema["components"]}
    checker = Draft202012Validator(strict(whole), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in checker.iter_errors(response.json())] == []


def strict(node: Any) -> Any:
    """The same description, in which an answer has no field that is not described."""
    if isinstance(node, list):
        return [strict(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    copy = {name: strict(inner) for name, inner in node.items()}
    if copy.get("type") == "object" and "properties" in copy:
        copy["additionalProperties"] = False
    return copy


def addresses() -> Iterator[str]:
    """Every route of the API but its own description, and the answer to everything else."""
    for pattern in urlpatterns:
        if pattern.name not in ("schema", "docs", "nothing-here"):
            route = str(pattern.pattern).replace("<uuid:", "{").replace("<slug:", "{").replace(">", "}")
            yield "/api/v1/" + route


def test_it_is_valid_openapi_3_1(schema: Schema) -> None:
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)


def test_every_address_is_in_it(schema: Schema) -> None:
    assert set(schema["paths"]) == set(addresses())


def test_every_kind_of_refusal_is_in_it(schema: Schema) -> None:
    said = schema["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
    assert set(said) == {kind.type for kind in kinds.ALL}
    assert len(said) == len(kinds.ALL) > 20


def test_every_operation_says_in_a_line_what_it_does(schema: Schema) -> None:
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    assert all(operation["summary"] for operation in operations)


def test_every_post_takes_an_idempotency_key_where_it_matters(schema: Schema) -> None:
    taking = {
        path.removeprefix("/api/v1/")
        for path, operations in schema["paths"].items()
        for parameter in operations.get("post", {}).get("parameters", [])
        if parameter["name"] == "Idempotency-Key"
    }
    assert taking == {
        "holds/", "holds/{hold_id}/book/", "appointments/{appointment_id}/cancel/",
        "appointments/{appointment_id}/move/",
    }  # fmt: skip


# --- Answers are as described ----------------------------------------------------------------------------


@pytest.fixture
def full(service: Service) -> Service:
    """A clinic in which every list has something in it."""
    treatment = make_treatment(slug="needling")
    treatment.questions.create(question="Does it hurt?", answer="A little.")
    treatment.sources.create(citation="A trial", year=2024, url="https://trial.example/")
    condition = make_condition(slug="neck-pain", treatments=[treatment])
    condition.practitioners.set(service.practitioners.all())
    service.treatments.add(treatment)
    return service


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        ("GET treatments/", "treatments/"),
        ("GET treatments/{slug}/", "treatments/needling/"),
        ("GET treatments/{slug}/", "treatments/nothing/"),
        ("GET conditions/", "conditions/?limit=1"),
        ("GET conditions/{slug}/", "conditions/neck-pain/"),
        ("GET services/", "services/"),
        ("GET services/{slug}/", "services/follow-up/"),
        ("GET services/{slug}/times/", "services/follow-up/times/"),
        ("GET services/{slug}/times/", "services/follow-up/times/?days=0"),
        ("GET appointments/", "appointments/"),
    ],
)
def test_what_is_read_is_as_described(
    api: Api, schema: Schema, full: Service, operation: str, path: str
) -> None:
    fits(schema, operation, api.get(path))


def test_ones_own_appointments_are_as_described(api: Api, schema: Schema, service: Service) -> None:
    patient = make_patient(holder=make_user())
    make_appointment(service=service, starts_at=TEN, patient=patient)
    api.client.force_login(patient.holder)
    answer = api.get("appointments/")
    assert answer.json()["count"] == 1
    fits(schema, "GET appointments/", answer)


def test_holding_and_letting_go_are_as_described(api: Api, schema: Schema, service: Service) -> None:
    held = api.post("holds/", hold_request())
    fits(schema, "POST holds/", held)
    fits(schema, "POST holds/", api.post("holds/", hold_request()))
    gone = api.delete(f"holds/{held.json()['id']}/", **{"Hold-Secret": held.json()["secret"]})
    fits(schema, "DELETE holds/{hold_id}/", gone)


@pytest.mark.parametrize("pay", ["at_clinic", "online"])
def test_booking_is_as_described(
    api: Api, schema: Schema, service: Service, stand_in: StandIn, pay: str
) -> None:
    stand_in.set_clock(NOW)
    held = hold(api)
    answer = api.post(f"holds/{held['id']}/book/", book_request(held, pay=pay))
    fits(schema, "POST holds/{hold_id}/book/", answer)
    opened = api.get(f"appointments/{held['id']}/", **bearer(answer.json()["token"]))
    fits(schema, "GET appointments/{appointment_id}/", opened)
    paid = api.post(f"appointments/{held['id']}/pay/", **bearer(answer.json()["token"]))
    fits(schema, "POST appointments/{appointment_id}/pay/", paid)


@pytest.mark.parametrize("what", ["move", "cancel"])
def test_changing_is_as_described(api: Api, schema: Schema, service: Service, what: str) -> None:
    visit = make_appointment(service=service, starts_at=TEN)
    body = {"starts_at": at(4, "10:00").isoformat()} if what == "move" else {}
    for wanted in (200, 409):
        answer = api.post(f"appointments/{visit.pk}/{what}/", body, **bearer(token_for(visit)))
        assert answer.status_code == wanted
        fits(schema, f"POST appointments/{{appointment_id}}/{what}/", answer)


# --- The page for people ---------------------------------------------------------------------------------


def test_the_page_has_no_script_or_style_of_its_own(api: Api) -> None:
    page = api.get("docs/").content.decode()
    assert "<style" not in page
    assert re.findall(r"<script(?! src=\"/)", page) == []


def test_everything_the_page_loads_is_ours(api: Api) -> None:
    page = api.get("docs/").content.decode()
    loaded = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert loaded
    assert all(address.startswith("/") for address in loaded)


def test_the_script_of_the_page_reads_our_description(api: Api) -> None:
    script = api.get("docs/?script=")
    assert script.headers["Content-Type"] == "application/javascript"
    assert b'url: "/api/v1/schema/"' in script.content
