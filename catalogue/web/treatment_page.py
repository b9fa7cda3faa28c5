"""What the page about a treatment shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from catalogue.models import Condition, Service, Treatment, TreatmentSource
from catalogue.texts import to_html
from catalogue.web.links import book
from catalogue.web.sources import ShownSource, link_sources, shown_sources
from catalogue.web.visits import Shelf, minutes_range, people_who_give, price_range, shelves

EVIDENCE = Treatment.Evidence
WORTH_FOLDING = 200  # characters of HTML


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`rest` is folded away on a phone; what keeps people safe is never folded."""

    anchor: str
    title: str
    first: SafeString
    rest: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """In words first; the steps are full, half (where findings disagree) or empty."""

    word: str
    steps: Sequence[str]
    first: SafeString
    rest: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    question: str
    html: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentPage:
    treatment: Treatment
    facts: Sequence[tuple[str, str]]
    before: Sequence[Section]
    suits: SafeString
    should_not: SafeString
    evidence: Evidence
    questions: Sequence[Answer]
    sources: Sequence[ShownSource]
    services: Sequence[Service]
    shelves: Sequence[Shelf]
    people: Sequence[Practitioner]
    conditions: Sequence[Condition]
    book_href: str


def treatment_page(treatment: Treatment, *, services: Iterable[Service]) -> TreatmentPage:
    including = [service for service in services if treatment in service.treatments.all()]
    sources = list(treatment.sources.all())
    evidence = _evidence(treatment, sources)
    return TreatmentPage(
        treatment=treatment,
        facts=_facts(including, evidence),
        before=_before(treatment, sources),
        suits=link_sources(to_html(treatment.who_it_suits), sources),
        should_not=link_sources(to_html(treatment.who_should_not), sources),
        evidence=evidence,
        questions=[
            Answer(question=row.question, html=link_sources(to_html(row.answer), sources))
            for row in treatment.questions.all()
        ],
        sources=shown_sources(sources),
        services=including,
        shelves=shelves(including, treatment=treatment.slug),
        people=people_who_give(including),
        conditions=list(treatment.conditions.all()),
        book_href=book(treatment=treatment.slug),
    )


def _facts(services: Sequence[Service], evidence: Evidence) -> list[tuple[str, str]]:
    facts = [
        (_("Price of a visit"), price_range(services)),
        (_("Time in the room"), minutes_range(services)),
        (_("Evidence"), evidence.word),
    ]
    return [(name, value) for name, value in facts if value]


def _before(treatment: Treatment, sources: Sequence[TreatmentSource]) -> list[Section]:
    """Everything up to the question whether it suits the reader; texts left empty are left out."""
    texts = (
        ("what-it-is", _("What it is"), treatment.what_it_is, True),
        ("how-it-differs", _("What it is not"), treatment.how_it_differs, True),
        ("how-it-helps", _("How it helps"), treatment.how_it_helps, True),
        ("what-it-feels-like", _("What it feels like"), treatment.what_it_feels_like, False),
        ("afterwards", _("Afterwards"), treatment.what_to_expect_after, False),
    )
    sections = []
    for anchor, title, text, may_fold in texts:
        if text.strip():
            first, rest = _folded(link_sources(to_html(text), sources), may_fold=may_fold)
            sections.append(Section(anchor=anchor, title=title, first=first, rest=rest))
    return sections


def _evidence(treatment: Treatment, sources: Sequence[TreatmentSource]) -> Evidence:
    steps = {
        EVIDENCE.GOOD: ("on", "on", "on"),
        EVIDENCE.MODERATE: ("on", "on", ""),
        EVIDENCE.MIXED: ("on", "half", ""),
        EVIDENCE.LIMITED: ("on", "", ""),
    }
    level = EVIDENCE(treatment.evidence_level)
    first, rest = _folded(link_sources(to_html(treatment.evidence), sources), may_fold=True)
    return Evidence(word=str(level.label), steps=steps[level], first=first, rest=rest)


def _folded(html: SafeString, *, may_fold: bool) -> tuple[SafeString, SafeString]:
    """The first paragraph and what follows it; short texts stay in one piece."""
    first, end, rest = html.partition("</p>")
    if not may_fold or len(rest) < WORTH_FOLDING:
        return html, SafeString("")
    return SafeString(first + end), SafeString(rest)
