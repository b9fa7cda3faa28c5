"""What goes back when a visit is cancelled."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from booking.rules.refunds import free_until, is_free_of_charge, refund_due

VISIT = datetime(2026, 12, 3, 10, 20, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def in_time(now: datetime) -> bool:
    return is_free_of_charge(starts_at=VISIT, hours=24, now=now)


def test_the_cut_off_itself_is_still_in_time() -> None:
    assert in_time(VISIT - timedelta(hours=24))


def test_a_second_before_the_cut_off_is_in_time() -> None:
    assert in_time(VISIT - timedelta(hours=24) - SECOND)


def test_a_second_after_the_cut_off_is_late() -> None:
    assert not in_time(VISIT - timedelta(hours=24) + SECOND)


def test_notice_is_as_long_on_the_night_the_clocks_go_back() -> None:
    london = ZoneInfo("Europe/London")
    sunday = datetime(2026, 10, 25, 10, 20, tzinfo=london)
    cut_off = free_until(starts_at=sunday.astimezone(UTC), hours=24)
    assert cut_off.astimezone(london) == datetime(2026, 10, 24, 11, 20, tzinfo=london)


def test_notice_is_as_long_on_the_night_the_clocks_go_forward() -> None:
    london = ZoneInfo("Europe/London")
    sunday = datetime(2026, 3, 29, 10, 20, tzinfo=london)
    cut_off = free_until(starts_at=sunday.astimezone(UTC), hours=24)
    assert cut_off.astimezone(london) == datetime(2026, 3, 28, 9, 20, tzinfo=london)


def test_all_goes_back_when_in_time() -> None:
    assert refund_due(paid_minor=6400, in_time=True, late_refund_percent=50, by_clinic=False) == 6400


def test_the_policys_share_goes_back_when_late() -> None:
    assert refund_due(paid_minor=6400, in_time=False, late_refund_percent=50, by_clinic=False) == 3200


def test_all_goes_back_when_the_clinic_cancels_however_late() -> None:
    assert refund_due(paid_minor=6400, in_time=False, late_refund_percent=0, by_clinic=True) == 6400


def test_half_a_penny_goes_to_the_patient() -> None:
    assert refund_due(paid_minor=6401, in_time=False, late_refund_percent=50, by_clinic=False) == 3201


def test_a_currency_without_pence_is_rounded_the_same_way() -> None:
    assert refund_due(paid_minor=5, in_time=False, late_refund_percent=33, by_clinic=False) == 2


@given(st.integers(0, 10**9), st.integers(0, 100), st.booleans(), st.booleans())
def test_never_more_than_was_paid_and_never_less_than_nothing(
    paid: int, percent: int, early: bool, by_clinic: bool
) -> None:
    back = refund_due(paid_minor=paid, in_time=early, late_refund_percent=percent, by_clinic=by_clinic)
    assert 0 <= back <= paid
