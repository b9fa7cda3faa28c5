"""What answers lead to, as a page says it: the mark, why, and the one thing to do now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from booking.models import Screening
from booking.queries.clinical.screening import instead_of
from booking.rules.screening import GRAVITY, Advice, Answer, advice_of
from booking.words import say_money
from catalogue.models import Service, Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What was said to a question, and why it matters."""

    question: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """The visit to book instead."""

    service: Service
    line: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomePage:
    kind: str
    colour: str
    icon: str
    word: str
    title: str
    text: str
    reasons: Sequence[Reason]
    leads: Leads | None
    rings: bool
    is_urgent: bool
    others: Sequence[Service]


COLOURS = {
    Screening.Colour.GREEN: ("clear", "clear"),
    Screening.Colour.AMBER: ("check-first", "warn"),
    Screening.Colour.RED: ("stop", "stop"),
}


def outcome_page(screening: Screening) -> OutcomePage:
    """One query for its questions; where other treatments are offered, three more for those visits."""
    colour = Screening.Colour(screening.colour)
    kind, icon = COLOURS[colour]
    service = instead_of(screening)
    advice = screening.advice
    titles = {
        Advice.LONGER_VISIT: (
            _("A longer visit suits you better"),
            _("Nothing speaks against coming. It takes a little more time to do it well."),
        ),
        Advice.ASSESSMENT_FIRST: (
            _("An assessment comes first"),
            _("Your physio looks at this with you before anything is decided."),
        ),
        Advice.OTHER_TREATMENTS: (
            _("Something else suits you better"),
            _("A needle is not for you now. There is more that helps, and these visits go without one."),
        ),
        Advice.CALL_US: (
            _("Talk to us first"),
            _("One of your answers is better talked through than clicked through. A person answers."),
        ),
        Advice.URGENT_CARE: (
            _("Get help now"),
            _("What you ticked can be a sign of something that cannot wait for an appointment with us."),
        ),
    }
    title, text = titles[Advice(advice)]
    return OutcomePage(
        kind=kind,
        colour=screening.colour,
        icon=icon,
        word=str(colour.label),
        title=title,
        text=text,
        reasons=_reasons(screening),
        leads=_leads(service) if service else None,
        rings=advice == Advice.CALL_US or (colour == Screening.Colour.AMBER and service is None),
        is_urgent=advice == Advice.URGENT_CARE,
        others=_without(screening.form.treatment) if advice == Advice.OTHER_TREATMENTS else (),
    )


def _reasons(screening: Screening) -> list[Reason]:
    """The gravest first. Where somebody was not sure, it says so."""
    counted = [
        (GRAVITY[advice], row, answer)
        for row in screening.form.questions.all()
        if (advice := advice_of(row.advice, answer := screening.answers[row.code]))
    ]
    counted.sort(key=lambda one: -one[0])
    return [Reason(question=row.question, text=_say(row.reason, answer)) for _weight, row, answer in counted]


def _say(reason: str, answer: str) -> str:
    unsure = _("You are not sure about this, and that is fine: it is looked at with you.")
    return unsure if answer == Answer.UNSURE else reason


def _leads(service: Service) -> Leads:
    words = {
        "minutes": service.duration_minutes,
        "price": say_money(service.price_minor),
    }
    return Leads(
        service=service,
        line=_("%(minutes)d min, %(price)s") % words,
        button=_("See times for it"),
    )


def _without(treatment: Treatment) -> list[Service]:
    published = Treatment.objects.published().only("pk", "slug", "name")
    return list(
        Service.objects.bookable_online()
        .exclude(treatments=treatment)
        .prefetch_related(Prefetch("treatments", queryset=published), Prefetch("practitioners"))
    )
