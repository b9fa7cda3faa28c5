"""Who has answered before is asked "has anything changed?", once it is known who they are, not sooner."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Patient
from booking.actions.clinical.screening import take_last_answers
from booking.models import Appointment, AuditEntry, Screening
from booking.queries.links import letter_token_for, token_for
from catalogue.models import ScreeningForm, Service
from tests.factories import make_appointment, make_patient, make_screening_form, make_user
from tests.web.patient.scene import booked, working_day
from tests.web.patient.test_screening import QUESTIONS, answer, answered_long_ago, page, said
from tests.web.patient.test_screening import form as form
from tests.web.patient.test_screening import longer as longer
from tests.web.patient.test_screening import service as service

pytestmark = pytest.mark.django_db
TEN = working_day(3, "10:00")
ASKED = "Has anything changed?"


@pytest.fixture
def elena() -> Patient:
    return make_patient(email="elena.marsh@mail.example", email_proved_at=timezone.now())


@pytest.fixture
def earlier(form: ScreeningForm, elena: Patient) -> Screening:
    """Expired ten days ago."""
    return answered_long_ago(form, elena)


@pytest.fixture
def visit(service: Service, elena: Patient) -> Appointment:
    return make_appointment(service=service, starts_at=TEN, patient=elena)


def visit_url(visit: Appointment) -> str:
    """The link in the letter."""
    assert visit.patient is not None
    return f"/appointments/{letter_token_for(visit, address=visit.patient.email)}/"


def url(visit: Appointment) -> str:
    return f"{visit_url(visit)}questions/"


def shown_url(visit: Appointment) -> str:
    """The link that is shown to whoever books."""
    return f"/appointments/{token_for(visit)}/questions/"


def nothing_changed(client: Client, address: str) -> HttpResponse:
    answer: HttpResponse = client.post(address, {"changed": "no"})
    return answer


def asks_everything(client: Client, address: str) -> bool:
    html = page(client, address)
    return ASKED not in html and html.count('type="radio"') == 15


class TestByTheLinkInTheMail:
    def test_it_asks_what_changed_and_shows_no_answer(
        self, client: Client, visit: Appointment, earlier: Screening
    ) -> None:
        html = page(client, url(visit))
        assert ASKED in html
        assert 'type="radio"' not in html

    def test_nothing_changed_is_one_press(
        self, client: Client, visit: Appointment, earlier: Screening
    ) -> None:
        assert nothing_changed(client, url(visit))["Location"] == visit_url(visit)
        visit.refresh_from_db()
        assert visit.screening is not None
        assert (visit.screening.repeats, visit.screening.answers) == (earlier, earlier.answers)
        assert AuditEntry.objects.filter(verb="repeated screening", patient_id=visit.patient_id).exists()

    def test_it_holds_for_the_other_visits_that_come(
        self, client: Client, visit: Appointment, earlier: Screening, service: Service
    ) -> None:
        next_week = make_appointment(
            service=service, starts_at=TEN + timedelta(days=7), patient=visit.patient
        )
        nothing_changed(client, url(visit))
        next_week.refresh_from_db()
        assert next_week.screening is not None

    def test_something_changed_asks_everything(
        self, client: Client, visit: Appointment, earlier: Screening, form: ScreeningForm
    ) -> None:
        there = client.post(url(visit), {"changed": "yes"})["Location"]
        assert asks_everything(client, there)
        assert client.post(there, said(form))["Location"] == visit_url(visit)
        assert Screening.objects.latest("answered_at").repeats is None

    def test_answers_that_run_out_before_the_visit_are_asked_for_too(
        self, client: Client, visit: Appointment, earlier: Screening
    ) -> None:
        Screening.objects.update(expires_at=visit.starts_at - timedelta(hours=1))
        assert ASKED in page(client, url(visit))

    @pytest.mark.parametrize("changed", [{"clotting": "yes"}, {"pregnant": "unsure"}])
    def test_what_the_answers_led_to_is_not_told_again(
        self, client: Client, visit: Appointment, form: ScreeningForm, elena: Patient, changed: dict[str, str]
    ) -> None:
        """It would say what they were to whoever reads along. Reception is shown the colour, and rings."""
        old = answered_long_ago(form, elena, **changed)
        there = nothing_changed(client, url(visit))["Location"]
        html = page(client, there)
        assert "Your physio reads your answers" in html
        assert "Talk to us" not in html
        assert client.get(f"{url(visit)}outcome/")["Location"] == there
        visit.refresh_from_db()
        assert visit.screening is not None
        assert visit.screening.colour == old.colour != "green"

    def test_what_was_urgent_then_is_asked_anew(
        self, client: Client, visit: Appointment, form: ScreeningForm, elena: Patient
    ) -> None:
        answered_long_ago(form, elena, numb="yes")
        assert asks_everything(client, url(visit))
        assert nothing_changed(client, url(visit)).status_code == 422

    def test_other_questions_are_asked_anew(
        self, client: Client, visit: Appointment, earlier: Screening
    ) -> None:
        earlier.form.state = "retired"
        earlier.form.save()
        make_screening_form(treatment=earlier.form.treatment, version=2)
        assert asks_everything(client, url(visit))

    def test_somebody_elses_answers_are_not_offered(
        self, client: Client, visit: Appointment, form: ScreeningForm
    ) -> None:
        answered_long_ago(form, make_patient())
        assert asks_everything(client, url(visit))


class TestBeforeItIsKnown:
    """They are asked everything, and can't say "nothing changed" by a request of their own either."""

    def refused(self, client: Client, visit: Appointment) -> bool:
        before = Screening.objects.count()
        asked = asks_everything(client, shown_url(visit))
        return (
            asked
            and nothing_changed(client, shown_url(visit)).status_code == 422
            and Screening.objects.count() == before
        )

    def test_a_letter_to_an_address_that_is_the_patients_no_more_learns_nothing(
        self, client: Client, visit: Appointment, earlier: Screening
    ) -> None:
        old = url(visit)
        Patient.objects.update(email="another@mail.example")
        assert asks_everything(client, old)
        assert nothing_changed(client, old).status_code == 422

    def test_the_link_that_is_shown_to_whoever_books_learns_nothing(
        self, client: Client, visit: Appointment, earlier: Screening
    ) -> None:
        assert self.refused(client, visit)

    def test_a_guest_who_types_somebody_elses_details_learns_nothing(
        self, client: Client, service: Service, form: ScreeningForm, earlier: Screening
    ) -> None:
        """From the booking page to the link that they are shown at its end."""
        assert asks_everything(client, QUESTIONS)
        answer(client, form)
        visit = booked(client, service, TEN, email=earlier.patient.email)  # type: ignore[union-attr]
        assert visit.patient == earlier.patient
        Appointment.objects.update(screening=None)
        assert self.refused(client, visit)

    def test_somebody_else_who_is_signed_in_learns_nothing(
        self, client: Client, visit: Appointment, earlier: Screening
    ) -> None:
        client.force_login(make_user())
        assert self.refused(client, visit)


class TestWhatAnybodyElseAnswers:
    """It holds for that visit alone."""

    @pytest.fixture
    def next_week(self, visit: Appointment) -> Appointment:
        return make_appointment(
            service=visit.service, starts_at=TEN + timedelta(days=7), patient=visit.patient
        )

    def test_by_the_link_that_is_shown_it_reaches_no_other_visit(
        self, client: Client, visit: Appointment, form: ScreeningForm, next_week: Appointment
    ) -> None:
        client.post(shown_url(visit), said(form))
        visit.refresh_from_db()
        next_week.refresh_from_db()
        assert visit.screening is not None
        assert next_week.screening is None

    def test_by_the_link_in_the_letter_it_reaches_them_all(
        self, client: Client, visit: Appointment, form: ScreeningForm, next_week: Appointment
    ) -> None:
        client.post(url(visit), said(form))
        next_week.refresh_from_db()
        assert next_week.screening is not None

    def test_what_a_guest_answers_with_somebody_elses_details_reaches_no_other_visit(
        self, client: Client, form: ScreeningForm, service: Service, next_week: Appointment
    ) -> None:
        answer(client, form)
        mine = booked(client, service, TEN + timedelta(hours=1), email=next_week.patient.email)  # type: ignore[union-attr]
        assert mine.patient == next_week.patient
        assert mine.screening is not None
        take_last_answers(appointment=next_week)
        assert next_week.screening is None

    def test_after_it_nothing_changed_is_not_enough(
        self, client: Client, visit: Appointment, earlier: Screening, next_week: Appointment
    ) -> None:
        """Whether what the patient said before still holds, nobody can tell."""
        client.post(shown_url(visit), said(earlier.form))
        assert asks_everything(client, url(next_week))

    def test_a_guest_whose_first_visit_it_is_answers_for_herself(
        self, client: Client, form: ScreeningForm, service: Service
    ) -> None:
        answer(client, form)
        first = booked(client, service, TEN, email="new@mail.example")
        another = make_appointment(
            service=service, starts_at=TEN + timedelta(days=7), patient=first.patient, status="cancelled"
        )
        take_last_answers(appointment=another)
        assert another.screening == first.screening


def test_their_own_sign_in_is_asked_what_changed_by_any_link(
    client: Client, visit: Appointment, elena: Patient, earlier: Screening
) -> None:
    elena.holder = make_user()
    elena.save()
    client.force_login(elena.holder)
    assert ASKED in page(client, shown_url(visit))
    nothing_changed(client, shown_url(visit))
    visit.refresh_from_db()
    assert visit.screening is not None
    assert visit.screening.repeats == earlier
