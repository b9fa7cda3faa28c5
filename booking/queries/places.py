"""Where the clinic is and when somebody works there, as it stands on a door."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Max, Min, Q

from booking.models import Location


@dataclass(frozen=True, slots=True)
class OpenDay:
    """From the first practitioner's hours to the last one's, on the wall clock of the location."""

    weekday: int  # Monday is 0
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    street: str
    town: str
    postcode: str
    phone: str
    week: tuple[OpenDay, ...]


def open_places(*, on: date) -> list[Place]:
    """Every open location with its week as it stands on this date. One query."""
    in_force = (
        Q(working_hours__practitioner__active=True)
        & (Q(working_hours__valid_from__isnull=True) | Q(working_hours__valid_from__lte=on))
        & (Q(working_hours__valid_until__isnull=True) | Q(working_hours__valid_until__gte=on))
    )
    rows = (
        Location.objects.filter(active=True)
        .values("id", "name", "street", "town", "postcode", "phone", "working_hours__weekday")
        .annotate(
            opens=Min("working_hours__opens", filter=in_force),
            closes=Max("working_hours__closes", filter=in_force),
        )
        .order_by("position", "name", "id", "working_hours__weekday")
    )
    places: dict[int, tuple[dict[str, str], list[OpenDay]]] = {}
    for row in rows:
        where = {key: row[key] for key in ("name", "street", "town", "postcode", "phone")}
        _, week = places.setdefault(row["id"], (where, []))
        if row["opens"] is not None:
            week.append(OpenDay(row["working_hours__weekday"], row["opens"], row["closes"]))
    return [Place(**where, week=tuple(week)) for where, week in places.values()]


def runs(week: tuple[OpenDay, ...]) -> Iterator[tuple[OpenDay, OpenDay]]:
    """First and last of each run of neighbouring days with the same hours."""
    start = 0
    for index, day in enumerate(week):
        following = week[index + 1] if index + 1 < len(week) else None
        if (
            following is None
            or following.weekday != day.weekday + 1
            or (following.opens, following.closes) != (day.opens, day.closes)
        ):
            yield week[start], day
            start = index + 1
