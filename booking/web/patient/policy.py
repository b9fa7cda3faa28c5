"""The policy a visit was held under, in sentences with the exact moment and the exact amount."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.rules.refunds import free_until, is_free_of_charge, refund_due
from booking.words import say_money, say_until


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyInWords:
    """`until` is the moment alone; `free` says what holds up to it, `late` what holds afterwards."""

    until: str
    free: str
    late: str
    full_text: str


def policy_in_words(
    *, appointment: Appointment, now: datetime, paid_online: bool, paid_minor: int | None = None
) -> PolicyInWords:
    """`paid_online`: whether there is, or will be, money to give back: `paid_minor`, or else the price."""
    hours = appointment.policy_free_until_hours
    amount = appointment.price_minor if paid_minor is None else paid_minor
    until = free_until(starts_at=appointment.starts_at, hours=hours)
    in_time = is_free_of_charge(starts_at=appointment.starts_at, hours=hours, now=now)
    return PolicyInWords(
        until=say_until(until, now=now),
        free=_free(
            say_until(until, now=now), in_time=in_time, money=say_money(amount) if paid_online else ""
        ),
        late=_late(appointment, in_time=in_time, amount=amount if paid_online else 0),
        full_text=appointment.policy_text,
    )


def _free(until: str, *, in_time: bool, money: str) -> str:
    if not in_time:
        return _("It is soon: moving or cancelling for nothing ended on %(until)s.") % {"until": until}
    if money:
        return _("Until %(until)s, move or cancel for nothing and get all %(money)s back.") % {
            "until": until,
            "money": money,
        }
    return _("Until %(until)s, move or cancel for nothing.") % {"until": until}


def _late(appointment: Appointment, *, in_time: bool, amount: int) -> str:
    when = _("After that") if in_time else _("If you cancel now")
    back = refund_due(
        paid_minor=amount,
        in_time=False,
        late_refund_percent=appointment.policy_late_refund_percent,
        by_clinic=False,
    )
    words = {"when": when, "back": say_money(back), "kept": say_money(amount - back)}
    if amount == 0:
        return _("%(when)s, ring us: we are people.") % words
    if back == 0:
        return _("%(when)s, nothing goes back. If you are ill, ring us.") % words
    return _("%(when)s, %(back)s goes back and we keep %(kept)s. If you are ill, ring us.") % words
