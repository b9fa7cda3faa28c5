"""One line of the lists that want a hand: who, what is the matter, and what clears it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Patient
from booking.models import Appointment
from booking.queries.needs_a_hand import MOST_OF_EACH
from booking.web.reception.record.when import say_when
from booking.web.screening_marks import ScreeningMark
from booking.words import say_telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button of a line. With `asks` it takes a note along; aside is one for when nothing comes of it."""

    url: str
    text: str
    asks: str = ""
    is_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandLine:
    """What it is about, what is the matter, and what can be done: links first, then buttons."""

    name: str
    record_url: str
    about: str
    detail: str = ""
    problem: str = ""
    text: str = ""
    tel: str = ""
    phone: str = ""
    links: Sequence[tuple[str, str]] = ()
    presses: Sequence[Press] = ()
    mark: ScreeningMark | None = None

    @property
    def leads_with_a_link(self) -> bool:
        return bool(self.presses) and all(press.is_aside for press in self.presses)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandList:
    key: str
    title: str
    hint: str
    lines: Sequence[HandLine] = field(default_factory=tuple)

    @property
    def may_go_on(self) -> bool:
        """So many are shown and no more: there may be others behind them."""
        return len(self.lines) >= MOST_OF_EACH


def line(
    patient: Patient | None,
    about: str,
    *,
    detail: str = "",
    problem: str = "",
    text: str = "",
    links: Sequence[tuple[str, str]] = (),
    presses: Sequence[Press] = (),
) -> HandLine:
    return HandLine(
        name=patient.name if patient else _("Nobody yet"),
        record_url=reverse("reception:record", args=[patient.pk]) if patient else "",
        about=about,
        detail=detail,
        problem=problem,
        text=text,
        tel=patient.phone.replace(" ", "") if patient else "",
        phone=say_telephone(patient.phone) if patient and patient.phone else "",
        links=links,
        presses=presses,
    )


def say_visit(row: Appointment, *, now: datetime) -> str:
    words = {
        "when": say_when(row.starts_at, now=now),
        "service": row.service.name,
        "physio": row.practitioner.name,
    }
    return _("%(when)s, %(service)s with %(physio)s") % words


def see_to(what: str, key: object) -> str:
    return reverse("reception:see-to", args=[what, key])
