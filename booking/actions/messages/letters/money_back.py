"""The letter about money given back from the desk. It names a visit and sums, not what is done there."""

from django.conf import settings
from django.utils.translation import gettext as _

from booking.actions.messages.letters.ended import going_back
from booking.actions.messages.letters.paper import Letter, Link, Section
from booking.actions.messages.letters.told import Told
from booking.models import Receipt
from booking.queries.visits import money_of
from booking.words import say_moment, say_money, say_telephone


def money_back(told: Told) -> Letter:
    """All that has gone back for the visit so far, so that two letters can be added up by nobody."""
    visit, stands = told.visit, money_of(told.visit)
    words = {
        "sum": say_money(stands.returned, currency=visit.currency),
        "moment": say_moment(visit.starts_at),
        "practitioner": visit.practitioner.name,
        "telephone": say_telephone(visit.location.phone or settings.CLINIC_PHONE),
    }
    return Letter(
        subject=_("Given back: %(sum)s for your visit on %(moment)s") % words,
        preview=_("How it comes to you, and what stays paid."),
        opening=_("We have given you money back, %(name)s.") % {"name": told.name}
        if told.name
        else _("We have given you money back."),
        headline=_("%(sum)s given back") % words,
        lines=(_("For your visit on %(moment)s, with %(practitioner)s.") % words,),
        action=Link(words=_("See your visit"), url=told.link),
        rows=(
            (
                Section(title=_("How it comes to you"), lines=_ways(told)),
                Section(title=_("How it stands now"), lines=_what_stays(told)),
            ),
            (
                Section(
                    title=_("If something is not right"),
                    lines=(_("Ring us on %(telephone)s, or answer this mail.") % words,),
                ),
            ),
        ),
    )


def _ways(told: Told) -> tuple[str, ...]:
    """To the card by itself; what came in at the desk was handed over there."""
    said = {
        Receipt.Method.CASH: _("%(amount)s was given to you in cash at the desk."),
        Receipt.Method.TERMINAL: _("%(amount)s was put back on your card at the desk."),
    }
    lines = [*going_back(told)] if told.money.going_back else []
    for method, words in said.items():
        amount = -sum(
            row.amount_minor
            for row in told.visit.receipts.all()
            if row.refund_reason and row.method == method
        )
        if amount:
            lines.append(words % {"amount": say_money(amount, currency=told.visit.currency)})
    return tuple(lines)


def _what_stays(told: Told) -> tuple[str, ...]:
    stands, currency = money_of(told.visit), told.visit.currency
    kept = _("%(kept)s stays paid.") % {"kept": say_money(stands.kept, currency=currency)}
    lines = [kept if stands.kept else _("Nothing stays paid.")]
    if stands.due:
        lines.append(_("%(due)s is to be paid.") % {"due": say_money(stands.due, currency=currency)})
    return tuple(lines)
