"""Credentials as the page prints them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Credential
from booking.queries.credentials import HeldCredential
from booking.words import say_day


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialLine:
    """`kind`, `icon` and `word` say how it stands; `after` how many booked visits it leaves uncovered."""

    who: str
    technique: str
    region: str
    paper: str
    kind: str
    icon: str
    word: str
    last_day: str
    after: str
    url: str


def credential_line(held: HeldCredential, names: Mapping[str, str], *, today: date) -> CredentialLine:
    row = held.credential
    kind, icon, word = _state(held, today=today)
    return CredentialLine(
        who=row.practitioner.name,
        technique=names.get(row.technique, row.technique),
        region=say_region(row),
        paper=", ".join(part for part in (row.issued_by, row.number) if part),
        kind=kind,
        icon=icon,
        word=word,
        last_day=say_last_day(row.valid_until),
        after=ngettext(
            "%(count)d booked visit falls after it",
            "%(count)d booked visits fall after it",
            held.visits_after,
        )
        % {"count": held.visits_after}
        if held.visits_after
        else "",
        url=reverse("reception:renew-credential", args=[row.pk]),
    )


def say_region(row: Credential) -> str:
    return str(row.get_region_display()) if row.region else _("Whole body")


def say_last_day(day: date | None) -> str:
    return say_day(day, with_year=True) if day else _("Does not run out")


def _state(held: HeldCredential, *, today: date) -> tuple[str, str, str]:
    row = held.credential
    if row.valid_until is None or not held.is_pressing:
        return "confirmed", "check", _("Valid") if row.valid_from <= today else _("Not yet")
    if held.is_expired:
        return "expired", "stop", _("Expired")
    days = (row.valid_until - today).days
    if days == 0:
        return "due", "clock", _("Last day today")
    return "due", "clock", ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
