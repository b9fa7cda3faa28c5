"""Who gets into the physios' pages: every address there is, everybody there is.

The addresses come from the URL resolver. A new page has to say here what it answers its own physio.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from booking.models import Appointment
from booking.web.physio.urls import urlpatterns
from catalogue.models import ConsentText
from tests.needling import physio_of
from tests.web.physio.everybody import (
    NAME,
    PEOPLE,
    SECRET,
    STRANGERS,
    WITH_PAGES_OF_THEIR_OWN,
    Confidence,
    everything,
    make_confidence,
    signed_in,
)

pytestmark = pytest.mark.django_db
SIGNED = {"was_explained": "on", "questions_answered": "on", "signed_name": NAME}
PLANNED = {"visits": "6", "every_days": "7", "reassess_after": "3", "goal": "To turn the head."}
WENT_WRONG = {"kind": "bruise", "severity": "minor", "occurred_on": "2026-12-03"}


@dataclass(frozen=True, kw_only=True)
class Page:
    """What its own physio is answered. `typed` is a post that is taken, where the page takes any.

    `is_ones_own`: it shows whoever opens it their own day, so another physio gets in and finds theirs.
    """

    get: int = 200
    post: int = 405
    typed: dict[str, Any] = field(default_factory=dict)
    is_ones_own: bool = False
    about_the_earlier_visit: bool = False


PAGES = {
    "today": Page(is_ones_own=True),
    "week": Page(is_ones_own=True),
    "patients": Page(is_ones_own=True),
    "events": Page(is_ones_own=True),
    "calendar": Page(post=200, typed={"do": "make"}, is_ones_own=True),
    "leave": Page(post=302, typed={"first_day": "2026-12-21", "last_day": "2026-12-22"}, is_ones_own=True),
    "take-alert": Page(post=200),
    "patient": Page(),
    "plan": Page(post=302, typed=PLANNED),
    "visit": Page(),
    "step": Page(get=405, post=302, typed={"step": "start"}),
    "consent": Page(post=302, typed=SIGNED),
    "withdraw-consent": Page(post=302),
    "consent-paper": Page(),
    "record": Page(post=302, typed={"note": "Softer.", "pain": "4", "function": "6", "do": "save"}),
    "addition": Page(get=405, post=302, typed={"text": "Also."}, about_the_earlier_visit=True),
    "adverse-event": Page(post=302, typed=WENT_WRONG),
}
ABOUT_SOMEBODY = [name for name, page in PAGES.items() if not page.is_ones_own]
ONES_OWN = [name for name, page in PAGES.items() if page.is_ones_own]


@pytest.fixture
def confidence() -> Confidence:
    return make_confidence()


def address(name: str, confidence: Confidence) -> str:
    (route,) = [row for row in urlpatterns if row.name == name]
    ids = {key: confidence.ids[key] for key in route.pattern.converters}
    if PAGES[name].about_the_earlier_visit:
        ids["visit_id"] = confidence.earlier.pk
    return reverse(f"physio:{name}", kwargs=ids)


def posted(client: Client, name: str, confidence: Confidence) -> HttpResponse:
    typed = PAGES[name].typed
    if name == "plan":
        typed = typed | {"service": str(confidence.visit.service_id)}
    if name == "consent":
        typed = typed | {"text": str(ConsentText.objects.get(title="Before the other one").pk)}
    answer: Any = client.post(address(name, confidence), typed)
    return answer


def is_refused(answer: HttpResponse, who: str) -> bool:
    if who in STRANGERS:
        return answer.status_code == 302 and "login" in answer["Location"]
    return answer.status_code in (403, 404, 405)


def test_every_page_is_in_the_table() -> None:
    """A page that is added later says here whose it is, or this fails."""
    assert all(isinstance(row, URLPattern) for row in urlpatterns)
    assert {row.name for row in urlpatterns} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_who_treats_gets_in(client: Client, confidence: Confidence, name: str) -> None:
    signed_in(client, physio_of(confidence.visit))
    assert client.get(address(name, confidence)).status_code == PAGES[name].get


@pytest.mark.parametrize("name", PAGES)
def test_what_who_treats_sends_is_taken(client: Client, confidence: Confidence, name: str) -> None:
    """Otherwise it would prove nothing that the same is refused from everybody else."""
    signed_in(client, physio_of(confidence.visit))
    before = everything()
    assert posted(client, name, confidence).status_code == PAGES[name].post
    assert (everything() != before) == (PAGES[name].post != 405)


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_else_is_refused_what_is_about_the_patient(
    client: Client, confidence: Confidence, who: str
) -> None:
    """Neither read nor changed, and no trace of it in the log of who read what."""
    signed_in(client, PEOPLE[who](confidence))
    before = everything()
    # The front desk rings about any alert, and so does a manager who also treats.
    names = [name for name in ABOUT_SOMEBODY if (who, name) != ("a manager who treats", "take-alert")]
    let_in = [
        (name, answer.status_code)
        for name in names
        for answer in (client.get(address(name, confidence)), posted(client, name, confidence))
        if not is_refused(answer, who)
    ]
    assert let_in == []
    assert everything() == before


@pytest.mark.parametrize("who", [who for who in PEOPLE if who not in WITH_PAGES_OF_THEIR_OWN])
def test_who_has_no_day_has_no_pages(client: Client, confidence: Confidence, who: str) -> None:
    signed_in(client, PEOPLE[who](confidence))
    before = everything()
    let_in = {
        name
        for name in ONES_OWN
        for answer in (client.get(address(name, confidence)), posted(client, name, confidence))
        if not is_refused(answer, who)
    }
    # How often something went wrong is for managers too.
    assert let_in == ({"events"} if who == "manager" else set())
    assert everything() == before


@pytest.mark.parametrize("who", sorted(WITH_PAGES_OF_THEIR_OWN))
@pytest.mark.parametrize("name", ONES_OWN)
def test_another_physios_own_pages_say_nothing_of_my_patient(
    client: Client, confidence: Confidence, who: str, name: str
) -> None:
    signed_in(client, PEOPLE[who](confidence))
    answer = client.get(address(name, confidence))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert SECRET not in html
    # Alerts of all patients stand on every page of a manager: they are of the front desk.
    assert NAME not in html or who == "a manager who treats"


def test_a_visit_that_was_cancelled_opens_no_more(client: Client, confidence: Confidence) -> None:
    Appointment.objects.filter(patient=confidence.visit.patient).update(
        status="cancelled", cancelled_at=confidence.visit.starts_at
    )
    signed_in(client, physio_of(confidence.visit))
    answers = {name: client.get(address(name, confidence)).status_code for name in ABOUT_SOMEBODY}
    assert set(answers.values()) <= {403, 405}, answers
