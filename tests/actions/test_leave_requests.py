"""Leave is asked for, granted, refused and taken back."""

import pytest

from accounts.models import Practitioner, User
from booking.actions.desk.absences import EndsBeforeItBegins
from booking.actions.leave_requests import (
    AnsweredAlready,
    AnswerMissing,
    AskedAlready,
    ask,
    grant,
    refuse,
    take_back,
)
from booking.models import AuditEntry, Leave, LeaveRequest
from tests.factories import NOW, at, make_practitioner, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def maren() -> Practitioner:
    return make_practitioner(user=make_user(role="physio"))


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


def wanted(maren: Practitioner, first: int = 21, last: int = 23) -> LeaveRequest:
    """From the 21st of December to the end of the 22nd."""
    assert maren.user is not None
    return ask(
        practitioner=maren,
        starts_at=at(first, "0:00"),
        ends_at=at(last, "0:00"),
        reason="My sister’s wedding",
        by=maren.user,
        now=NOW,
    )


def test_what_is_asked_waits(maren: Practitioner) -> None:
    assert wanted(maren).state == "asked"
    assert not Leave.objects.exists()


def test_leave_ends_after_it_begins(maren: Practitioner) -> None:
    with pytest.raises(EndsBeforeItBegins):
        wanted(maren, first=23, last=23)


def test_the_same_time_is_asked_for_once(maren: Practitioner) -> None:
    wanted(maren)
    with pytest.raises(AskedAlready):
        wanted(maren, first=22, last=24)


def test_the_same_time_may_be_asked_for_by_another(maren: Practitioner) -> None:
    wanted(maren)
    wanted(make_practitioner(user=make_user(role="physio")))
    assert LeaveRequest.objects.count() == 2


def test_granting_makes_the_leave(maren: Practitioner, clerk: User) -> None:
    request = wanted(maren)
    leave = grant(request_id=request.pk, by=clerk, now=NOW)
    assert (leave.practitioner, leave.starts_at, leave.ends_at) == (maren, at(21, "0:00"), at(23, "0:00"))
    request.refresh_from_db()
    assert (request.state, request.answered_by, request.answered_at) == ("granted", clerk, NOW)


def test_refusing_says_why_and_makes_none(maren: Practitioner, clerk: User) -> None:
    request = refuse(request_id=wanted(maren).pk, answer=" Ruth is away. ", by=clerk, now=NOW)
    assert (request.state, request.answer) == ("refused", "Ruth is away.")
    assert not Leave.objects.exists()


def test_refusing_without_a_word_is_refused(maren: Practitioner, clerk: User) -> None:
    request = wanted(maren)
    with pytest.raises(AnswerMissing):
        refuse(request_id=request.pk, answer=" ", by=clerk, now=NOW)
    request.refresh_from_db()
    assert request.state == "asked"


def test_it_is_answered_once(maren: Practitioner, clerk: User) -> None:
    request = wanted(maren)
    grant(request_id=request.pk, by=clerk, now=NOW)
    with pytest.raises(AnsweredAlready):
        refuse(request_id=request.pk, answer="No.", by=clerk, now=NOW)
    with pytest.raises(AnsweredAlready):
        grant(request_id=request.pk, by=clerk, now=NOW)
    assert Leave.objects.count() == 1


def test_it_can_be_taken_back_until_it_is_answered(maren: Practitioner, clerk: User) -> None:
    assert maren.user is not None
    request = wanted(maren)
    take_back(request_id=request.pk, practitioner=maren, by=maren.user, now=NOW)
    with pytest.raises(AnsweredAlready):
        grant(request_id=request.pk, by=clerk, now=NOW)


def test_nobody_takes_back_what_another_asked_for(maren: Practitioner) -> None:
    request, other = wanted(maren), make_practitioner(user=make_user(role="physio"))
    assert other.user is not None
    with pytest.raises(LeaveRequest.DoesNotExist):
        take_back(request_id=request.pk, practitioner=other, by=other.user, now=NOW)


def test_the_log_says_who_and_when_and_keeps_the_reason_to_itself(maren: Practitioner, clerk: User) -> None:
    grant(request_id=wanted(maren).pk, by=clerk, now=NOW)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["asked for leave", "added leave", "granted leave"]
    assert "wedding" not in str(list(AuditEntry.objects.values()))
