"""A visit that can be booked, as every catalogue page shows it: name, minutes, price, its times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Practitioner
from catalogue.models import Service
from catalogue.money import say_money
from catalogue.web.links import book_service


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVisit:
    slug: str
    name: str
    summary: str
    minutes: int
    price: str
    may_include: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Visits of one kind, named for whom they are."""

    title: str
    visits: Sequence[ShownVisit]


def shelves(services: Sequence[Service], **choice: str) -> list[Shelf]:
    """First visits, follow-ups, and what anybody may book; a kind without visits is left out."""
    titles = {
        Service.VisitKind.FIRST: _("Your first visit"),
        Service.VisitKind.FOLLOW_UP: _("Been here before"),
        Service.VisitKind.ANY: _("For anybody"),
    }
    found = [
        Shelf(title=title, visits=_shown([row for row in services if row.visit_kind == kind], choice))
        for kind, title in titles.items()
    ]
    return [shelf for shelf in found if shelf.visits]


def _shown(services: Iterable[Service], choice: dict[str, str]) -> list[ShownVisit]:
    return [
        ShownVisit(
            slug=service.slug,
            name=service.name,
            summary=service.summary,
            minutes=service.duration_minutes,
            price=say_money(service.price_minor),
            may_include=_may_include([treatment.name.lower() for treatment in service.treatments.all()]),
            href=book_service(service, **choice),
        )
        for service in services
    ]


def price_range(services: Sequence[Service]) -> str:
    """£58, or “from £58”."""
    prices = sorted({service.price_minor for service in services})
    if not prices:
        return ""
    least = say_money(prices[0])
    return least if len(prices) == 1 else _("from %(price)s") % {"price": least}


def minutes_range(services: Sequence[Service]) -> str:
    """45 minutes, or 45 to 60 minutes."""
    minutes = sorted({service.duration_minutes for service in services})
    if not minutes:
        return ""
    if len(minutes) == 1:
        return _("%(minutes)d minutes") % {"minutes": minutes[0]}
    return _("%(least)d to %(most)d minutes") % {"least": minutes[0], "most": minutes[-1]}


def people_who_give(services: Iterable[Service]) -> list[Practitioner]:
    people = {person.pk: person for service in services for person in service.practitioners.all()}
    return sorted(people.values(), key=lambda person: (person.position, person.name))


def _may_include(names: Sequence[str]) -> str:
    if not names:
        return ""
    listed = _(" or ").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    return _("May include %(treatments)s.") % {"treatments": listed}
