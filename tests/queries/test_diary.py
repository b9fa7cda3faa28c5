"""What reception's diary is drawn from."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Practitioner
from booking.models import Closure, Leave, Location, Payment, Receipt, WorkingHours
from booking.queries.diary import Diary, DiaryVisit, read_diary
from booking.queries.visits import money_now
from booking.rules.spans import instant_of
from tests.factories import (
    NOW,
    at,
    make_appointment,
    make_clinic,
    make_location,
    make_patient,
    make_practitioner,
    make_user,
    make_weekly_hours,
)

pytestmark = pytest.mark.django_db

TEN = at(3, "10:00")


def diary(**changes: Any) -> Diary:
    return read_diary(**{"first_day": TEN.date(), "days": 1, "now": NOW} | changes)


def the_visit(**fields: Any) -> DiaryVisit:
    make_appointment(service=make_clinic(), starts_at=TEN, **fields)
    return diary().visits[0]


def test_a_column_for_everybody_who_works_that_day() -> None:
    service = make_clinic(practitioners=3)
    make_practitioner(name="Not In Today")
    assert [column.id for column in diary().columns] == [
        person.pk for person in service.practitioners.order_by("position")
    ]


def test_somebody_with_a_visit_has_a_column_even_on_a_day_off() -> None:
    visit = make_appointment(service=make_clinic(), starts_at=at(5, "10:00"))
    saturday = diary(first_day=at(5, "0:00").date())
    assert [column.id for column in saturday.columns] == [visit.practitioner_id]


def test_somebody_who_has_left_keeps_a_column_without_hours_while_there_are_visits() -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    Practitioner.objects.update(active=False)
    assert [(column.id, column.open) for column in diary().columns] == [(visit.practitioner_id, [])]
    assert not diary(first_day=at(4, "0:00").date()).columns


def test_hours_are_instants_of_that_day() -> None:
    make_clinic()
    ((_, start, end),) = diary().columns[0].open
    assert (start, end) == (at(3, "9:00"), at(3, "17:00"))


def test_leave_is_drawn_with_its_reason() -> None:
    person = make_clinic().practitioners.get()
    Leave.objects.create(practitioner=person, starts_at=TEN, ends_at=at(3, "12:00"), reason="Dentist")
    (shut,) = diary().columns[0].shut
    assert (shut.kind, shut.reason, shut.start) == ("leave", "Dentist", TEN)


def test_a_closure_shuts_the_whole_day_at_its_location() -> None:
    make_clinic()
    Closure.objects.create(
        location=Location.objects.get(), first_day=TEN.date(), last_day=TEN.date(), name="Burst pipe"
    )
    (shut,) = diary().columns[0].shut
    assert (shut.kind, shut.start, shut.end) == ("closed", at(3, "0:00"), at(4, "0:00"))


def test_a_closure_elsewhere_shuts_nothing_here() -> None:
    make_clinic()
    here = Location.objects.get()
    make_clinic()
    Closure.objects.create(
        location=Location.objects.exclude(pk=here.pk).get(),
        first_day=TEN.date(),
        last_day=TEN.date(),
        name="Burst pipe",
    )
    assert not diary(location=here).columns[0].shut


def test_a_closure_is_not_drawn_over_a_day_on_which_somebody_works_elsewhere() -> None:
    person = make_clinic().practitioners.get()
    here = Location.objects.get()
    elsewhere = make_location()
    WorkingHours.objects.filter(practitioner=person, weekday=at(4, "9:00").weekday()).update(
        location=elsewhere
    )
    Closure.objects.create(
        location=here, first_day=TEN.date(), last_day=at(4, "9:00").date(), name="Burst pipe"
    )
    (shut,) = diary(days=2).columns[0].shut
    assert (shut.start, shut.end) == (at(3, "0:00"), at(4, "0:00"))


def test_one_location_shows_only_its_own_visits() -> None:
    make_appointment(service=make_clinic(), starts_at=TEN)
    here = Location.objects.get()
    make_appointment(service=make_clinic(), starts_at=TEN)
    assert {visit.location_id for visit in diary(location=here).visits} == {here.pk}


@pytest.mark.parametrize("status", ["cancelled", "lapsed"])
def test_what_does_not_take_place_is_not_drawn(status: str) -> None:
    make_appointment(service=make_clinic(), starts_at=TEN, status=status)
    assert not diary().visits


def test_a_hold_that_ran_out_is_not_drawn() -> None:
    held = make_appointment(service=make_clinic(), starts_at=TEN, status="held")
    assert not diary(now=held.hold_expires_at).visits


def test_the_day_is_the_clinics() -> None:
    service = make_clinic()
    make_appointment(service=service, starts_at=at(2, "23:55"))
    make_appointment(service=service, starts_at=at(3, "23:55"))
    assert [instant_of(visit.starts_at) for visit in diary().visits] == [at(3, "23:55")]


def test_an_alert_is_marked() -> None:
    assert the_visit(patient=make_patient(alert="Latex allergy")).has_alert


def test_what_was_paid_online_and_at_the_desk_is_summed() -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    payment = Payment.objects.create(
        appointment=visit, state="paid", amount_minor=6400, currency="GBP", idempotency_key="k",
        created_at=NOW, paid_at=NOW,
    )  # fmt: skip
    payment.refunds.create(amount_minor=1000, currency="GBP", reason="other_way", created_at=NOW)
    payment.refunds.create(
        amount_minor=500, currency="GBP", reason="goodwill", created_at=NOW, state="failed"
    )
    Receipt.objects.create(
        appointment=visit, method="cash", amount_minor=300, currency="GBP", taken_by=make_user(), taken_at=NOW
    )
    assert diary().visits[0].covered_minor == 6400 - 1000 + 300 == money_now(visit).covered


def test_a_week_of_twelve_costs_three_statements_as_a_day_of_one_does(django_assert_num_queries: Any) -> None:
    make_appointment(service=make_clinic(), starts_at=TEN)
    with django_assert_num_queries(3):
        diary()
    service = make_clinic(practitioners=11)
    for number, person in enumerate(service.practitioners.all()):
        room = Location.objects.order_by("pk").last().rooms.order_by("pk")[number]
        for day in range(3):
            make_appointment(
                service=service, practitioner=person, room=room, starts_at=TEN + timedelta(days=day)
            )
    with django_assert_num_queries(3):
        assert len(diary(days=7).visits) == 34


def test_hours_at_two_locations_are_told_apart() -> None:
    service = make_clinic()
    person = service.practitioners.get()
    make_clinic()
    other = Location.objects.order_by("pk").last()
    make_weekly_hours(practitioner=person, location=other, opens="18:00", closes="20:00")
    column = next(column for column in diary().columns if column.id == person.pk)
    assert len(column.location_ids) == 2
