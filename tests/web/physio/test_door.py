"""Who gets into the physios' pages: each address, each role."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from accounts.models import Practitioner
from booking.models import Appointment
from booking.web.physio.urls import urlpatterns
from tests.factories import make_appointment, make_practitioner, make_user

# The counts of what went wrong are for managers too: tests/web/physio/test_events.py.
ROUTES: list[URLPattern] = [
    row for row in urlpatterns if isinstance(row, URLPattern) and row.name != "events"
]
NOBODY = uuid.UUID(int=7)


def address(route: URLPattern, *, visit: object, patient: object) -> str:
    known = {"visit_id": visit, "patient_id": patient}
    keys = {name: known.get(name, NOBODY) for name in re.findall(r"<uuid:(\w+)>", str(route.pattern))}
    return reverse(f"physio:{route.name}", kwargs=keys)


def addresses(visit: Appointment | None = None) -> list[str]:
    """Every address there is, with the ids of this visit, or of none that exists."""
    return [
        address(
            route,
            visit=visit.pk if visit else NOBODY,
            patient=visit.patient_id if visit else NOBODY,
        )
        for route in ROUTES
    ]


@pytest.mark.parametrize("role", ["patient", "reception", "physio", "manager"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_treats_nobody_is_refused_everywhere(
    client: Client, visit: Appointment, role: str, method: str
) -> None:
    client.force_login(make_user(role=role))
    answers = {path: getattr(client, method)(path).status_code for path in addresses(visit)}
    assert set(answers.values()) == {403}


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_asked_to_sign_in(client: Client, db: None, method: str) -> None:
    answers = [getattr(client, method)(path) for path in addresses()]
    assert all(answer.status_code == 302 and "login" in answer["Location"] for answer in answers)


def test_another_physio_is_refused_my_visits_and_my_patients(client: Client, visit: Appointment) -> None:
    other = make_practitioner(user=make_user(role="physio"))
    client.force_login(other.user)
    mine = [path for path in addresses(visit) if str(visit.pk) in path or str(visit.patient_id) in path]
    answers = {path: {client.get(path).status_code, client.post(path).status_code} for path in mine}
    assert len(answers) >= 3
    assert all(codes in ({403}, {403, 405}) for codes in answers.values())


def test_a_physio_who_has_left_gets_in_no_more(physio: Client, maren: Practitioner) -> None:
    Practitioner.objects.update(active=False)
    assert {physio.get(path).status_code for path in addresses()} == {403}


def test_a_manager_who_treats_gets_in(client: Client, db: None) -> None:
    treats = make_practitioner(user=make_user(role="manager"))
    client.force_login(treats.user)
    assert client.get("/physio/").status_code == 200


def test_no_cache_keeps_what_the_physio_saw(physio: Client, visit: Appointment) -> None:
    answer = physio.get(reverse("physio:visit", args=[visit.pk]))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_post_without_the_token_is_refused(maren: Practitioner, visit: Appointment) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(maren.user)
    answer = client.post(reverse("physio:step", args=[visit.pk]), {"step": "start"})
    assert (answer.status_code, Appointment.objects.get().status) == (403, "confirmed")


def test_an_open_page_whose_session_ended_goes_to_the_sign_in(client: Client, db: None) -> None:
    answer = client.get("/physio/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/physio/"


def test_what_is_done_with_a_patient_of_a_colleague_stays_with_them(
    physio: Client, visit: Appointment
) -> None:
    """A patient of mine who also sees a colleague is mine, their visits there are not."""
    theirs = make_appointment(
        service=visit.service,
        starts_at=visit.starts_at,
        practitioner=make_practitioner(),
        location=visit.location,
        room=visit.location.rooms.create(name="Other room"),
        patient=visit.patient,
    )
    assert physio.get(reverse("physio:patient", args=[visit.patient_id])).status_code == 200
    assert physio.get(reverse("physio:visit", args=[theirs.pk])).status_code == 403
