"""One visit as its patient sees it: what is promised, how it stands in money, and what can still be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote_plus

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from booking.actions.moves import may_still_move
from booking.gateways.stripe import is_configured
from booking.models import Appointment
from booking.queries.clinical.consents import Papers
from booking.queries.links import copy_token_for, token_for
from booking.queries.visits import Money, is_paid_online, is_to_be_paid_online, money_of
from booking.rules.lifecycle import PAYABLE, STILL_TO_COME, Status
from booking.web.patient.policy import PolicyInWords, policy_in_words
from booking.web.refunded import say_refunded
from booking.words import clinic_day, say_day, say_money, say_telephone, say_time
from catalogue.models import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Icon, word and colour, always all three."""

    status: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    name: str
    address: str
    directions: str
    map_url: str
    phone: str
    tel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVisit:
    first_name: str
    weekday: str
    number: int
    month: str
    day: str
    time: str
    times: str
    service: str
    minutes: int
    physio: str
    physio_first_name: str
    where: Where
    marks: Sequence[Mark]
    is_coming: bool
    is_first_visit: bool
    may_move: bool
    due: str
    pays_now: str
    policy: PolicyInWords
    url: str
    move_url: str
    cancel_url: str
    pay_url: str
    calendar_url: str
    withdraw_url: str
    read_url: str = ""
    copy_url: str = ""


def shown_visit(
    *, appointment: Appointment, now: datetime, papers: Papers | None = None, token: str = ""
) -> ShownVisit:
    """The visit must come with its names and its money: see booking/queries/visits.py.

    `papers` says what is to be read before it and was signed at it, where the page offers that. `token` is
    the one that opened the page: the way on keeps what a link from a letter proves.
    """
    money, token = money_of(appointment), token or token_for(appointment)
    is_coming = appointment.status in STILL_TO_COME and appointment.starts_at > now
    day = clinic_day(appointment.starts_at)
    return ShownVisit(
        first_name=appointment.patient.first_name if appointment.patient else "",
        weekday=formats.date_format(day, "D"),
        number=day.day,
        month=formats.date_format(day, "M" if day.year == clinic_day(now).year else "M Y"),
        day=say_day(day, with_year=day.year != clinic_day(now).year),
        time=say_time(appointment.starts_at),
        times=_("%(start)s to %(end)s")
        % {"start": say_time(appointment.starts_at), "end": say_time(appointment.ends_at)},
        service=appointment.service.name,
        minutes=appointment.service.duration_minutes,
        physio=appointment.practitioner.name,
        physio_first_name=appointment.practitioner.first_name,
        where=_where(appointment),
        marks=[_status_mark(appointment), *_money_marks(appointment, money)],
        is_coming=is_coming,
        is_first_visit=appointment.service.visit_kind == Service.VisitKind.FIRST,
        may_move=is_coming and may_still_move(appointment=appointment, now=now),
        due=say_money(money.due) if money.due and is_coming else "",
        pays_now=_pays_now(appointment, money),
        policy=policy_in_words(
            appointment=appointment, now=now, paid_online=money.returnable > 0, paid_minor=money.returnable
        ),
        url=reverse("booking:appointment", args=[token]),
        move_url=reverse("booking:move", args=[token]),
        cancel_url=reverse("booking:cancel", args=[token]),
        pay_url=reverse("booking:pay", args=[token]),
        calendar_url=reverse("booking:calendar", args=[token]),
        withdraw_url=reverse("booking:withdraw-consent", args=[token]),
        read_url=reverse("booking:consent", args=[token])
        if papers and papers.are_read_before(appointment)
        else "",
        copy_url=reverse("booking:consent-copy", args=[copy_token_for(appointment)])
        if papers and papers.were_signed_at(appointment)
        else "",
    )


def _where(appointment: Appointment) -> Where:
    place = appointment.location
    phone = place.phone or settings.CLINIC_PHONE
    return Where(
        name=place.name,
        address=place.address,
        directions=place.directions.strip(),
        map_url=f"https://www.openstreetmap.org/search?query={quote_plus(place.address)}",
        phone=say_telephone(phone),
        tel=phone.replace(" ", ""),
    )


def _status_mark(appointment: Appointment) -> Mark:
    """The words of the diary, said to the patient."""
    shown = {
        Status.CONFIRMED: ("confirmed", "check", _("Booked")),
        Status.ARRIVED: ("arrived", "door", _("You are here")),
        Status.IN_ROOM: ("room", "room", _("In the room")),
        Status.COMPLETED: ("done", "checks", _("Done")),
        Status.NO_SHOW: ("no-show", "cross", _("Missed")),
        Status.CANCELLED: ("cancelled", "cross", _("Cancelled")),
    }
    status, icon, word = shown[Status(appointment.status)]
    return Mark(status=status, icon=icon, word=word)


def _money_marks(appointment: Appointment, money: Money) -> list[Mark]:
    """What was paid, or what of it went back: one mark, never two to be reckoned with. Then what is due."""
    words = {
        "paid": say_money(money.paid),
        "due": say_money(money.due),
    }
    marks = []
    if money.returned:
        marks.append(Mark(status="refunded", icon="undo", word=say_refunded(money)))
    elif money.paid:
        marks.append(Mark(status="paid", icon="coin", word=_("Paid %(paid)s") % words))
    if money.due and appointment.status in PAYABLE:
        online = is_configured() and is_to_be_paid_online(appointment)
        at_clinic = appointment.status in STILL_TO_COME and not online
        word = _("%(due)s to pay at the clinic") if at_clinic else _("%(due)s to pay")
        marks.append(Mark(status="due", icon="coin", word=word % words))
    return marks


def _pays_now(appointment: Appointment, money: Money) -> str:
    """What the button says that pays by card what is left, before the visit or after it."""
    if not is_configured() or not is_paid_online(appointment):
        return ""
    return _("Pay %(sum)s now") % {"sum": say_money(money.due)}
