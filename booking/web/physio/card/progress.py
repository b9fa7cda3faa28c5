"""Pain and function over time, and what was said the day after: a part of the patient's card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.models import Patient, Practitioner
from booking.models import AfterCheck, Appointment, VisitRecord
from booking.queries.clinical.progress import Progress, read_progress
from booking.rules.chart import Chart, Point, Score, draw_chart
from booking.web.physio.card.section import Section
from booking.words import clinic_day, say_short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table that says what the drawing shows."""

    day: date
    when: str
    occasion: str
    pain: int | None
    function: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCheck:
    when: str
    pain: int | None
    soreness: str
    function: int | None
    note: str
    is_worrying: bool
    adverse_event_url: str


def section(
    *, patient: Patient, me: Practitioner, visit: Appointment | None, now: datetime
) -> Section | None:
    """Two queries. Nothing for somebody of whom nothing was written down yet."""
    progress = read_progress(patient.pk)
    rows = _rows(progress)
    if not rows:
        return None
    chart = draw_chart(_scores(rows, "pain"), _scores(rows, "function"))
    facts = {
        "chart": chart,
        "pain": _path(chart, 0),
        "function": _path(chart, 1),
        "days": [(label.x, say_short_day(label.day)) for label in chart.days] if chart else [],
        "summary": _summary(rows),
        "rows": rows[::-1],
        "last": _last(progress.checks[-1], me=me) if progress.checks else None,
    }
    return Section(key="progress", title=_("How it goes"), template="progress.html", facts=facts)


def _rows(progress: Progress) -> list[Row]:
    rows = [*map(_of_record, progress.records), *map(_of_check, progress.checks)]
    return sorted(rows, key=lambda row: row.day)


def _of_record(record: VisitRecord) -> Row:
    day = clinic_day(record.appointment.starts_at)
    return Row(
        day=day,
        when=say_short_day(day),
        occasion=_("At the visit"),
        pain=record.pain,
        function=record.function,
    )


def _of_check(check: AfterCheck) -> Row:
    assert check.answered_at is not None, "only answered checks are read"
    day = clinic_day(check.answered_at)
    return Row(
        day=day, when=say_short_day(day), occasion=_("Day after"), pain=check.pain, function=check.function
    )


def _scores(rows: Sequence[Row], what: str) -> list[Score]:
    return [Score(day=row.day, value=value) for row in rows if (value := getattr(row, what)) is not None]


def _path(chart: Chart | None, number: int) -> tuple[str, Sequence[Point]]:
    """The line as SVG writes it, and its marks."""
    points = chart.lines[number] if chart else []
    return " ".join(f"{point.x},{point.y}" for point in points), points


def _summary(rows: Sequence[Row]) -> str:
    """What the drawing says, for whoever does not see it."""
    said = []
    for what, words in (
        ("pain", _("Pain from %(first)s to %(last)s of 10.")),
        ("function", _("Function from %(first)s to %(last)s of 10.")),
    ):
        if scores := _scores(rows, what):
            said.append(words % {"first": scores[0].value, "last": scores[-1].value})
    span = _("%(first)s to %(last)s.") % {"first": rows[0].when, "last": rows[-1].when}
    return " ".join([*said, span])


def _last(check: AfterCheck, *, me: Practitioner) -> LastCheck:
    """What the patient said last. Whether it is an adverse event, the physio decides."""
    assert check.answered_at is not None, "only answered checks are read"
    return LastCheck(
        when=say_short_day(check.answered_at),
        pain=check.pain,
        soreness=str(check.get_soreness_display()),
        function=check.function,
        note=check.note,
        is_worrying=check.is_breathless or check.has_chest_pain,
        adverse_event_url=_adverse_event_url(check) if check.appointment.practitioner_id == me.pk else "",
    )


def _adverse_event_url(check: AfterCheck) -> str:
    try:
        return reverse("physio:adverse-event", args=[check.appointment_id])
    except NoReverseMatch:
        return ""
