"""What the first page of a booking shows: visits to choose from, those that fit the choice first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from booking.web.patient.choice import Choice
from booking.words import say_money
from catalogue.models import Service, Treatment

VISITS = Service.VisitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownService:
    name: str
    summary: str
    minutes: int
    price: str
    may_include: str
    pays: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Visits of one kind, with the sentence that says whom they are for."""

    title: str
    text: str
    services: Sequence[ShownService]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    choice: Choice
    chosen: str
    shelves: Sequence[Shelf]
    others: Sequence[ShownService]
    offers_needling: bool


def services_to_choose_from() -> list[Service]:
    """Two queries, however many there are."""
    published = Treatment.objects.published().only("pk", "slug", "name")
    return list(
        Service.objects.bookable_online().prefetch_related(
            Prefetch("treatments", queryset=published), Prefetch("practitioners")
        )
    )


def start_page(*, services: Iterable[Service], choice: Choice, helpful: frozenset[int]) -> StartPage:
    """`helpful` are the treatments that may help with the chosen condition."""
    services = list(services)
    fitting = [service for service in services if _fits(service, choice, helpful)]
    # A choice that nothing fits would be a dead end: then everything is offered, and nothing called chosen.
    chosen = _chosen(choice) if fitting else ""
    shown = fitting or services
    return StartPage(
        choice=choice,
        chosen=chosen,
        shelves=[shelf for shelf in _shelves(shown, choice) if shelf.services],
        others=[shown_service(service, choice) for service in services if service not in shown],
        offers_needling=any(service.required_credential for service in services),
    )


def _fits(service: Service, choice: Choice, helpful: frozenset[int]) -> bool:
    treatments = {treatment.pk for treatment in service.treatments.all()}
    return (
        (choice.treatment is None or choice.treatment.pk in treatments)
        and (choice.condition is None or not helpful or bool(treatments & helpful))
        and (choice.practitioner is None or choice.practitioner in service.practitioners.all())
    )


def _chosen(choice: Choice) -> str:
    """What was chosen on the way here, said back in a sentence."""
    words = {
        "treatment": choice.treatment and choice.treatment.name.lower(),
        "condition": choice.condition and choice.condition.name.lower(),
        "physio": choice.practitioner and choice.practitioner.name,
    }
    parts = [
        sentence % words
        for chosen, sentence in (
            (choice.treatment, _("may include %(treatment)s")),
            (choice.condition, _("may help with %(condition)s")),
            (choice.practitioner, _("can be with %(physio)s")),
        )
        if chosen is not None
    ]
    return (
        _("These visits %(what)s.") % {"what": pgettext("between two sentences", " and ").join(parts)}
        if parts
        else ""
    )


def _shelves(services: Sequence[Service], choice: Choice) -> list[Shelf]:
    texts = {
        VISITS.FIRST: (
            _("Your first visit"),
            _("New here, or with something new: we listen, examine and explain before we treat."),
        ),
        VISITS.FOLLOW_UP: (
            _("A follow-up"),
            _("You have been here about this before, and we carry on from there."),
        ),
        VISITS.ANY: (_("For anybody"), _("New or not, you can book these as they are.")),
    }
    return [
        Shelf(
            title=title,
            text=text,
            services=[shown_service(service, choice) for service in services if service.visit_kind == kind],
        )
        for kind, (title, text) in texts.items()
    ]


def shown_service(service: Service, choice: Choice) -> ShownService:
    carried = (
        choice.without("practitioner") if choice.practitioner not in service.practitioners.all() else choice
    )
    return ShownService(
        name=service.name,
        summary=service.summary,
        minutes=service.duration_minutes,
        price=say_money(service.price_minor),
        may_include=may_include(treatment.name for treatment in service.treatments.all()),
        pays=_pays(service),
        href=reverse("booking:times", args=[service.slug]) + carried.query(),
    )


def may_include(names: Iterable[str]) -> str:
    """“May include dry needling, manual therapy or exercise.” Offered in the room, never promised."""
    lower = [name.lower() for name in names]
    if not lower:
        return ""
    listed = _(" or ").join([", ".join(lower[:-1]), lower[-1]]) if len(lower) > 1 else lower[0]
    return _("May include %(treatments)s.") % {"treatments": listed}


def _pays(service: Service) -> str:
    return {
        Service.Pays.ONLINE: _("Paid when booking"),
        Service.Pays.AT_CLINIC: _("Paid at the clinic"),
        Service.Pays.EITHER: _("Paid now or at the clinic"),
    }[Service.Pays(service.pays)]
