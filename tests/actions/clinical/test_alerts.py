"""An alert stays until one person has rung."""

import pytest

from accounts.models import User
from booking.actions.clinical.alerts import TakenAlready, take_alert
from booking.models import AuditEntry, SafetyAlert
from tests.factories import at, make_user
from tests.needled import make_alert, needled_visit

pytestmark = pytest.mark.django_db

NOW = at(3, "10:31")


@pytest.fixture
def alert() -> SafetyAlert:
    return make_alert(needled_visit())


def take(alert: SafetyAlert, by: User, outcome: str = "") -> SafetyAlert:
    return take_alert(alert_id=alert.pk, by=by, now=NOW, outcome=outcome)


def test_whoever_takes_it_stands_on_it(alert: SafetyAlert) -> None:
    ana = make_user(name="Ana Duarte")
    take(alert, ana)
    alert.refresh_from_db()
    assert (alert.taken_by, alert.taken_at, alert.outcome) == (ana, NOW, "")


def test_the_second_of_two_is_told_who_rings(alert: SafetyAlert) -> None:
    ana = make_user(name="Ana Duarte")
    take(alert, ana)
    with pytest.raises(TakenAlready) as told:
        take(alert, make_user(name="Ivy Sharpe"))
    assert told.value.alert.taken_by == ana


def test_pressing_twice_is_no_quarrel_with_oneself(alert: SafetyAlert) -> None:
    ana = make_user()
    assert take(take(alert, ana), ana).taken_by == ana


def test_what_came_of_it_may_be_written_by_a_colleague(alert: SafetyAlert) -> None:
    ana = make_user(name="Ana Duarte")
    take(alert, ana)
    after = take(alert, make_user(name="Ivy Sharpe"), "Ambulance on its way.")
    assert (after.taken_by, after.outcome) == (ana, "Ambulance on its way.")


def test_what_was_done_is_said_once(alert: SafetyAlert) -> None:
    take(alert, make_user(), "Rang, well.")
    with pytest.raises(TakenAlready):
        take(alert, make_user(), "Something else.")
    alert.refresh_from_db()
    assert alert.outcome == "Rang, well."


def test_the_log_says_who_and_not_what_came_of_it(alert: SafetyAlert) -> None:
    take(alert, make_user(), "Sent to hospital")
    entries = AuditEntry.objects.order_by("id")
    assert [entry.verb for entry in entries] == ["took alert", "closed alert"]
    assert "hospital" not in str([entry.detail for entry in entries])
