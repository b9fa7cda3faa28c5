"""/physio/adverse-events/: what went wrong after needling, in how many sessions, beside published rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Practitioner
from booking.models import AdverseEvent
from booking.queries.clinical.events import Counted, count_sessions, latest_events
from booking.queries.clinical.treating import patients_treated_by, practitioner_of
from booking.rules.proportions import wilson
from booking.words import say_day

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """“2 of 41 sessions, 4.9 %”, and between what it may truly lie."""

    count: str
    share: str
    between: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    title: str
    sessions: int
    minor: Rate
    major: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """Without a name: whose it was is known to those who treat them."""

    day: str
    what: str
    severity: str
    is_major: bool
    physio: str
    url: str


def events(request: HttpRequest) -> HttpResponse:
    """For those who treat, and for managers, who see how many and never whose."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    me = practitioner_of(request.user)
    if me is None and not roles.may_read_every_figure(request.user):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    last_year, ever = count_sessions(since=timezone.now() - A_YEAR)
    facts = {
        "treats": me is not None,  # a manager who does not has no day, week or patients to go to
        "periods": [_period(_("Last 12 months"), last_year), _period(_("Since we began"), ever)],
        "events": _lines(latest_events(), me=me),
    }
    response = render(request, "physio/events.html", facts)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _period(title: str, counted: Counted) -> Period:
    return Period(
        title=title,
        sessions=counted.sessions,
        minor=_rate(counted.with_minor, counted.sessions),
        major=_rate(counted.with_major, counted.sessions),
    )


def _rate(events: int, sessions: int) -> Rate:
    found = wilson(events=events, of=sessions)
    if found is None:
        return Rate(count="0", share="", between=_("Nothing to count yet"))
    words = {"low": _say_share(found.low), "high": _say_share(found.high)}
    return Rate(count=str(events), share=_say_share(found.share), between=_("%(low)s to %(high)s") % words)


def _say_share(share: float) -> str:
    """4.9 %, and 0.05 % where one figure behind the point would hide it."""
    percent = share * 100
    return f"{percent:.2f} %" if 0 < percent < 1 else f"{percent:.1f} %"


def _lines(rows: Sequence[AdverseEvent], *, me: Practitioner | None) -> list[EventLine]:
    """One more query: which of these patients are treated by whoever reads this."""
    ids = {key for row in rows if (key := row.appointment.patient_id)}
    mine = set(patients_treated_by(me).filter(pk__in=ids).values_list("pk", flat=True)) if me else set()
    return [
        EventLine(
            day=say_day(row.occurred_on, with_year=True),
            what=str(row.get_kind_display()),
            severity=str(row.get_severity_display()),
            is_major=row.severity == AdverseEvent.Severity.MAJOR,
            physio=row.appointment.practitioner.name,
            url=_card(row) if row.appointment.patient_id in mine else "",
        )
        for row in rows
    ]


def _card(row: AdverseEvent) -> str:
    try:
        return reverse("physio:patient", args=[row.appointment.patient_id])
    except NoReverseMatch:
        return ""
