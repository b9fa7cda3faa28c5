"""The free times of one day, by morning, afternoon and evening, each a button."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from booking.queries.open_times import OpenTime
from booking.web.patient.slot import Slot
from booking.words import in_clinic_time, say_time

NOON, EVENING = 12, 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    time: str
    note: str
    place: str
    label: str
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOfDay:
    title: str
    count: str
    chips: Sequence[Chip]


def parts_of_day(free: Sequence[OpenTime], *, several_places: bool) -> list[PartOfDay]:
    parts: dict[str, list[OpenTime]] = {_("Morning"): [], _("Afternoon"): [], _("Evening"): []}
    morning, afternoon, evening = parts
    for time in free:
        hour = in_clinic_time(time.start).hour
        parts[morning if hour < NOON else afternoon if hour < EVENING else evening].append(time)
    return [
        PartOfDay(
            title=title,
            count=_("%(count)d free") % {"count": len(times)},
            chips=[_chip(time, several_places=several_places) for time in times],
        )
        for title, times in parts.items()
        if times
    ]


def _chip(time: OpenTime, *, several_places: bool) -> Chip:
    place = time.location.name if several_places else ""
    spoken = [say_time(time.start), with_whom(time, full=True), place]
    return Chip(
        time=say_time(time.start),
        note=_note(time),
        place=place,
        label=", ".join(word for word in spoken if word),
        slot=slot_of(time),
    )


def _note(time: OpenTime) -> str:
    """Under a time there is room for a first name, or for how many could take it."""
    if len(time.practitioners) == 1:
        return time.practitioners[0].name.split(" ")[0]
    return _("%(count)d physios") % {"count": len(time.practitioners)}


def with_whom(time: OpenTime, *, full: bool = False) -> str:
    """“with Maren”, or with one of several."""
    if len(time.practitioners) == 1:
        name = time.practitioners[0].name
        return _("with %(name)s") % {"name": name if full else name.split(" ")[0]}
    return _("with one of %(count)d physios") % {"count": len(time.practitioners)}


def slot_of(time: OpenTime) -> Slot:
    """Who is named on a button is who one gets; of several the fairest is chosen when it is held."""
    only = time.practitioners[0].slug if len(time.practitioners) == 1 else ""
    return Slot(starts_at=time.start, location=time.location.slug, practitioner=only)
