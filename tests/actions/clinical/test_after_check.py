"""A patient answers, and what worries reaches the clinic."""

from datetime import timedelta
from typing import Any

import pytest

from booking.actions.audit import Actor
from booking.actions.clinical.after_check import Answers, NotAsked, answer_after_check
from booking.models import AfterCheck, AuditEntry, Message, SafetyAlert
from booking.rules.after_check import Outcome
from tests.factories import at
from tests.needled import make_check, needled_visit

pytestmark = pytest.mark.django_db

NOW = at(3, "10:30")
SECRET = "a most unusual word"


@pytest.fixture
def check() -> AfterCheck:
    return make_check(needled_visit(), due_at=at(3, "10:00"))


def answer(check: AfterCheck, *, minutes: int = 0, **said: Any) -> Outcome:
    defaults = {"pain": 3, "soreness": "mild", "is_breathless": False, "has_chest_pain": False}
    return answer_after_check(
        appointment_id=check.appointment_id,
        answers=Answers(**defaults | said),
        by=Actor.patient(),
        now=NOW + timedelta(minutes=minutes),
    )


def alerts() -> list[str]:
    return list(SafetyAlert.objects.order_by("raised_at").values_list("kind", flat=True))


def mails() -> set[str]:
    return set(Message.objects.values_list("occasion", flat=True))


def test_an_ordinary_answer_is_kept_and_alarms_nobody(check: AfterCheck) -> None:
    assert answer(check, function=6, note="Fine.") == Outcome.WELL
    check.refresh_from_db()
    assert (check.pain, check.soreness, check.function, check.note) == (3, "mild", 6, "Fine.")
    assert check.answered_at == NOW
    assert alerts() == []
    assert mails() == set()


@pytest.mark.parametrize("sign", ["is_breathless", "has_chest_pain"])
def test_an_emergency_reaches_the_clinic_and_the_patient_at_once(check: AfterCheck, sign: str) -> None:
    assert answer(check, **{sign: True}) == Outcome.EMERGENCY
    assert alerts() == ["emergency"]
    due = dict(Message.objects.values_list("occasion", "due_at"))
    assert due == {"alert": NOW, "emergency": NOW, "alert_again": NOW + timedelta(minutes=5)}


@pytest.mark.parametrize("said", [{"pain": 8}, {"soreness": "severe"}])
def test_strong_pain_asks_for_a_call(check: AfterCheck, said: dict[str, Any]) -> None:
    assert answer(check, **said) == Outcome.CALL_BACK
    assert alerts() == ["call_back"]
    assert mails() == {"alert"}


def test_an_emergency_is_answered_though_the_rest_was_left_out(check: AfterCheck) -> None:
    assert answer(check, pain=None, soreness="", is_breathless=True) == Outcome.EMERGENCY
    assert alerts() == ["emergency"]
    check.refresh_from_db()
    assert check.answered_at is None


def test_the_first_answer_stays_as_it_was(check: AfterCheck) -> None:
    answer(check, pain=2)
    answer(check, minutes=9, pain=5)
    check.refresh_from_db()
    assert (check.pain, check.answered_at) == (2, NOW)


def test_a_later_answer_may_raise_an_alert(check: AfterCheck) -> None:
    answer(check)
    assert answer(check, minutes=60, has_chest_pain=True) == Outcome.EMERGENCY
    assert alerts() == ["emergency"]


def test_a_later_answer_lowers_nothing(check: AfterCheck) -> None:
    answer(check, is_breathless=True)
    assert answer(check, minutes=1) == Outcome.EMERGENCY
    assert SafetyAlert.objects.get().taken_at is None


def test_two_worried_answers_are_one_alert_while_nobody_has_taken_it(check: AfterCheck) -> None:
    answer(check, is_breathless=True)
    answer(check, minutes=2, is_breathless=True)
    assert alerts() == ["emergency"]


def test_who_worries_again_after_a_call_is_a_new_alert_with_its_own_mail(check: AfterCheck) -> None:
    answer(check, is_breathless=True)
    SafetyAlert.objects.update(taken_at=NOW, taken_by=_somebody(), outcome="Rang, well.")
    answer(check, minutes=60, is_breathless=True)
    assert alerts() == ["emergency", "emergency"]
    assert Message.objects.filter(occasion="alert").count() == 2


def test_after_a_week_nobody_is_asked(check: AfterCheck) -> None:
    with pytest.raises(NotAsked):
        answer(check, minutes=7 * 24 * 60)
    assert alerts() == []


def test_the_log_holds_no_answer(check: AfterCheck) -> None:
    answer(check, is_breathless=True, note=SECRET)
    log = str(list(AuditEntry.objects.values_list("verb", "detail")))
    assert SECRET not in log
    assert "breath" not in log


def _somebody() -> Any:
    from tests.factories import make_user

    return make_user(role="reception")
