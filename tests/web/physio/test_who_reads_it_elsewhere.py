"""Who reads what is clinical by any other way: the API, the signed copy, the calendar, the back office."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, reverse

import booking.models.clinical as clinical_models
from accounts.models import User
from booking.api.urls import urlpatterns as api_routes
from booking.models import CalendarFeed
from booking.queries.links import copy_token_for, token_for
from catalogue.models import ConsentText, ScreeningForm
from tests.needling import physio_of
from tests.web.physio.everybody import (
    NAME,
    PEOPLE,
    SECRET,
    Confidence,
    everything,
    make_confidence,
    signed_in,
)

pytestmark = pytest.mark.django_db

CLINICAL_ROUTES = ("record", "consent", "visit-screening")
OTHER_ROUTES = {
    "treatments", "treatment", "conditions", "condition", "services", "service", "times", "questions",
    "screenings", "holds", "hold", "book", "appointments", "appointment", "cancel", "move", "pay", "diary",
    "schema", "docs", "nothing-here",
}  # fmt: skip
CLINICAL_PAGES = [
    *("screeningform_changelist", "screeningform_add", "screeningform_change", "screeningform_history"),
    *("consenttext_changelist", "consenttext_add", "consenttext_change", "consenttext_history"),
]


@pytest.fixture
def confidence() -> Confidence:
    return make_confidence()


def api_address(name: str, confidence: Confidence) -> str:
    return reverse(f"api:{name}", args=[confidence.visit.pk])


def test_every_route_of_the_api_is_known_as_clinical_or_not() -> None:
    """A route that is added later says here what it is, or this fails."""
    assert all(isinstance(row, URLPattern) for row in api_routes)
    assert {row.name for row in api_routes} == {*CLINICAL_ROUTES, *OTHER_ROUTES}


@pytest.mark.parametrize("name", CLINICAL_ROUTES)
def test_who_treats_reads_it_through_the_api(client: Client, confidence: Confidence, name: str) -> None:
    signed_in(client, physio_of(confidence.visit))
    # Today is not written down yet; last week is.
    visit = confidence.earlier if name == "record" else confidence.visit
    answer = client.get(reverse(f"api:{name}", args=[visit.pk]))
    assert (answer.status_code, SECRET in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_else_is_refused_by_the_api(client: Client, confidence: Confidence, who: str) -> None:
    signed_in(client, PEOPLE[who](confidence))
    before = everything()
    answers = {
        (name, method): getattr(client, method)(api_address(name, confidence)).status_code
        for name in CLINICAL_ROUTES
        for method in ("get", "post")
    }
    assert set(answers.values()) <= {401, 403, 405}, answers
    assert {answers[name, "get"] for name in CLINICAL_ROUTES} <= {401, 403}
    assert everything() == before


@pytest.mark.parametrize("name", CLINICAL_ROUTES)
def test_the_link_of_the_visit_opens_none_of_it(client: Client, confidence: Confidence, name: str) -> None:
    sent = {"authorization": f"Bearer {token_for(confidence.visit)}"}
    assert client.get(api_address(name, confidence), headers=sent).status_code in (401, 403)


@pytest.mark.parametrize("name", CLINICAL_ROUTES)
def test_a_cancelled_visit_opens_none_of_it(client: Client, confidence: Confidence, name: str) -> None:
    confidence.visit.status, confidence.visit.cancelled_at = "cancelled", confidence.visit.starts_at
    confidence.visit.save()
    signed_in(client, physio_of(confidence.visit))
    assert client.get(api_address(name, confidence)).status_code == 403


def test_who_has_left_sees_no_visit_through_the_api(client: Client, confidence: Confidence) -> None:
    """Not the telephone number either, nor may they move or cancel what was theirs."""
    signed_in(client, PEOPLE["has left"](confidence))
    before = everything()
    address = reverse("api:appointment", args=[confidence.visit.pk])
    assert (client.get(address).status_code, client.post(f"{address}cancel/").status_code) == (404, 404)
    assert everything() == before


# --- The signed copy ---------------------------------------------------------------------------------------


def copy_of(confidence: Confidence) -> str:
    return reverse("booking:consent-copy", args=[copy_token_for(confidence.visit)])


def test_the_patient_gets_the_copy(client: Client, confidence: Confidence) -> None:
    signed_in(client, PEOPLE["the patient"](confidence))
    assert client.get(copy_of(confidence))["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "the patient"])
def test_the_link_alone_gives_nobody_the_copy(client: Client, confidence: Confidence, who: str) -> None:
    """Whoever found it in a mailbox is asked for the date of birth, and told nothing before."""
    signed_in(client, PEOPLE[who](confidence))
    before = everything()
    wrong = {
        "date_of_birth_day": "4",
        "date_of_birth_month": "August",
        "date_of_birth_year": "1984",
    }
    for answer in (client.get(copy_of(confidence)), client.post(copy_of(confidence), wrong)):
        assert answer["Content-Type"].startswith("text/html")
        assert not any(word in answer.content.decode() for word in (NAME, SECRET))
    assert answer.status_code == 403
    assert everything() == before


# --- The calendar ------------------------------------------------------------------------------------------


def read_calendar(confidence: Confidence) -> int:
    code: int = Client().get(reverse("booking:feed", args=[confidence.feed_secret])).status_code
    return code


def test_the_address_of_a_calendar_opens_it(confidence: Confidence) -> None:
    assert read_calendar(confidence) == 200


@pytest.mark.parametrize("who", ["has left", "locked out"])
def test_a_calendar_closes_with_its_physio(confidence: Confidence, who: str) -> None:
    PEOPLE[who](confidence)
    assert read_calendar(confidence) == 404
    assert CalendarFeed.objects.get().read_at is None


def test_an_address_that_never_was_opens_no_calendar(client: Client, confidence: Confidence) -> None:
    assert client.get(reverse("booking:feed", args=["x" * 43])).status_code == 404


# --- The back office ---------------------------------------------------------------------------------------


def back_office(confidence: Confidence) -> list[str]:
    rows = {"screeningform": ScreeningForm.objects.get(), "consenttext": ConsentText.objects.first()}
    found = []
    for page in CLINICAL_PAGES:
        kind, what = page.split("_")
        ids = [rows[kind].pk] if what in ("change", "history") else []  # type: ignore[union-attr]
        found.append(reverse(f"admin:catalogue_{page}", args=ids))
    return found


def test_no_row_about_a_patients_health_is_in_the_back_office() -> None:
    clinical = {
        model for model in admin.site._registry if model.__module__.startswith(clinical_models.__name__)
    }
    assert clinical == set()


def test_a_manager_reads_the_questions_and_the_texts(client: Client, confidence: Confidence) -> None:
    manager = PEOPLE["manager"](confidence)
    User.objects.filter(pk=manager.pk).update(is_staff=True)  # type: ignore[union-attr]
    signed_in(client, manager)
    assert {client.get(page).status_code for page in back_office(confidence)} == {200}


@pytest.mark.parametrize("who", [who for who in PEOPLE if "manager" not in who])
def test_nobody_else_gets_into_them_even_as_staff(client: Client, confidence: Confidence, who: str) -> None:
    user = PEOPLE[who](confidence)
    User.objects.update(is_staff=True)
    signed_in(client, user)
    before = everything()
    answers = {
        getattr(client, do)(page).status_code for page in back_office(confidence) for do in ("get", "post")
    }
    assert answers == ({302} if who in ("anonymous", "locked out") else {403})
    assert everything() == before


def test_a_manager_reads_no_answer_and_no_remark_in_the_back_office(
    client: Client, confidence: Confidence
) -> None:
    manager = PEOPLE["manager"](confidence)
    User.objects.filter(pk=manager.pk).update(is_staff=True)  # type: ignore[union-attr]
    signed_in(client, manager)
    pages = [
        reverse("admin:booking_appointment_change", args=[confidence.visit.pk]),
        reverse("admin:accounts_patient_change", args=[confidence.visit.patient_id]),
        reverse("admin:booking_auditentry_changelist"),
        reverse("admin:booking_message_changelist"),
    ]
    answers = [client.get(page) for page in pages]
    assert {answer.status_code for answer in answers} == {200}
    assert not [
        page for page, answer in zip(pages, answers, strict=True) if SECRET in answer.content.decode()
    ]
