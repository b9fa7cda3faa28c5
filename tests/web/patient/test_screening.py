"""/book/<service>/questions/: asked before a time is chosen, and what each answer leads to."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Patient
from booking.actions.audit import Actor
from booking.actions.clinical.screening import answer_screening
from booking.models import Appointment, Screening
from booking.queries.links import token_for
from catalogue.models import ScreeningForm, Service
from tests.factories import (
    make_appointment,
    make_clinic,
    make_needling,
    make_patient,
    make_screening_form,
    make_user,
)
from tests.web.patient.scene import NAUGHTY, book, held, hold, slot, typed, working_day

pytestmark = pytest.mark.django_db
TEN = working_day(3, "10:00")
QUESTIONS = "/book/follow-up/questions/"
OUTCOME = "/book/follow-up/questions/outcome/"


@pytest.fixture
def longer() -> Service:
    return make_clinic(slug="longer", name="Longer assessment", duration_minutes=75, price_minor=8400)


@pytest.fixture
def service(longer: Service) -> Service:
    service = make_clinic(slug="follow-up", name="Follow-up", visit_kind="follow_up")
    service.treatments.add(make_needling())
    return service


@pytest.fixture
def form(service: Service, longer: Service) -> ScreeningForm:
    first = make_clinic(slug="first", name="First assessment", visit_kind="first")
    return make_screening_form(treatment=service.treatments.get(), longer_visit=longer, assessment=first)


def said(form: ScreeningForm, **changed: str) -> dict[str, str]:
    codes = form.questions.values_list("code", flat=True)
    return {f"q-{code}": changed.get(code, "no") for code in codes}


def answer(client: Client, form: ScreeningForm, **changed: str) -> HttpResponse:
    response: Any = client.post(QUESTIONS, said(form, **changed))
    return response


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.headers.get("Location")
    return response.content.decode()


def answered_long_ago(form: ScreeningForm, patient: Patient, **changed: str) -> Screening:
    answers = {name.removeprefix("q-"): value for name, value in said(form, **changed).items()}
    return answer_screening(
        form=form, answers=answers, patient=patient, now=timezone.now() - timedelta(days=100),
        by=Actor.patient(),
    ).screening  # fmt: skip


class TestBeforeATimeIsChosen:
    def test_the_calendar_leads_to_the_questions(self, client: Client, form: ScreeningForm) -> None:
        answer = client.get("/book/follow-up/?treatment=dry-needling&day=2027-01-04")
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"{QUESTIONS}?treatment=dry-needling&day=2027-01-04",
        )

    def test_pressing_a_time_leads_there_too_and_holds_nothing(
        self, client: Client, service: Service, form: ScreeningForm
    ) -> None:
        assert hold(client, service, TEN)["Location"] == QUESTIONS
        assert not Appointment.objects.exists()

    @pytest.mark.parametrize("state", ["draft", "retired"])
    def test_without_a_form_in_force_nothing_is_asked(
        self, client: Client, service: Service, state: str
    ) -> None:
        make_screening_form(treatment=service.treatments.get(), state=state)
        assert client.get("/book/follow-up/").status_code == 200
        assert client.get(QUESTIONS)["Location"] == "/book/follow-up/"

    def test_every_question_is_asked_with_three_answers(self, client: Client, form: ScreeningForm) -> None:
        html = page(client, QUESTIONS)
        assert all(row.question in html for row in form.questions.all())
        assert html.count('type="radio"') == 3 * form.questions.count()

    def test_no_answer_is_chosen_beforehand(self, client: Client, form: ScreeningForm) -> None:
        assert " checked" not in page(client, QUESTIONS).replace("be checked", "")

    def test_a_visit_that_is_not_offered_is_not_found(self, client: Client, form: ScreeningForm) -> None:
        assert client.get("/book/nothing/questions/").status_code == 404

    def test_no_cache_keeps_the_page(self, client: Client, form: ScreeningForm) -> None:
        assert "no-store" in client.get(QUESTIONS)["Cache-Control"]


class TestAnswering:
    def test_clear_goes_straight_to_the_times(self, client: Client, form: ScreeningForm) -> None:
        there = client.post(f"{QUESTIONS}?practitioner=maren&day=2027-01-04", said(form))
        assert there["Location"] == "/book/follow-up/?practitioner=maren&day=2027-01-04"
        assert client.get("/book/follow-up/").status_code == 200

    def test_the_visit_keeps_what_was_answered(
        self, client: Client, service: Service, form: ScreeningForm
    ) -> None:
        answer(client, form)
        book(client, service, TEN)
        visit = Appointment.objects.get()
        assert visit.screening is not None
        assert (visit.screening.colour, visit.screening.patient) == ("green", visit.patient)

    def test_what_is_not_answered_is_named_and_the_rest_is_kept(
        self, client: Client, form: ScreeningForm
    ) -> None:
        some = said(form, epilepsy="yes")
        del some["q-pregnant"]
        answer: Any = client.post(QUESTIONS, {**some, "note": "A new job."})
        html = answer.content.decode()
        assert answer.status_code == 422
        assert '<a href="#id_q-pregnant">Are you pregnant?</a>' in html
        assert html.replace("be checked", "").count(" checked") == 4
        assert "A new job." in html
        assert not Screening.objects.exists()

    @pytest.mark.parametrize("naughty", ["", "maybe", *NAUGHTY])
    def test_an_answer_that_is_none_is_refused(
        self, client: Client, form: ScreeningForm, naughty: str
    ) -> None:
        assert answer(client, form, pregnant=naughty).status_code == 422

    @pytest.mark.parametrize("naughty", ["\x00", "x" * 1001])
    def test_a_note_that_cannot_be_kept_is_refused(
        self, client: Client, form: ScreeningForm, naughty: str
    ) -> None:
        assert client.post(QUESTIONS, {**said(form), "note": naughty}).status_code == 422

    def test_the_session_holds_no_answer_and_no_colour(self, client: Client, form: ScreeningForm) -> None:
        client.post(QUESTIONS, {**said(form, pregnant="yes"), "note": "KOALA"})
        kept = str(dict(client.session))
        assert not any(word in kept for word in ("pregnant", "yes", "amber", "longer", "KOALA"))


class TestAmber:
    def test_it_leads_to_the_longer_visit_and_says_why(self, client: Client, form: ScreeningForm) -> None:
        assert answer(client, form, pregnant="yes")["Location"] == OUTCOME
        html = page(client, OUTCOME)
        assert "Check first" in html
        assert "Because of that." in html
        assert 'href="/book/longer/"' in html
        assert html.count("btn-primary") == 1

    def test_the_longer_visit_is_not_asked_again_and_carries_the_note(
        self, client: Client, longer: Service, form: ScreeningForm
    ) -> None:
        client.post(QUESTIONS, {**said(form, pregnant="yes"), "note": "In week 20."})
        assert client.get("/book/longer/").status_code == 200
        book(client, longer, TEN)
        visit = Appointment.objects.get()
        assert visit.screening is not None
        assert (visit.screening.note, visit.screening.colour) == ("In week 20.", "amber")

    def test_not_being_sure_leads_to_the_assessment(self, client: Client, form: ScreeningForm) -> None:
        answer(client, form, clotting="unsure")
        html = page(client, OUTCOME)
        assert 'href="/book/first/"' in html
        assert "You are not sure about this" in html

    def test_the_visit_itself_stays_closed(
        self, client: Client, service: Service, form: ScreeningForm
    ) -> None:
        answer(client, form, pregnant="yes")
        assert client.get("/book/follow-up/")["Location"] == OUTCOME
        assert hold(client, service, TEN)["Location"] == OUTCOME
        assert not Appointment.objects.exists()

    def test_a_first_visit_goes_on_as_it_was_chosen(
        self, client: Client, service: Service, form: ScreeningForm
    ) -> None:
        Service.objects.filter(pk=service.pk).update(visit_kind="first")
        assert answer(client, form, pregnant="yes")["Location"] == "/book/follow-up/"
        assert "Your physio reads your answers" in page(client, "/book/follow-up/")

    def test_where_no_visit_is_named_the_clinic_is_rung(self, client: Client, service: Service) -> None:
        form = make_screening_form(treatment=service.treatments.get())
        answer(client, form, epilepsy="yes")
        assert "Ring 0117 496 0120" in page(client, OUTCOME)

    def test_an_answer_may_be_changed(self, client: Client, form: ScreeningForm) -> None:
        answer(client, form, pregnant="yes")
        assert f"{QUESTIONS}?again=1" in page(client, OUTCOME)
        assert client.post(f"{QUESTIONS}?again=1", said(form))["Location"] == "/book/follow-up/"
        assert client.get("/book/follow-up/").status_code == 200


class TestRed:
    def test_other_treatments_are_offered_without_it(self, client: Client, form: ScreeningForm) -> None:
        answer(client, form, phobia="yes")
        html = page(client, OUTCOME)
        assert "Stop" in html
        assert 'href="/book/longer/"' in html
        assert 'href="/book/follow-up/"' not in html

    def test_those_can_be_booked(self, client: Client, longer: Service, form: ScreeningForm) -> None:
        answer(client, form, phobia="yes")
        assert book(client, longer, TEN).status_code == 302
        assert Appointment.objects.get().status == "confirmed"

    def test_some_things_are_talked_through(self, client: Client, form: ScreeningForm) -> None:
        answer(client, form, clotting="yes")
        html = page(client, OUTCOME)
        assert "Talk to us first" in html
        assert 'href="tel:+441174960120"' in html

    def test_urgent_care_says_where_to_go(
        self, client: Client, form: ScreeningForm, settings: Settings
    ) -> None:
        settings.EMERGENCY_NUMBER, settings.EMERGENCY_PLACE = "112", "the hospital"
        answer(client, form, numb="yes")
        html = page(client, OUTCOME)
        assert "Ring 112, or go to the hospital." in html
        assert 'href="tel:112"' in html
        assert "change an answer" not in html

    def test_urgent_care_closes_every_visit_in_this_session(
        self, client: Client, longer: Service, form: ScreeningForm
    ) -> None:
        answer(client, form, numb="unsure")
        assert client.get("/book/longer/")["Location"] == "/book/longer/questions/outcome/"
        assert hold(client, longer, TEN).status_code == 302
        assert client.get(f"{QUESTIONS}?again=1")["Location"] == f"{OUTCOME}"
        assert "Get help now" in page(client, "/book/longer/questions/outcome/")
        assert not Appointment.objects.exists()

    def test_a_time_held_before_is_not_booked_after_it(
        self, client: Client, longer: Service, form: ScreeningForm
    ) -> None:
        appointment = held(client, longer, TEN)
        answer(client, form, numb="yes")
        there = client.post("/book/longer/details/", typed(appointment))
        assert there["Location"] == "/book/longer/questions/outcome/"
        appointment.refresh_from_db()
        assert appointment.status == "held"

    def test_somebody_elses_session_is_not_touched(self, client: Client, form: ScreeningForm) -> None:
        answer(client, form, numb="yes")
        assert Client().get("/book/longer/").status_code == 200

    def test_an_outcome_without_answers_leads_to_the_questions(
        self, client: Client, form: ScreeningForm
    ) -> None:
        assert client.get(OUTCOME)["Location"] == QUESTIONS


class TestSomebodySignedIn:
    @pytest.fixture
    def elena(self, client: Client) -> Patient:
        user = make_user(email="elena.marsh@mail.example")
        client.force_login(user)
        return make_patient(holder=user, email=user.email)

    def test_answers_that_hold_are_not_asked_again(
        self, client: Client, form: ScreeningForm, elena: Patient
    ) -> None:
        answered_long_ago(form, elena)
        Screening.objects.update(expires_at=timezone.now() + timedelta(days=5))
        assert client.get("/book/follow-up/").status_code == 200

    def test_nor_are_those_of_another_version_counted(
        self, client: Client, form: ScreeningForm, elena: Patient
    ) -> None:
        answered_long_ago(form, elena)
        Screening.objects.update(expires_at=timezone.now() + timedelta(days=5))
        form.state = "retired"
        form.save()
        make_screening_form(treatment=form.treatment, version=2)
        assert client.get("/book/follow-up/")["Location"] == QUESTIONS
        assert "Has anything changed?" not in page(client, QUESTIONS)

    def test_expired_answers_are_confirmed_in_one_press(
        self, client: Client, service: Service, form: ScreeningForm, elena: Patient
    ) -> None:
        old = answered_long_ago(form, elena)
        html = page(client, QUESTIONS)
        assert "Has anything changed?" in html
        assert " checked" not in html
        assert client.post(QUESTIONS, {"changed": "no"})["Location"] == "/book/follow-up/"
        assert Screening.objects.latest("answered_at").repeats == old
        book(client, service, TEN, who=str(elena.pk))
        assert Appointment.objects.get().screening == Screening.objects.latest("answered_at")

    def test_something_has_changed_asks_everything(
        self, client: Client, form: ScreeningForm, elena: Patient
    ) -> None:
        answered_long_ago(form, elena)
        there = client.post(QUESTIONS, {"changed": "yes"})
        assert there["Location"] == f"{QUESTIONS}?again=1"
        assert "Are you pregnant?" in page(client, there["Location"])

    def test_what_was_urgent_then_is_asked_anew_now(
        self, client: Client, form: ScreeningForm, elena: Patient
    ) -> None:
        answered_long_ago(form, elena, numb="yes")
        assert "Has anything changed?" not in page(client, QUESTIONS)

    def test_who_books_for_several_says_who_is_coming(
        self, client: Client, form: ScreeningForm, elena: Patient
    ) -> None:
        tom = make_patient(holder=elena.holder, name="Tom Marsh")
        assert "Who is coming?" in page(client, QUESTIONS)
        assert client.post(QUESTIONS, {"who": str(tom.pk)})["Location"] == QUESTIONS
        answer(client, form)
        assert Screening.objects.get().patient == tom

    @pytest.mark.parametrize("who", ["", "nobody", "\x00"])
    def test_somebody_elses_patient_cannot_be_named(
        self, client: Client, form: ScreeningForm, elena: Patient, who: str
    ) -> None:
        make_patient(holder=elena.holder, name="Tom Marsh")
        stranger = make_patient(name="Not theirs")
        for named in (who, str(stranger.pk)):
            assert client.post(QUESTIONS, {"who": named}).status_code == 422

    def test_another_patients_answers_book_nothing_and_the_time_stays_held(
        self, client: Client, service: Service, form: ScreeningForm, elena: Patient
    ) -> None:
        tom = make_patient(holder=elena.holder, name="Tom Marsh")
        client.post(QUESTIONS, {"who": str(elena.pk)})
        answer(client, form)
        appointment = held(client, service, TEN)
        refused = client.post("/book/follow-up/details/", typed(appointment, who=str(tom.pk)))
        assert refused.status_code == 409
        assert "Answer for Tom Marsh" in refused.content.decode()
        assert answer(client, form)["Location"] == "/book/follow-up/details/"
        client.post("/book/follow-up/details/", typed(appointment, who=str(tom.pk)))
        appointment.refresh_from_db()
        assert (appointment.status, appointment.patient) == ("confirmed", tom)

    def test_after_booking_the_next_visit_is_asked_anew_for_whom(
        self, client: Client, service: Service, form: ScreeningForm, elena: Patient
    ) -> None:
        make_patient(holder=elena.holder, name="Tom Marsh")
        client.post(QUESTIONS, {"who": str(elena.pk)})
        answer(client, form)
        book(client, service, TEN, who=str(elena.pk))
        assert "Who is coming?" in page(client, QUESTIONS)


class TestAVisitBookedWithout:
    @pytest.fixture
    def visit(self, service: Service, form: ScreeningForm) -> Appointment:
        return make_appointment(service=service, starts_at=TEN)

    @pytest.fixture
    def link(self, visit: Appointment) -> str:
        return f"/appointments/{token_for(visit)}/"

    def test_its_page_asks_for_answers(self, client: Client, link: str) -> None:
        html = page(client, link)
        assert "Answer 5 questions" in html
        assert html.count("btn-primary") == 1

    def test_answers_are_tied_to_the_visit(
        self, client: Client, form: ScreeningForm, visit: Appointment, link: str
    ) -> None:
        assert client.post(f"{link}questions/", said(form))["Location"] == link
        visit.refresh_from_db()
        assert visit.screening is not None
        assert visit.screening.patient == visit.patient
        assert "Answer 5 questions" not in page(client, link)

    def test_what_stands_in_the_way_is_said_to_who_answered_only(
        self, client: Client, form: ScreeningForm, visit: Appointment, link: str
    ) -> None:
        there = client.post(f"{link}questions/", said(form, clotting="yes"))["Location"]
        assert "Talk to us first" in page(client, there)
        assert Client().get(there)["Location"] == link
        assert "Stop" not in page(Client(), link)
        visit.refresh_from_db()
        assert visit.status == "confirmed"

    def test_the_link_names_no_treatment(self, client: Client, link: str) -> None:
        assert "needling" not in page(client, f"{link}questions/").lower()

    def test_it_is_answered_once(self, client: Client, form: ScreeningForm, link: str) -> None:
        client.post(f"{link}questions/", said(form))
        assert client.get(f"{link}questions/")["Location"] == link
        assert client.post(f"{link}questions/", said(form))["Location"] == link
        assert Screening.objects.count() == 1

    def test_half_an_answer_is_refused(self, client: Client, form: ScreeningForm, link: str) -> None:
        assert client.post(f"{link}questions/", {"q-pregnant": "no"}).status_code == 422

    def test_a_link_that_was_altered_opens_nothing(self, client: Client, link: str) -> None:
        assert client.get(f"{link[:-4]}xyz/questions/").status_code == 404


def test_a_free_time_pressed_in_an_old_tab_is_asked_first(
    client: Client, service: Service, form: ScreeningForm
) -> None:
    response = client.post("/book/follow-up/", {"slot": slot(service, TEN)})
    assert response["Location"] == QUESTIONS
