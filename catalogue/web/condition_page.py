"""What the pages about conditions show: the list by where it hurts, and one condition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from accounts.models import Practitioner
from catalogue.models import Condition, Service, Treatment
from catalogue.texts import to_html
from catalogue.web.links import book
from catalogue.web.visits import Shelf, shelves


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where it hurts, and what people come with when it hurts there."""

    anchor: str
    name: str
    conditions: Sequence[Condition]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionPage:
    condition: Condition
    area: str
    description: SafeString
    what_helps: SafeString
    self_care: SafeString | None
    see_someone_first: SafeString
    treatments: Sequence[Treatment]
    people: Sequence[Practitioner]
    services: Sequence[Service]
    shelves: Sequence[Shelf]
    book_href: str


def areas(conditions: Iterable[Condition]) -> list[Area]:
    """In the order in which the areas are declared; an area without conditions is left out."""
    found: dict[str, list[Condition]] = {value: [] for value in Condition.Area.values}
    for condition in conditions:
        found[condition.area].append(condition)
    return [
        Area(anchor=area.value, name=str(area.label), conditions=found[area.value])
        for area in Condition.Area
        if found[area.value]
    ]


def condition_page(condition: Condition, *, services: Iterable[Service]) -> ConditionPage:
    helpful = {treatment.pk for treatment in condition.treatments.all()}
    fitting = [service for service in services if any(row.pk in helpful for row in service.treatments.all())]
    return ConditionPage(
        condition=condition,
        area=condition.get_area_display(),
        description=to_html(condition.description),
        what_helps=to_html(condition.what_helps),
        self_care=to_html(condition.self_care) if condition.self_care.strip() else None,
        see_someone_first=to_html(condition.see_someone_first),
        treatments=list(condition.treatments.all()),
        people=list(condition.practitioners.all()),
        services=fitting,
        shelves=shelves(fitting, condition=condition.slug),
        book_href=book(condition=condition.slug),
    )
