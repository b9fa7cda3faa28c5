"""Answers given beforehand, and the visit they were given for."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from booking.actions.audit import Actor
from booking.actions.bookings import book
from booking.actions.clinical.screening import (
    Answered,
    AnswersIncomplete,
    FormReplaced,
    QuestionsUnknown,
    ScreeningExpired,
    ScreeningForbids,
    ScreeningOfAnother,
    answer_for_visit,
    answer_screening,
    forget_unbooked_screenings,
    give_to_hold,
    opens_screening,
    repeat_for_visit,
    repeat_screening,
)
from booking.actions.desk.records import merge
from booking.actions.holds import place_hold
from booking.actions.patients import PatientDetails
from booking.models import Appointment, AuditEntry, Screening
from catalogue.models import ScreeningForm, Service
from tests.factories import (
    NOW,
    at,
    make_appointment,
    make_clinic,
    make_needling,
    make_patient,
    make_screening_form,
    make_user,
)

pytestmark = pytest.mark.django_db
PATIENT = Actor.patient()
TEN = at(3, "10:00")
DETAILS = PatientDetails(
    name="Elena Marsh", email="elena@mail.example", phone="+447700900142", date_of_birth=None
)


@pytest.fixture
def service() -> Service:
    service = make_clinic(turnaround_minutes=0)
    service.treatments.add(make_needling())
    return service


@pytest.fixture
def form(service: Service) -> ScreeningForm:
    return make_screening_form(treatment=service.treatments.get())


def answers(form: ScreeningForm, **changed: str) -> dict[str, str]:
    return dict.fromkeys(form.questions.values_list("code", flat=True), "no") | changed


def answer(form: ScreeningForm, *, patient: Any = None, now: Any = NOW, **changed: str) -> Answered:
    return answer_screening(form=form, answers=answers(form, **changed), patient=patient, now=now, by=PATIENT)


def hold(service: Service, screening: Screening | None, **fields: Any) -> Appointment:
    wanted = {"service": service, "starts_at": TEN, "now": NOW, "by": PATIENT, "screening": screening}
    return place_hold(**wanted | fields).appointment


def booked(appointment: Appointment, details: PatientDetails = DETAILS) -> Appointment:
    return book(
        appointment_id=appointment.pk, patient=details, pays_at_clinic=True, accepts_policy=True, now=NOW,
        by=PATIENT,
    )  # fmt: skip


class TestAnswering:
    def test_the_outcome_is_kept_with_the_answers(self, form: ScreeningForm) -> None:
        kept = answer(form, pregnant="yes").screening
        kept.refresh_from_db()
        assert (kept.colour, kept.advice, kept.answers["pregnant"]) == ("amber", "longer_visit", "yes")

    def test_they_hold_for_as_many_days_as_the_clinic_says(
        self, form: ScreeningForm, settings: Settings
    ) -> None:
        settings.SCREENING_VALID_DAYS = 30
        assert answer(form).screening.expires_at == NOW + timedelta(days=30)

    def test_the_secret_opens_them_and_is_not_kept(self, form: ScreeningForm) -> None:
        done = answer(form)
        assert opens_screening(screening=done.screening, secret=done.secret)
        assert not opens_screening(screening=done.screening, secret="another")
        assert done.secret not in done.screening.secret_hash

    @pytest.mark.parametrize("said", ["", "maybe", "YES", "\x00"])
    def test_an_answer_that_is_none_is_refused(self, form: ScreeningForm, said: str) -> None:
        with pytest.raises(AnswersIncomplete) as refused:
            answer(form, pregnant=said)
        assert refused.value.codes == ["pregnant"]
        assert not Screening.objects.exists()

    def test_a_missing_answer_is_refused(self, form: ScreeningForm) -> None:
        some = {"pregnant": "no"}
        with pytest.raises(AnswersIncomplete):
            answer_screening(form=form, answers=some, now=NOW, by=PATIENT)

    def test_an_answer_to_something_not_asked_is_refused(self, form: ScreeningForm) -> None:
        with pytest.raises(QuestionsUnknown):
            answer(form, weight="yes")

    @pytest.mark.parametrize("state", ["draft", "retired"])
    def test_only_the_form_in_force_is_answered(self, service: Service, state: str) -> None:
        with pytest.raises(FormReplaced):
            answer(make_screening_form(treatment=service.treatments.get(), state=state))

    def test_the_log_says_that_and_never_what(self, form: ScreeningForm) -> None:
        answer(form, pregnant="yes")
        entry = AuditEntry.objects.get(verb="answered screening")
        assert set(entry.detail) == {"screening", "form"}


class TestNothingHasChanged:
    def test_the_same_answers_hold_for_another_while(self, form: ScreeningForm) -> None:
        first = answer(form, pregnant="yes", patient=make_patient()).screening
        later = NOW + timedelta(days=100)
        again = repeat_screening(screening=first, now=later, by=PATIENT).screening
        assert (again.answers, again.colour, again.patient) == (first.answers, "amber", first.patient)
        assert (again.repeats, again.expires_at) == (first, later + timedelta(days=90))

    def test_a_form_that_has_changed_is_answered_anew(self, form: ScreeningForm) -> None:
        first = answer(form).screening
        form.state = ScreeningForm.State.RETIRED
        form.save()
        with pytest.raises(FormReplaced):
            repeat_screening(screening=first, now=NOW, by=PATIENT)


class TestHolding:
    def test_answers_that_are_clear_go_along(self, service: Service, form: ScreeningForm) -> None:
        screening = answer(form).screening
        assert hold(service, screening).screening == screening

    @pytest.mark.parametrize("code", ["pregnant", "epilepsy", "phobia", "clotting", "numb"])
    def test_answers_that_stand_in_the_way_hold_nothing(
        self, service: Service, form: ScreeningForm, code: str
    ) -> None:
        with pytest.raises(ScreeningForbids):
            hold(service, answer(form, **{code: "yes"}).screening)
        assert not Appointment.objects.exists()

    def test_amber_holds_the_visit_it_leads_to(self, service: Service) -> None:
        longer = make_clinic()
        form = make_screening_form(treatment=service.treatments.get(), longer_visit=longer)
        assert hold(longer, answer(form, pregnant="yes").screening).status == "held"

    def test_amber_holds_a_first_visit(self, service: Service, form: ScreeningForm) -> None:
        service.visit_kind = Service.VisitKind.FIRST
        service.save()
        assert hold(service, answer(form, epilepsy="unsure").screening).status == "held"

    def test_urgent_care_holds_nothing_at_all(self, form: ScreeningForm) -> None:
        with pytest.raises(ScreeningForbids):
            hold(make_clinic(), answer(form, numb="unsure").screening)

    def test_answers_of_long_ago_hold_nothing(self, service: Service, form: ScreeningForm) -> None:
        old = answer(form, now=NOW - timedelta(days=91)).screening
        with pytest.raises(ScreeningExpired):
            hold(service, old)

    def test_without_answers_a_time_is_held_too(self, service: Service, form: ScreeningForm) -> None:
        assert hold(service, None).screening is None

    def test_answers_may_be_given_while_it_is_held(self, service: Service, form: ScreeningForm) -> None:
        held, screening = hold(service, None), answer(form).screening
        give_to_hold(appointment=held, screening=screening, now=NOW, by=PATIENT)
        held.refresh_from_db()
        assert held.screening == screening

    def test_but_not_those_that_stand_in_the_way(self, service: Service, form: ScreeningForm) -> None:
        held = hold(service, None)
        with pytest.raises(ScreeningForbids):
            give_to_hold(
                appointment=held, screening=answer(form, phobia="yes").screening, now=NOW, by=PATIENT
            )


class TestBooking:
    def test_the_answers_become_the_patients(self, service: Service, form: ScreeningForm) -> None:
        screening = answer(form).screening
        visit = booked(hold(service, screening))
        screening.refresh_from_db()
        assert screening.patient == visit.patient

    def test_somebody_elses_answers_book_nothing(self, service: Service, form: ScreeningForm) -> None:
        held = hold(service, answer(form, patient=make_patient(name="Tom Hale")).screening)
        with pytest.raises(ScreeningOfAnother):
            booked(held)
        held.refresh_from_db()
        assert (held.status, held.patient) == ("held", None)

    def test_a_visit_without_answers_takes_the_last_ones_along(
        self, service: Service, form: ScreeningForm
    ) -> None:
        first = booked(hold(service, answer(form).screening))
        second = booked(hold(service, None, starts_at=at(4, "10:00")))
        assert second.screening == first.screening

    def test_unless_they_no_longer_hold_on_that_day(self, service: Service, form: ScreeningForm) -> None:
        patient = make_patient(name=DETAILS.name, email=DETAILS.email, date_of_birth=None)
        answer(form, patient=patient, now=NOW - timedelta(days=88))
        assert booked(hold(service, None)).screening is None

    def test_merging_two_records_takes_the_answers_along(self, form: ScreeningForm) -> None:
        kept, other = make_patient(), make_patient()
        screening = answer(form, patient=other).screening
        merge(kept_id=kept.pk, other_id=other.pk, by=make_user(), now=NOW)
        screening.refresh_from_db()
        assert screening.patient == kept


class TestAfterwards:
    def test_answering_from_the_visit_counts_for_every_coming_visit_that_lacks_it(
        self, service: Service, form: ScreeningForm
    ) -> None:
        patient = make_patient()
        first = make_appointment(service=service, starts_at=TEN, patient=patient)
        second = make_appointment(service=service, starts_at=at(4, "10:00"), patient=patient)
        others = make_appointment(service=service, starts_at=at(4, "11:00"))
        done = answer_for_visit(
            appointment=first,
            form=form,
            answers=answers(form, phobia="yes"),
            note="",
            for_one_visit=False,
            now=NOW,
            by=PATIENT,
        )
        for visit in (first, second, others):
            visit.refresh_from_db()
        assert first.screening == second.screening == done.screening
        assert (done.screening.patient, done.screening.colour) == (patient, "red")
        assert others.screening is None

    def test_it_is_answered_once(self, service: Service, form: ScreeningForm) -> None:
        visit = make_appointment(service=service, starts_at=TEN)
        said = {
            "appointment": visit,
            "form": form,
            "answers": answers(form),
            "note": "",
            "now": NOW,
            "for_one_visit": False,
        }
        answer_for_visit(**said, by=PATIENT)
        with pytest.raises(FormReplaced):
            answer_for_visit(**said, by=PATIENT)

    def test_nobody_repeats_what_somebody_else_answered(self, service: Service, form: ScreeningForm) -> None:
        visit = make_appointment(service=service, starts_at=TEN)
        of_another = answer(form, patient=make_patient()).screening
        with pytest.raises(ScreeningOfAnother):
            repeat_for_visit(appointment=visit, earlier=of_another, now=NOW, by=PATIENT)
        visit.refresh_from_db()
        assert visit.screening is None

    def test_answers_without_a_booking_are_forgotten_after_a_day(self, form: ScreeningForm) -> None:
        answer(form, now=NOW - timedelta(days=2))
        fresh = answer(form, now=NOW - timedelta(hours=2)).screening
        known = answer(form, now=NOW - timedelta(days=2), patient=make_patient()).screening
        forget_unbooked_screenings(now=NOW)
        assert set(Screening.objects.all()) == {fresh, known}
