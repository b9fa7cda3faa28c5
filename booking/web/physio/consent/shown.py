"""A consent as the room sees it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.queries.clinical.standings import Standing, State
from booking.queries.visits import HERE_NOW
from booking.web.consent_marks import Mark, mark_of
from booking.words import clinic_day, say_day, say_time
from catalogue.texts import to_html


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownConsent:
    text_id: int
    title: str
    text: SafeString
    statement: SafeString
    signed_off: str
    mark: Mark
    read: str
    signed: str
    signed_older: str
    remarks: str
    may_sign: bool
    why_not: str
    button: str
    paper_url: str


def shown_consent(*, standing: Standing, visit: Appointment, now: datetime) -> ShownConsent:
    text, consent = standing.text, standing.consent
    is_signed = standing.state == State.SIGNED
    is_here = visit.status in HERE_NOW and clinic_day(visit.starts_at) == clinic_day(now)
    off = {"who": text.signed_off_by, "number": text.version}
    return ShownConsent(
        text_id=text.pk,
        title=text.title,
        text=to_html(text.text),
        statement=to_html(text.statement),
        signed_off=_("Version %(number)d, signed off by %(who)s.") % off,
        mark=mark_of(standing.state),
        read=say_read(standing),
        signed=say_signed(standing),
        signed_older=say_signed_older(standing),
        remarks=consent.remarks if consent and is_signed else "",
        may_sign=is_here and not is_signed,
        why_not=""
        if is_here or is_signed
        else _("It is signed on the day of the visit, once the patient is checked in."),
        button=_("Sign with %(name)s") % {"name": visit.practitioner.first_name},
        paper_url=reverse("physio:consent-paper", args=[visit.pk, consent.pk])
        if consent and consent.signed_at
        else "",
    )


def say_read(standing: Standing) -> str:
    opened = standing.consent.opened_at if standing.consent else None
    if opened is None:
        return _("Not read beforehand.")
    return _("First read on %(day)s, %(time)s.") % {
        "day": say_day(opened, with_year=True),
        "time": say_time(opened),
    }


def say_signed(standing: Standing) -> str:
    """By whom, when and before whom, and that it was taken back."""
    consent = standing.consent
    if consent is None or consent.signed_at is None or consent.practitioner is None:
        return ""
    words = {
        "name": consent.signed_name,
        "as": consent.signed_for,
        "day": say_day(consent.signed_at, with_year=True),
        "physio": consent.practitioner.name,
    }
    said = _("Signed by %(name)s, %(as)s, on %(day)s, before %(physio)s.") if consent.signed_for else ""
    said = (said or _("Signed by %(name)s on %(day)s, before %(physio)s.")) % words
    if consent.withdrawn_at is None:
        return said
    back = {"day": say_day(consent.withdrawn_at, with_year=True), "who": consent.get_withdrawn_by_display()}
    return f"{said} {_('Taken back on %(day)s (%(who)s).') % back}"


def say_signed_older(standing: Standing) -> str:
    """When an earlier version was signed, as long as the one in force is neither signed nor taken back."""
    former = standing.former
    if former is None or former.signed_at is None or standing.state in (State.SIGNED, State.WITHDRAWN):
        return ""
    words = {
        "number": former.text.version,
        "day": say_day(former.signed_at, with_year=True),
        "name": former.signed_name,
    }
    return (
        _(
            "%(name)s signed version %(number)d on %(day)s. The text has changed: read it and sign it "
            "together."
        )
        % words
    )
