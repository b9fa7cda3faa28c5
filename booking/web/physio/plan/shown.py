"""A plan as the physio sees it: words, and a mark for every visit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.models import CarePlan, EarlierPlan
from booking.queries.clinical.plans import RunningPlan
from booking.rules.care_plan import Progress
from booking.words import say_day


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMark:
    """One visit, or the gate between two of them."""

    kind: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlan:
    title: str
    physio: str
    rhythm: str
    goal: str
    progress: str
    is_due: bool
    marks: Sequence[PlanMark]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEarlier:
    """How the plan stood, until when, and who changed it."""

    terms: str
    goal: str
    until: str


def shown_plan(found: RunningPlan) -> ShownPlan:
    plan, progress = found.plan, found.progress
    return ShownPlan(
        title=str(plan),
        physio=plan.practitioner.name,
        rhythm=_say_rhythm(plan),
        goal=plan.goal,
        progress=say_progress(progress),
        is_due=progress.reassessment_is_due,
        marks=list(_marks(progress)),
    )


def shown_earlier(row: EarlierPlan) -> ShownEarlier:
    """The row must come with whoever changed it."""
    words = {"visits": row.visits, "rhythm": _say_rhythm(row), "gate": row.reassess_after}
    until = {
        "day": say_day(row.until, with_year=True),
        "who": row.changed_by.get_short_name() or row.changed_by.email,
    }
    return ShownEarlier(
        terms=_("%(visits)d visits. %(rhythm)s, reassess after %(gate)d.") % words,
        goal=row.goal,
        until=_("Until %(day)s, changed by %(who)s.") % until,
    )


def _say_rhythm(plan: CarePlan | EarlierPlan) -> str:
    return ngettext("Every day", "Every %(days)d days", plan.every_days) % {"days": plan.every_days}


def say_progress(progress: Progress) -> str:
    """“3 of 6 done, 1 booked”"""
    words = {"done": progress.done, "visits": progress.visits, "booked": progress.booked}
    if progress.booked:
        return _("%(done)d of %(visits)d done, %(booked)d booked") % words
    return _("%(done)d of %(visits)d done") % words


def _marks(progress: Progress) -> Iterator[PlanMark]:
    for number in range(1, progress.visits + 1):
        if number <= progress.done:
            yield PlanMark(kind="done", icon="checks", word=_("Done"))
        elif number <= progress.done + progress.booked:
            yield PlanMark(kind="booked", icon="calendar", word=_("Booked"))
        else:
            yield PlanMark(kind="open", icon="ring", word=_("To book"))
        if progress.has_gate and number == progress.gate:
            yield PlanMark(kind="gate", icon="search", word=_("Reassess"))
