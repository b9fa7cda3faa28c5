"""Five weeks at a glance: how many times are free each day, which days are full, when it is closed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.queries.open_times import OpenTimes
from booking.rules.cells import NEVER
from booking.words import say_day

WEEKS = 5
ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(weeks=1)
ONE_SHEET = timedelta(weeks=WEEKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDay:
    """A day as templates/components/day.html shows it, and what the sheet says of it besides."""

    date: date
    weekday: str
    number: int
    month: str
    note: str
    label: str
    url: str
    is_chosen: bool
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`weeks` has a place for every weekday, None where nothing can be booked yet or any more."""

    title: str
    weekdays: Sequence[tuple[str, str]]
    weeks: Sequence[Sequence[ShownDay | None]]
    strip: Sequence[ShownDay]
    earlier: str
    later: str


def sheet_start(day: date, *, first_day: date) -> date:
    """The Monday on which the sheet with this day begins; the first one begins in the week of `first_day`."""
    monday = first_day - first_day.weekday() * ONE_DAY
    return monday + (day - monday) // ONE_SHEET * ONE_SHEET


def sheet(
    *,
    times: OpenTimes,
    start: date,
    chosen: date | None,
    day_url: Callable[[date], str],
    sheet_url: Callable[[date], str],
) -> Sheet:
    """Five weeks from the Monday `start`, as far as `times` was asked about them."""
    counts, open_days = times.counts(), days_at_work(times)
    wanted = [start + number * ONE_DAY for number in range(7 * WEEKS)]
    days = {
        day: _shown_day(
            day,
            free=counts[day],
            is_open=day in open_days,
            is_chosen=day == chosen,
            url=day_url(day) if counts[day] else "",
        )
        for day in wanted
        if day in counts
    }
    weeks = [[days.get(day) for day in wanted[first : first + 7]] for first in range(0, len(wanted), 7)]
    months = list(dict.fromkeys(day.month for day in days))
    return Sheet(
        title=_(" and ").join(str(MONTHS[month]) for month in months),
        weekdays=[(str(WEEKDAYS_ABBR[number]), str(WEEKDAYS[number])) for number in range(7)],
        weeks=[week for week in weeks if any(week)],
        strip=list(days.values()),
        earlier=sheet_url(start - ONE_SHEET) if start > times.first_day else "",
        later=sheet_url(start + ONE_SHEET) if start + ONE_SHEET <= times.last_day else "",
    )


def days_at_work(times: OpenTimes) -> frozenset[date]:
    """The days on which somebody who gives this visit works, free or not: the others are closed."""
    drawn = times.clinic.drawn
    giving = {
        practitioner
        for practitioner, person in times.clinic.people.items()
        if times.service.pk in person.services
    }
    return frozenset(
        day.date
        for presence in drawn.presences
        if presence.practitioner in giving
        for day in times.days_at(presence.location)
        if presence.open & drawn.calendar.horizon.inside([(day.start, day.end)]) != NEVER
    )


def _shown_day(day: date, *, free: int, is_open: bool, is_chosen: bool, url: str) -> ShownDay:
    if free:
        note = _("%(count)d free") % {"count": free}
        said = ngettext("%(count)d free time", "%(count)d free times", free) % {"count": free}
    else:
        note = said = _("full") if is_open else _("closed")
    return ShownDay(
        date=day,
        weekday=str(WEEKDAYS_ABBR[day.weekday()]),
        number=day.day,
        month=str(MONTHS_3[day.month]).capitalize() if day.day == 1 else "",
        note=note,
        label=f"{say_day(day)}, {said}",
        url=url,
        is_chosen=is_chosen,
        free=free,
    )
