"""Questions before a time is chosen: clear, check first, stop, urgent, confirmed later, without a script."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from booking.models import Appointment, Screening
from booking.queries.links import token_for
from catalogue.models import ScreeningForm, Service
from tests.axe import sideways, violations, violations_in_the_dark_too
from tests.factories import make_appointment, make_clinic, make_patient, make_screening_form, make_user
from tests.journeys.steps import DAY, choose_the_clinic, fill_in, open_calendar, press_book, take

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def form(service: Service) -> ScreeningForm:
    longer = make_clinic(
        slug="longer", name="Longer assessment", duration_minutes=75, start_grid_minutes=60, horizon_days=40
    )
    longer.practitioners.update(name="Samir Rahman", slug="samir-rahman")
    return make_screening_form(
        treatment=service.treatments.get(), longer_visit=longer, introduction="Two minutes."
    )


def choose(page: Page, code: str, word: str) -> None:
    page.locator(f"#id_q-{code}").get_by_text(word, exact=True).click()


def answer_all(page: Page, **said: str) -> None:
    for question in ("pregnant", "epilepsy", "phobia", "clotting", "numb"):
        choose(page, question, said.get(question, "No"))


def send(page: Page) -> None:
    page.get_by_role("button", name="See what suits me").click()


def come_to_the_questions(page: Page) -> None:
    open_calendar(page)
    expect(page.get_by_role("heading", name="A few questions first")).to_be_visible()


def finish(page: Page) -> None:
    fill_in(page)
    choose_the_clinic(page)
    press_book(page)
    expect(page.get_by_text("Booked", exact=True)).to_be_visible()


def test_clear_answers_lead_straight_to_a_booking(visitor: Callable[..., Page], form: ScreeningForm) -> None:
    page = visitor()
    come_to_the_questions(page)

    answer_all(page)
    send(page)
    take(page)
    finish(page)

    visit = Appointment.objects.get(status="confirmed")
    assert visit.screening is not None
    assert (visit.screening.colour, visit.screening.patient) == ("green", visit.patient)


def test_what_was_forgotten_is_named_and_the_rest_is_kept(
    visitor: Callable[..., Page], form: ScreeningForm
) -> None:
    page = visitor()
    come_to_the_questions(page)
    choose(page, "epilepsy", "Yes")
    page.get_by_label("Anything the physio should know").fill("I work nights.")

    send(page)

    expect(page.get_by_role("alert").get_by_role("link", name="Are you pregnant?")).to_be_visible()
    expect(page.locator("#id_q-epilepsy input[value=yes]")).to_be_checked()
    expect(page.get_by_label("Anything the physio should know")).to_have_value("I work nights.")


def test_amber_books_the_longer_visit_with_a_note(visitor: Callable[..., Page], form: ScreeningForm) -> None:
    page = visitor()
    come_to_the_questions(page)
    answer_all(page, pregnant="Yes")
    page.get_by_label("Anything the physio should know").fill("In week 20.")

    send(page)
    expect(page.get_by_text("Check first")).to_be_visible()
    page.get_by_role("link", name="See times for it").click()
    page.goto(f"/book/longer/?day={DAY:%Y-%m-%d}")
    take(page)
    finish(page)

    visit = Appointment.objects.get(status="confirmed")
    assert visit.service.slug == "longer"
    assert visit.screening is not None
    assert (visit.screening.colour, visit.screening.note) == ("amber", "In week 20.")


def test_red_offers_what_goes_without_a_needle(visitor: Callable[..., Page], form: ScreeningForm) -> None:
    page = visitor()
    come_to_the_questions(page)

    answer_all(page, phobia="Yes")
    send(page)

    expect(page.get_by_text("Stop", exact=True)).to_be_visible()
    page.get_by_role("link", name="Longer assessment").click()
    expect(page.get_by_role("heading", name="Choose a time")).to_be_visible()


def test_urgent_care_closes_booking(visitor: Callable[..., Page], form: ScreeningForm) -> None:
    page = visitor()
    come_to_the_questions(page)

    answer_all(page, numb="Not sure")
    send(page)

    expect(page.get_by_role("heading", name="Get help now")).to_be_visible()
    expect(page.get_by_role("link", name="Ring 999")).to_be_visible()
    page.goto("/book/longer/")
    expect(page.get_by_role("heading", name="Get help now")).to_be_visible()
    assert not Appointment.objects.exists()


def sign_in(page: Page, user: User, site: str) -> None:
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def test_expired_answers_are_confirmed_in_one_press(
    visitor: Callable[..., Page], form: ScreeningForm, site: str
) -> None:
    user = make_user(email="elena.marsh@mail.example")
    elena = make_patient(holder=user, email=user.email)
    then = timezone.now() - timedelta(days=100)
    codes = form.questions.values_list("code", flat=True)
    old = Screening.objects.create(
        form=form, patient=elena, answers=dict.fromkeys(codes, "no"), colour="green", answered_at=then,
        expires_at=then + timedelta(days=90),
    )  # fmt: skip
    page = visitor()
    sign_in(page, user, site)

    open_calendar(page)
    expect(page.get_by_role("heading", name="Has anything changed?")).to_be_visible()
    assert violations_in_the_dark_too(page) == []
    page.get_by_role("button", name="Nothing has changed").click()

    expect(page.get_by_role("heading", name="Choose a time")).to_be_visible()
    assert Screening.objects.latest("answered_at").repeats == old


def test_without_a_script_by_keyboard_alone(visitor: Callable[..., Page], form: ScreeningForm) -> None:
    page = visitor(java_script_enabled=False)
    come_to_the_questions(page)

    for code in ("pregnant", "epilepsy", "phobia", "clotting", "numb"):
        page.locator(f"#id_q-{code} input[value=no]").focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="See what suits me").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Choose a time")).to_be_visible()


def test_a_visit_booked_at_the_desk_is_answered_from_its_link(
    visitor: Callable[..., Page], service: Service, form: ScreeningForm
) -> None:
    visit = make_appointment(service=service, starts_at=DAY, source="desk")
    page = visitor()
    page.goto(f"/appointments/{token_for(visit)}/")

    page.get_by_role("link", name="Answer 5 questions").click()
    answer_all(page, clotting="Yes")
    page.get_by_role("button", name="Send my answers").click()

    expect(page.get_by_role("heading", name="Talk to us first")).to_be_visible()
    assert violations(page) == []
    visit.refresh_from_db()
    assert visit.screening is not None
    assert (visit.status, visit.screening.colour) == ("confirmed", "red")


@pytest.mark.parametrize(
    "options",
    [{"color_scheme": "light", "viewport": NARROW}, {"color_scheme": "dark"}],
    ids=["light, on the narrowest phone", "dark"],
)
def test_every_page_can_be_used(
    visitor: Callable[..., Page], form: ScreeningForm, options: dict[str, object]
) -> None:
    page = visitor(**options)
    wrong: dict[str, object] = {}

    def look(name: str) -> None:
        if any(found := (sideways(page), violations(page))):
            wrong[name] = found

    come_to_the_questions(page)
    look("questions")
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    look("questions with errors")
    for code in ("pregnant", "phobia", "clotting", "numb"):
        page.goto("/book/follow-up/questions/?again=1")
        answer_all(page, **{code: "Yes"})
        send(page)
        page.wait_for_url("**/outcome/")
        look(code)
    assert wrong == {}
