"""What stands beside and around the details form: when, where, for how much, for how long it is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.web.patient.forms import AT_CLINIC, ONLINE, ways_to_pay
from booking.web.patient.policy import policy_in_words
from booking.words import say_day, say_money, say_time, say_until


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldBar:
    """Seconds as the server counts them, so that a wrong clock on a phone doesn't matter."""

    left: int
    total: int
    text: str
    over: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToPay:
    """`button` says what it does, `plans` what happens when plans change."""

    value: str
    title: str
    text: str
    button: str
    plans: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsPage:
    appointment_key: str
    slug: str
    day: str
    times: str
    what: str
    whom: str
    place: str
    address: str
    directions: str
    line: str
    price: str
    hold: HoldBar
    ways: Sequence[WayToPay]
    button: str
    plans: str
    policy_text: str


def details_page(*, appointment: Appointment, is_running: bool, now: datetime) -> DetailsPage:
    service, price = appointment.service, say_money(appointment.price_minor)
    ways = [_way(way, appointment, now=now) for way in ways_to_pay(appointment)]
    return DetailsPage(
        appointment_key=appointment.pk.hex,
        slug=service.slug,
        day=say_day(appointment.starts_at),
        times=_("%(start)s to %(end)s")
        % {"start": say_time(appointment.starts_at), "end": say_time(appointment.ends_at)},
        what=service.name,
        whom=appointment.practitioner.name,
        place=appointment.location.name,
        address=appointment.location.address,
        directions=appointment.location.directions.strip(),
        line=_("%(name)s, %(minutes)d min") % {"name": service.name, "minutes": service.duration_minutes},
        price=price,
        hold=_hold_bar(appointment, is_running=is_running, now=now),
        ways=ways,
        button=ways[0].button if len(ways) == 1 else book_button(appointment),
        plans=ways[0].plans if ways else _plans(appointment, now=now, paid_online=False),
        policy_text=appointment.policy_text,
    )


def book_button(appointment: Appointment) -> str:
    return _("Book %(time)s") % {"time": say_time(appointment.starts_at)}


def _plans(appointment: Appointment, *, now: datetime, paid_online: bool) -> str:
    policy = policy_in_words(appointment=appointment, now=now, paid_online=paid_online)
    return f"{policy.free} {policy.late}"


def _way(way: str, appointment: Appointment, *, now: datetime) -> WayToPay:
    plans = _plans(appointment, now=now, paid_online=way == ONLINE)
    words = {"price": say_money(appointment.price_minor), "time": say_time(appointment.starts_at)}
    if way == ONLINE:
        return WayToPay(
            value=ONLINE,
            title=_("Card, now"),
            text=_("On our payment supplier’s page. We never see your card."),
            button=_("Pay %(price)s and book %(time)s") % words,
            plans=plans,
        )
    return WayToPay(
        value=AT_CLINIC,
        title=_("At the clinic"),
        text=_("%(price)s at the desk, by card or cash. Nothing is taken today.") % words,
        button=_("Book %(time)s, pay at the clinic") % words,
        plans=plans,
    )


def _hold_bar(appointment: Appointment, *, is_running: bool, now: datetime) -> HoldBar:
    ends = appointment.hold_expires_at if is_running else None
    left = max(0, int((ends - now).total_seconds())) if ends else 0
    words = {"time": say_until(appointment.starts_at, now=now), "until": say_time(ends) if ends else ""}
    over = _(
        "The time to hold %(time)s is over. What you type is kept: press the button, and we "
        "take it again if it is still free."
    )
    return HoldBar(
        left=left,
        total=max(left, settings.HOLD_MINUTES * 60),
        text=(_("We hold %(time)s until %(until)s.") if ends else over) % words,
        over=over % words,
    )
