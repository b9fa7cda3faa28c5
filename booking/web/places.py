"""The clinic's places as the footer and the confirmation print them."""

from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import quote_plus

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from booking.queries.places import OpenDay, Place, open_places, runs
from booking.words import clinic_day, say_telephone


@dataclass(frozen=True, slots=True)
class HoursLine:
    days: str
    times: str


@dataclass(frozen=True, slots=True)
class ShownPlace:
    name: str
    street: str
    town: str
    postcode: str
    phone: str
    map_url: str
    hours: tuple[HoursLine, ...]


def shown_places(*, now: datetime) -> list[ShownPlace]:
    return [_shown(place) for place in open_places(on=clinic_day(now))]


def _shown(place: Place) -> ShownPlace:
    address = f"{place.street}, {place.town} {place.postcode}".strip()
    return ShownPlace(
        name=place.name,
        street=place.street,
        town=place.town,
        postcode=place.postcode,
        phone=say_telephone(place.phone) if place.phone else "",
        map_url=f"https://www.openstreetmap.org/search?query={quote_plus(address)}",
        hours=tuple(HoursLine(_days(first, last), _times(first)) for first, last in runs(place.week)),
    )


def _days(first: OpenDay, last: OpenDay) -> str:
    if first == last:
        return str(WEEKDAYS[first.weekday])
    names = {"first": WEEKDAYS_ABBR[first.weekday], "last": WEEKDAYS_ABBR[last.weekday]}
    return _("%(first)s to %(last)s") % names


def _times(day: OpenDay) -> str:
    return f"{_clock(day.opens)}–{_clock(day.closes)}"


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment:%M}"
