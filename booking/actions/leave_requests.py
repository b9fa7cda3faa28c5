"""A physio asks for leave; reception grants it, which makes the leave, or refuses it and says why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Practitioner, User
from booking.actions.audit import Actor, record
from booking.actions.desk.absences import EndsBeforeItBegins, add_absence
from booking.models import Leave, LeaveRequest

State = LeaveRequest.State


class AskedAlready(Exception):
    """The same physio has asked for part of this time, and waits for the answer."""


class AnsweredAlready(Exception):
    """Somebody was quicker: the request was granted, refused or taken back."""


class AnswerMissing(Exception):
    """Whoever refuses says why."""


def ask(
    *,
    practitioner: Practitioner,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    by: User,
    now: datetime,
) -> LeaveRequest:
    """Raises EndsBeforeItBegins, or AskedAlready for time that an open request asks for."""
    if ends_at <= starts_at:
        raise EndsBeforeItBegins
    with transaction.atomic():
        Practitioner.objects.select_for_update().get(pk=practitioner.pk)
        open_ones = LeaveRequest.objects.filter(practitioner=practitioner, state=State.ASKED)
        if open_ones.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
            raise AskedAlready
        request = LeaveRequest.objects.create(
            practitioner=practitioner, starts_at=starts_at, ends_at=ends_at, reason=reason, asked_at=now
        )
        _note("asked for leave", request, by=by, now=now)
    return request


def take_back(*, request_id: UUID, practitioner: Practitioner, by: User, now: datetime) -> LeaveRequest:
    """As long as nobody has answered. Raises AnsweredAlready."""
    with transaction.atomic():
        request = _open(request_id)
        if request.practitioner_id != practitioner.pk:
            raise LeaveRequest.DoesNotExist
        request.state = State.TAKEN_BACK
        request.save(update_fields=["state"])
        _note("took leave request back", request, by=by, now=now)
    return request


def grant(*, request_id: UUID, by: User, now: datetime) -> Leave:
    """Nobody is booked in that time from now on; who is booked already is on reception's list."""
    with transaction.atomic():
        request = _open(request_id)
        _answer(request, State.GRANTED, "", by=by, now=now)
        leave = add_absence(
            practitioner=request.practitioner,
            starts_at=request.starts_at,
            ends_at=request.ends_at,
            kind=Leave.Kind.LEAVE,
            reason=request.reason,
            by=by,
            now=now,
        )
        _note("granted leave", request, by=by, now=now)
    return leave


def refuse(*, request_id: UUID, answer: str, by: User, now: datetime) -> LeaveRequest:
    """Raises AnswerMissing or AnsweredAlready."""
    if not answer.strip():
        raise AnswerMissing
    with transaction.atomic():
        request = _open(request_id)
        _answer(request, State.REFUSED, answer.strip(), by=by, now=now)
        _note("refused leave", request, by=by, now=now)
    return request


def _open(request_id: UUID) -> LeaveRequest:
    request = LeaveRequest.objects.select_for_update().get(pk=request_id)
    if request.state != State.ASKED:
        raise AnsweredAlready
    return request


def _answer(request: LeaveRequest, state: str, answer: str, *, by: User, now: datetime) -> None:
    request.state, request.answer = state, answer
    request.answered_at, request.answered_by = now, by
    request.save(update_fields=["state", "answer", "answered_at", "answered_by"])


def _note(verb: str, request: LeaveRequest, *, by: User, now: datetime) -> None:
    """Whose leave and when. The reason stays with the request."""
    detail = {
        "practitioner_id": request.practitioner_id,
        "from": request.starts_at.isoformat(),
        "to": request.ends_at.isoformat(),
    }
    record(verb=verb, by=Actor.staff(by), at=now, detail=detail)
