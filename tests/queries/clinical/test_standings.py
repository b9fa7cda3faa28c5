"""How a patient stands with what is signed before needling."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from booking.actions.audit import Actor
from booking.actions.clinical.consents import open_consent, withdraw_consent
from booking.models import Appointment, Consent
from booking.queries.clinical.standings import State, overall, standings_at, states_at
from tests.factories import (
    at,
    make_appointment,
    make_consent_text,
    make_needling,
    make_patient,
)
from tests.needling import make_needled_visit, put_a_new_text_in_force, sign, text

pytestmark = pytest.mark.django_db
TEN = at(3, "10:00")


@pytest.fixture
def visit() -> Appointment:
    return make_needled_visit(starts_at=TEN)


def read(visit: Appointment) -> None:
    open_consent(appointment_id=visit.pk, text_id=text().pk, by=Actor.patient(), now=TEN)


def take_back(consent: Consent) -> None:
    withdraw_consent(
        consent_id=consent.pk, withdrawn_by="patient", by=Actor.patient(), now=TEN + timedelta(minutes=5)
    )


def nothing(visit: Appointment) -> None:
    """Nobody has opened it."""


def signed(visit: Appointment) -> None:
    sign(visit, now=TEN)


def signed_and_taken_back(visit: Appointment) -> None:
    take_back(sign(visit, now=TEN))


def signed_before_the_text_changed(visit: Appointment) -> None:
    sign(visit, now=TEN)
    put_a_new_text_in_force()


def signed_before_the_text_changed_and_read_since(visit: Appointment) -> None:
    signed_before_the_text_changed(visit)
    read(visit)


def signed_two_texts_ago(visit: Appointment) -> None:
    signed_before_the_text_changed(visit)
    put_a_new_text_in_force()


def signed_again_since(visit: Appointment) -> None:
    signed_before_the_text_changed(visit)
    sign(visit, now=TEN)


def only_read_before_the_text_changed(visit: Appointment) -> None:
    read(visit)
    put_a_new_text_in_force()


def taken_back_before_the_text_changed(visit: Appointment) -> None:
    signed_and_taken_back(visit)
    put_a_new_text_in_force()


def signed_one_of_two(visit: Appointment) -> None:
    sign(visit, now=TEN)
    other = make_needling(slug="wet-needling", name="Wet needling")
    make_consent_text(treatment=other)
    visit.service.treatments.add(other)


CASES: list[tuple[Callable[[Appointment], None], State]] = [
    (nothing, State.NOT_READ),
    (read, State.READ),
    (signed, State.SIGNED),
    (signed_and_taken_back, State.WITHDRAWN),
    (signed_before_the_text_changed, State.SIGNED_OLDER),
    (signed_before_the_text_changed_and_read_since, State.READ),
    (signed_two_texts_ago, State.SIGNED_OLDER),
    (signed_again_since, State.SIGNED),
    (only_read_before_the_text_changed, State.NOT_READ),
    (taken_back_before_the_text_changed, State.NOT_READ),
    (signed_one_of_two, State.NOT_READ),
]


@pytest.mark.parametrize(("happened", "state"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_the_card_and_the_list_of_the_day_say_the_same(
    visit: Appointment, happened: Callable[[Appointment], None], state: State
) -> None:
    happened(visit)
    assert (overall(standings_at(visit)), states_at([visit])) == (state, {visit.pk: state})


def test_another_patients_signature_counts_for_nobody_else(visit: Appointment) -> None:
    sign(visit, now=TEN)
    other = make_appointment(
        service=visit.service, starts_at=at(3, "11:00"), patient=make_patient(), room=visit.room
    )
    assert states_at([visit, other]) == {visit.pk: State.SIGNED, other.pk: State.NOT_READ}


def test_a_visit_that_needs_no_text_is_left_out(visit: Appointment) -> None:
    visit.service.treatments.clear()
    assert states_at([visit]) == {}


def test_the_older_signature_is_at_hand(visit: Appointment) -> None:
    before = sign(visit, now=TEN)
    put_a_new_text_in_force()
    (standing,) = standings_at(visit)
    assert (standing.former, standing.consent) == (before, None)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_day_costs_two_queries(
    visit: Appointment, rows: int, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    sign(visit, now=TEN)
    days = [TEN + timedelta(days=number) for number in range(1, rows)]
    visits = [visit, *(make_appointment(service=visit.service, starts_at=day) for day in days)]
    with django_assert_num_queries(2):
        assert len(states_at(visits)) == rows
