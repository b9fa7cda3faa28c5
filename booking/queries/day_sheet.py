"""One day on paper: everybody's visits, with what is paid and what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Practitioner
from booking.models import Appointment
from booking.queries.visits import with_money
from booking.rules.lifecycle import MADE, Status
from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days
from booking.words import clinic_zone

ON_PAPER = MADE - {Status.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One physio's day, the first visit first. The visits know their money."""

    practitioner: Practitioner
    visits: Sequence[Appointment]


def day_sheets(day: date, *, practitioner: Practitioner | None = None) -> list[Sheet]:
    """Everybody who sees somebody on that day, or one physio whether they do or not. Four queries."""
    (local,) = local_days(clinic_zone(), day, 1)
    rows = Appointment.objects.with_names().filter(
        status__in=ON_PAPER, starts_at__gte=instant_of(local.start), starts_at__lt=instant_of(local.end)
    )
    if practitioner is not None:
        rows = rows.filter(practitioner=practitioner)
    sheets: dict[Practitioner, list[Appointment]] = {practitioner: []} if practitioner is not None else {}
    for visit in with_money(rows).order_by("practitioner__position", "practitioner__name", "starts_at"):
        sheets.setdefault(visit.practitioner, []).append(visit)
    return [Sheet(practitioner=who, visits=visits) for who, visits in sheets.items()]
