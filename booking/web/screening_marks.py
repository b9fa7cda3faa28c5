"""How a visit stands after its questions, as everybody at the clinic may see it: shape, word and colour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from booking.models import Appointment
from booking.queries.clinical.screening import Stand, stands_of

SHAPES = {
    Stand.GREEN: ("clear", "clear", _("Clear")),
    Stand.AMBER: ("check-first", "warn", _("Check first")),
    Stand.RED: ("stop", "stop", _("Stop")),
    Stand.NOT_ASKED: ("unasked", "ring", _("Not asked")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningMark:
    status: str
    icon: str
    word: str


def screening_mark(stand: Stand) -> ScreeningMark:
    status, icon, word = SHAPES[stand]
    return ScreeningMark(status=status, icon=icon, word=str(word))


def screening_marks(visits: Iterable[Appointment]) -> Mapping[UUID, ScreeningMark]:
    """Of those visits that ask or were answered for. One query, however many."""
    return {pk: screening_mark(stand) for pk, stand in stands_of(visits).items()}
