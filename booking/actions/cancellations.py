"""A visit that will not take place."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from booking.actions.audit import Actor, record
from booking.actions.messages.diary_changes import Before, tell_physios
from booking.actions.messages.planning import plan_cancelled
from booking.actions.payments.refunds import request_refunds
from booking.models import Appointment, Refund
from booking.rules.lifecycle import STILL_TO_COME, Status, require_move
from booking.rules.refunds import is_free_of_charge, refund_due


class TooLate(Exception):
    """The visit has begun, or the policy the patient accepted no longer allows it."""


class NotComing(Exception):
    """The visit can no longer be moved or cancelled: it is cancelled, done, or was never booked."""


class CodeMissing(Exception):
    """Staff say why: the clinic counts its reasons, and what goes back depends on whose doing it was."""


CLINICS_DOING = frozenset({Appointment.CancelCode.PHYSIO_AWAY, Appointment.CancelCode.CLINIC})
"""With these all goes back. With the others staff cancel for a patient, by the policy they accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """What was cancelled, and how much goes back in minor units."""

    appointment: Appointment
    refund_minor: int


def cancel(
    *, appointment_id: UUID, by: Actor, now: datetime, reason: str = "", code: str = ""
) -> Cancellation:
    """Free the time, ask for the refund the accepted policy gives, and tell the patient.

    `code` is one of Appointment.CancelCode, `reason` whatever is to be said beside it. Raises NotComing for a
    visit that is not coming, TooLate for a patient whose visit has begun, CodeMissing for staff without code.
    """
    if by.kind == "staff" and not code:
        raise CodeMissing
    by_clinic = is_by_clinic(by=by, code=code)
    with transaction.atomic():
        row = coming(appointment_id=appointment_id, by=by, now=now)
        require_move(current=row.status, wanted=Status.CANCELLED)
        row.status = Status.CANCELLED
        row.cancelled_at = now
        row.cancelled_by = "clinic" if by_clinic else "patient"
        row.cancel_code, row.cancel_reason = code, reason
        row.sequence += 1
        row.save(
            update_fields=[
                "status", "cancelled_at", "cancelled_by", "cancel_code", "cancel_reason", "sequence",
            ]
        )  # fmt: skip
        asked_for = request_refunds(
            appointment=row,
            amount_minor=refund_on_cancelling(
                appointment=row, paid_minor=row.paid_online_minor(), now=now, by_clinic=by_clinic
            ),
            reason=Refund.Reason.CANCELLED,
            now=now,
        )
        record(
            verb="cancelled", by=by, at=now, appointment=row, detail={"refund_minor": asked_for, "code": code}
        )
        plan_cancelled(appointment=row, now=now)
        tell_physios(visit=row, before=Before.of(row), now=now)
    return Cancellation(appointment=row, refund_minor=asked_for)


def is_by_clinic(*, by: Actor, code: str) -> bool:
    """Whose doing is it? Staff who cancel because a patient rang act on the patient's behalf."""
    return not by.is_patient and (by.kind != "staff" or code in CLINICS_DOING)


def refund_on_cancelling(*, appointment: Appointment, paid_minor: int, now: datetime, by_clinic: bool) -> int:
    """What would go back if it were cancelled now: shown before anybody decides, and paid when they do."""
    in_time = is_free_of_charge(
        starts_at=appointment.starts_at, hours=appointment.policy_free_until_hours, now=now
    )
    return refund_due(
        paid_minor=paid_minor,
        in_time=in_time,
        late_refund_percent=appointment.policy_late_refund_percent,
        by_clinic=by_clinic,
    )


def coming(*, appointment_id: UUID, by: Actor, now: datetime) -> Appointment:
    """Lock a visit that can still be moved or cancelled. Raises NotComing or TooLate."""
    Appointment.objects.locked().get(pk=appointment_id)
    row = Appointment.objects.with_names().get(pk=appointment_id)
    if row.status not in STILL_TO_COME:
        raise NotComing
    if by.is_patient and row.starts_at <= now:
        raise TooLate
    return row
