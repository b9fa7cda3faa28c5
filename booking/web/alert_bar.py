"""Alerts wherever staff look: `{% open_alerts as alerts %}`. One query; nothing for anybody else.

A template asks, so that no page of reception's or the physio's can forget them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.models import SafetyAlert
from booking.queries.clinical.alerts import open_alerts as read_open_alerts
from booking.words import clinic_day, say_short_day, say_telephone, say_time

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAlert:
    """Who is to be rung and how soon. What they answered stands on the physio's card alone."""

    id: str
    is_emergency: bool
    name: str
    what: str
    about: str
    phone: str
    tel: str
    ringing: str
    is_taken: bool


@register.simple_tag(takes_context=True)
def open_alerts(context: Any) -> Sequence[ShownAlert]:
    request = context.get("request")
    now = timezone.now()
    rows = read_open_alerts(user=request.user) if request is not None else []
    return [shown_alert(row, now=now) for row in rows]


def shown_alert(alert: SafetyAlert, *, now: datetime) -> ShownAlert:
    """The alert must come with its patient, its taker and its visit."""
    is_emergency = alert.kind == SafetyAlert.Kind.EMERGENCY
    words = {
        "name": alert.patient.name,
        "since": _say_since(alert.raised_at, now=now),
        "day": say_short_day(alert.appointment.starts_at),
        "physio": alert.appointment.practitioner.first_name,
    }
    about = (
        _("Told to ring the emergency number, %(since)s. Visit %(day)s with %(physio)s.")
        if is_emergency
        else _("Not well after the visit, told us %(since)s. Visit %(day)s with %(physio)s.")
    )
    return ShownAlert(
        id=str(alert.pk),
        is_emergency=is_emergency,
        name=alert.patient.name,
        what=(_("Ring %(name)s now") if is_emergency else _("Ring %(name)s today")) % words,
        about=about % words,
        phone=say_telephone(alert.patient.phone) if alert.patient.phone else "",
        tel=alert.patient.phone.replace(" ", ""),
        ringing=_say_ringing(alert),
        is_taken=alert.taken_at is not None,
    )


def say_who_rang(alert: SafetyAlert) -> str:
    """The first name of whoever took it."""
    return (alert.taken_by.get_short_name() or alert.taken_by.email) if alert.taken_by else ""


def _say_ringing(alert: SafetyAlert) -> str:
    if alert.taken_at is None:
        return ""
    words = {"who": say_who_rang(alert), "time": say_time(alert.taken_at)}
    return _("%(who)s is ringing them, since %(time)s") % words


def _say_since(moment: datetime, *, now: datetime) -> str:
    words = {"time": say_time(moment), "day": say_short_day(moment)}
    return (_("at %(time)s") if clinic_day(moment) == clinic_day(now) else _("%(day)s at %(time)s")) % words
