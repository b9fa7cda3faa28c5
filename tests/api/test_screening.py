"""Questions before a visit, as programs ask and answer them."""

import uuid
from typing import Any

import pytest
from django.http import HttpResponse

from booking.models import Appointment, AuditEntry, Screening
from booking.queries.links import token_for
from catalogue.models import ScreeningForm, Service
from tests.api.client import Api, bearer, problem, wrong_fields
from tests.api.steps import TEN, book, booked, hold, hold_request
from tests.api.test_schema import Schema, fits
from tests.factories import (
    make_appointment,
    make_clinic,
    make_needling,
    make_patient,
    make_screening_form,
    make_user,
)

pytestmark = pytest.mark.django_db
CODES = ("pregnant", "epilepsy", "phobia", "clotting", "numb")


@pytest.fixture
def schema(api: Api) -> Schema:
    described: Schema = api.get("schema/").json()
    return described


@pytest.fixture
def form(service: Service) -> ScreeningForm:
    service.treatments.add(make_needling())
    longer = make_clinic(slug="longer")
    return make_screening_form(treatment=service.treatments.get(), longer_visit=longer)


def answer(api: Api, **changed: Any) -> HttpResponse:
    said = {"service": "follow-up", "answers": dict.fromkeys(CODES, "no") | changed}
    return api.post("screenings/", said)


def along(answered: HttpResponse) -> dict[str, Any]:
    said = answered.json()
    return {"screening": said["id"], "screening_secret": said["secret"]}


class TestAsking:
    def test_the_questions_of_the_form_in_force(self, api: Api, schema: Schema, form: ScreeningForm) -> None:
        said = api.get("services/follow-up/screening/")
        fits(schema, "GET services/{slug}/screening/", said)
        assert [asked["code"] for asked in said.json()["questions"]] == list(CODES)

    def test_what_a_yes_means_is_not_given_away(self, api: Api, form: ScreeningForm) -> None:
        assert "urgent_care" not in api.get("services/follow-up/screening/").content.decode()

    def test_where_nothing_is_asked_the_list_is_empty(self, api: Api, service: Service) -> None:
        assert api.get("services/follow-up/screening/").json() == {"introduction": "", "questions": []}

    def test_a_service_that_is_none_is_not_found(self, api: Api) -> None:
        assert problem(api.get("services/nothing/screening/")) == "not-found"


class TestAnswering:
    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({}, ("green", None, True, None)),
            ({"pregnant": "yes"}, ("amber", "longer_visit", False, "longer")),
            ({"pregnant": "unsure"}, ("amber", "assessment_first", False, None)),
            ({"phobia": "yes"}, ("red", "other_treatments", False, None)),
            ({"numb": "unsure"}, ("red", "urgent_care", False, None)),
        ],
    )
    def test_what_it_adds_up_to(
        self, api: Api, schema: Schema, form: ScreeningForm, said: Any, expected: Any
    ) -> None:
        done = answer(api, **said)
        assert done.status_code == 201
        fits(schema, "POST screenings/", done)
        body = done.json()
        assert (body["colour"], body["advice"], body["may_book"], body["instead"]) == expected

    @pytest.mark.parametrize("value", ["", "maybe", "Yes", None, True, 1, [], {}])
    def test_an_answer_that_is_none_is_refused(self, api: Api, form: ScreeningForm, value: Any) -> None:
        assert wrong_fields(answer(api, pregnant=value)) == {"/answers/pregnant"}
        assert not Screening.objects.exists()

    def test_every_missing_answer_is_named(self, api: Api, form: ScreeningForm) -> None:
        said = {"service": "follow-up", "answers": {"pregnant": "no"}}
        assert wrong_fields(api.post("screenings/", said)) == {f"/answers/{code}" for code in CODES[1:]}

    def test_an_answer_to_nothing_is_refused(self, api: Api, form: ScreeningForm) -> None:
        assert wrong_fields(answer(api, weight="no")) == {"/answers/weight"}

    @pytest.mark.parametrize("answers", [None, [], "no", 7])
    def test_answers_of_another_shape_are_refused(self, api: Api, form: ScreeningForm, answers: Any) -> None:
        said = {"service": "follow-up", "answers": answers}
        assert wrong_fields(api.post("screenings/", said)) == {"/answers"}

    def test_a_service_that_asks_nothing_takes_no_answers(self, api: Api, service: Service) -> None:
        assert wrong_fields(answer(api)) == {"/service"}


class TestHolding:
    def test_answers_that_allow_it_go_along(self, api: Api, form: ScreeningForm) -> None:
        held = hold(api, **along(answer(api)))
        visit = Appointment.objects.get(pk=held["id"])
        assert visit.screening == Screening.objects.get()

    def test_those_that_do_not_hold_nothing(self, api: Api, schema: Schema, form: ScreeningForm) -> None:
        refused = api.post("holds/", hold_request(**along(answer(api, phobia="yes"))))
        assert problem(refused) == "screening-forbids"
        fits(schema, "POST holds/", refused)
        assert not Appointment.objects.exists()

    def test_the_visit_that_amber_leads_to_is_held(self, api: Api, form: ScreeningForm) -> None:
        done = answer(api, pregnant="yes")
        hold(api, service=done.json()["instead"], **along(done))

    @pytest.mark.parametrize(
        "wrong",
        [{"screening_secret": "guessed"}, {"screening_secret": ""}, {"screening": str(uuid.uuid4())},
         {"screening": "none"}, {"screening": None}],
    )  # fmt: skip
    def test_somebody_elses_answers_are_not_taken(self, api: Api, form: ScreeningForm, wrong: Any) -> None:
        sent = along(answer(api)) | wrong
        assert wrong_fields(api.post("holds/", hold_request(**sent))) <= {"/screening", "/screening_secret"}
        assert not Appointment.objects.exists()

    def test_a_program_that_knows_no_questions_books_as_before(self, api: Api, form: ScreeningForm) -> None:
        assert Appointment.objects.get(pk=booked(api)["id"]).screening is None

    def test_answers_tied_to_somebody_book_nothing_for_another(self, api: Api, form: ScreeningForm) -> None:
        sent = along(answer(api))
        Screening.objects.update(patient=make_patient(name="Tom Hale"))
        assert problem(book(api, hold(api, **sent))) == "screening-of-another"
        assert Appointment.objects.get().status == "held"


class TestReadingTheAnswers:
    @pytest.fixture
    def visit(self, api: Api, form: ScreeningForm, service: Service) -> Appointment:
        answer(api, clotting="unsure")
        return make_appointment(
            service=service, starts_at=TEN, screening=Screening.objects.get(), patient=make_patient()
        )

    def read(self, api: Api, visit: Appointment, **headers: str) -> HttpResponse:
        return api.get(f"appointments/{visit.pk}/screening/", **headers)

    def test_who_treats_reads_them_and_it_is_written_down(
        self, api: Api, schema: Schema, visit: Appointment
    ) -> None:
        user = make_user(role="physio")
        visit.practitioner.user = user
        visit.practitioner.save()
        api.client.force_login(user)
        said = self.read(api, visit)
        fits(schema, "GET appointments/{appointment_id}/screening/", said)
        assert said.json()["stand"] == "amber"
        assert {one["code"]: one["answer"] for one in said.json()["answers"]}["clotting"] == "unsure"
        assert AuditEntry.objects.filter(verb="opened record", actor=user).exists()

    @pytest.mark.parametrize("role", ["reception", "manager"])
    def test_the_front_desk_does_not(self, api: Api, visit: Appointment, role: str) -> None:
        api.client.force_login(make_user(role=role))
        refused = self.read(api, visit)
        assert (refused.status_code, problem(refused)) == (403, "not-allowed")

    def test_another_physio_is_refused(self, api: Api, visit: Appointment) -> None:
        api.client.force_login(make_user(role="physio"))
        assert self.read(api, visit).status_code == 403

    def test_a_link_opens_no_answers(self, api: Api, visit: Appointment) -> None:
        assert self.read(api, visit, **bearer(token_for(visit))).status_code in (401, 403)

    def test_a_stranger_is_refused(self, api: Api, visit: Appointment) -> None:
        assert self.read(api, visit).status_code in (401, 403)
