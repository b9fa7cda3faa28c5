"""T1: a time is held. Locks in fixed order, the constraint behind them."""

from datetime import datetime, timedelta

import pytest

from booking.actions.conflicts import TimeTaken
from booking.actions.holds import Hold, place_hold
from booking.models import Appointment
from catalogue.models import Service
from tests.actions.payments.scene import PATIENT, TEN, at_once
from tests.factories import LONDON, NOW, at, make_clinic


def hold(service: Service, starts_at: datetime = TEN, now: datetime = NOW) -> Hold:
    return place_hold(service=service, starts_at=starts_at, now=now, by=PATIENT)


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_one_gets_the_time() -> None:
    service = make_clinic()
    results = at_once([lambda: hold(service)] * 50)
    assert sum(isinstance(result, Hold) for result in results) == 1
    assert sum(isinstance(result, TimeTaken) for result in results) == 49


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_as_many_get_it_as_there_are_people_and_rooms() -> None:
    service = make_clinic(practitioners=3, rooms=2)
    at_once([lambda: hold(service)] * 50)
    taken = Appointment.objects.all()
    assert len(taken) == 2
    assert len({row.practitioner_id for row in taken}) == len({row.room_id for row in taken}) == 2


@pytest.mark.django_db(transaction=True)
def test_times_that_overlap_are_not_both_held() -> None:
    service = make_clinic()
    starts = [TEN + timedelta(minutes=15 * step) for step in range(3)] * 5
    at_once([lambda start=start: hold(service, start) for start in starts])  # type: ignore[misc]
    assert Appointment.objects.count() == 1


@pytest.mark.django_db
def test_a_time_that_has_passed_is_not_held() -> None:
    with pytest.raises(TimeTaken):
        hold(make_clinic(), starts_at=at(3, "10:00"), now=at(3, "10:05"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (datetime(2027, 3, 26, 9, 0, tzinfo=LONDON), datetime(2027, 3, 29, 9, 0, tzinfo=LONDON)),
        (datetime(2026, 10, 23, 9, 0, tzinfo=LONDON), datetime(2026, 10, 26, 9, 0, tzinfo=LONDON)),
    ],
    ids=["spring", "autumn"],
)
def test_nine_o_clock_is_nine_o_clock_on_both_sides_of_a_clock_change(
    before: datetime, after: datetime
) -> None:
    service = make_clinic()
    early = before - timedelta(days=3)
    for starts_at in (before, after):
        held = hold(service, starts_at=starts_at, now=early).appointment
        assert held.starts_at.astimezone(LONDON).hour == 9
    for too_early in (before, after):
        with pytest.raises(TimeTaken):
            hold(service, starts_at=too_early - timedelta(hours=1), now=early)
