"""Whether a message is still true when it is about to go."""

from datetime import datetime, timedelta

import pytest

from booking.actions.messages.recheck import reason_to_skip
from booking.models import Appointment, Message
from tests.factories import NOW

COMING = ("confirmed", "reminder", "moved")
BEGINS = NOW + timedelta(days=2)


def skipped(occasion: str, *, status: str = "confirmed", behind: int = 0, now: datetime = NOW) -> str:
    visit = Appointment(status=status, sequence=3, starts_at=BEGINS)
    return reason_to_skip(Message(occasion=occasion, sequence=3 - behind), visit, now=now)


@pytest.mark.parametrize("occasion", COMING)
def test_it_goes_while_the_visit_is_confirmed_and_to_come(occasion: str) -> None:
    assert skipped(occasion) == ""


@pytest.mark.parametrize("occasion", [*COMING, "cancelled", "not_booked"])
def test_what_speaks_of_an_earlier_version_never_goes(occasion: str) -> None:
    assert skipped(occasion, behind=1) == "The visit changed."


@pytest.mark.parametrize("occasion", COMING)
def test_it_never_goes_once_the_visit_is_cancelled(occasion: str) -> None:
    assert skipped(occasion, status="cancelled") == "The visit was cancelled."


@pytest.mark.parametrize("occasion", COMING)
def test_it_never_goes_once_the_visit_should_have_begun(occasion: str) -> None:
    assert skipped(occasion, now=BEGINS) == "The visit had begun."


@pytest.mark.parametrize("status", ["arrived", "completed", "no_show"])
def test_nobody_who_is_here_is_reminded(status: str) -> None:
    assert skipped("reminder", status=status) == "The visit had begun."


def test_that_it_is_cancelled_is_said_even_after_it_should_have_begun() -> None:
    assert skipped("cancelled", status="cancelled", now=BEGINS) == ""


def test_that_it_is_cancelled_is_only_said_when_it_is() -> None:
    assert skipped("cancelled") == "The visit is not cancelled."


def test_that_money_came_too_late_is_said_of_a_lapsed_hold() -> None:
    assert skipped("not_booked", status="lapsed") == ""


def test_that_money_came_too_late_is_not_said_of_a_visit_that_was_booked_after_all() -> None:
    assert skipped("not_booked") == "The visit was booked after all."
