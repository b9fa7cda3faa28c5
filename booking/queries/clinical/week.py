"""A physio's week: visits, hours, leave and closures, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Practitioner
from booking.models import Appointment
from booking.queries.clinical.treating import TREATS
from booking.queries.diary.read import Shut, read_column
from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days
from booking.words import clinic_day, clinic_zone

DAYS = 7
AN_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    day: date
    hours: Sequence[tuple[datetime, datetime]]
    shut: Sequence[Shut]
    visits: Sequence[Appointment]


def read_week(*, me: Practitioner, first_day: date) -> list[WeekDay]:
    """Seven days from the given one. Three statements, however much happens on them."""
    local = local_days(clinic_zone(), first_day, DAYS)
    visits = (
        Appointment.objects.filter(
            practitioner=me,
            status__in=TREATS,
            starts_at__gte=instant_of(local[0].start),
            starts_at__lt=instant_of(local[-1].end),
        )
        .with_names()
        .order_by("starts_at")
    )
    by_day: dict[date, list[Appointment]] = {}
    for visit in visits:
        by_day.setdefault(clinic_day(visit.starts_at), []).append(visit)
    column = read_column(practitioner_id=me.pk, first_day=first_day, days=DAYS)
    hours = sorted((start, end) for _, start, end in (column.open if column else ()))
    shut = column.shut if column else ()
    return [
        WeekDay(
            day=one.date,
            hours=[(start, end) for start, end in hours if clinic_day(start) == one.date],
            shut=[
                row for row in shut if clinic_day(row.start) <= one.date <= clinic_day(row.end - AN_INSTANT)
            ],
            visits=by_day.get(one.date, []),
        )
        for one in local
    ]
