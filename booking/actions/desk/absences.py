"""Leave, blocked time and closures. Visits they displace stay booked until somebody moves them."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import Practitioner, User
from booking.actions.audit import Actor, record
from booking.models import Closure, Leave, Location


class EndsBeforeItBegins(Exception):
    """An absence lasts from an earlier moment to a later one."""


def add_absence(
    *,
    practitioner: Practitioner,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    reason: str,
    by: User,
    now: datetime,
) -> Leave:
    """From now on nobody is booked with this physio in that time. Raises EndsBeforeItBegins."""
    if ends_at <= starts_at:
        raise EndsBeforeItBegins
    with transaction.atomic():
        leave = Leave.objects.create(
            practitioner=practitioner, starts_at=starts_at, ends_at=ends_at, kind=kind, reason=reason
        )
        record(
            verb=f"added {kind}",
            by=Actor.staff(by),
            at=now,
            detail={
                "practitioner_id": practitioner.pk,
                "from": starts_at.isoformat(),
                "to": ends_at.isoformat(),
            },
        )
    return leave


def remove_absence(*, leave: Leave, by: User, now: datetime) -> None:
    """The time can be booked again."""
    with transaction.atomic():
        record(
            verb=f"removed {leave.kind}",
            by=Actor.staff(by),
            at=now,
            detail={
                "practitioner_id": leave.practitioner_id,
                "from": leave.starts_at.isoformat(),
                "to": leave.ends_at.isoformat(),
            },
        )
        leave.delete()


def add_closure(
    *, location: Location | None, first_day: date, last_day: date, name: str, by: User, now: datetime
) -> Closure:
    """Shut one location, or all, from one day to another, both included. Raises EndsBeforeItBegins."""
    if last_day < first_day:
        raise EndsBeforeItBegins
    with transaction.atomic():
        closure = Closure.objects.create(location=location, first_day=first_day, last_day=last_day, name=name)
        record(
            verb="added closure",
            by=Actor.staff(by),
            at=now,
            detail={"name": name, "from": first_day.isoformat(), "to": last_day.isoformat()},
        )
    return closure


def remove_closure(*, closure: Closure, by: User, now: datetime) -> None:
    """The days can be booked again."""
    with transaction.atomic():
        record(
            verb="removed closure",
            by=Actor.staff(by),
            at=now,
            detail={
                "name": closure.name,
                "from": closure.first_day.isoformat(),
                "to": closure.last_day.isoformat(),
            },
        )
        closure.delete()
