"""The letter that asks for what is left to pay. It names a visit and a sum, not what is done there."""

from django.conf import settings
from django.utils.translation import gettext as _

from booking.actions.messages.letters.paper import Letter, Link, Section
from booking.actions.messages.letters.told import Told
from booking.words import say_moment, say_money, say_telephone


def pay_link(told: Told) -> Letter:
    visit, money = told.visit, told.money
    words = {
        "due": say_money(money.due, currency=visit.currency),
        "paid": say_money(money.paid, currency=visit.currency),
        "moment": say_moment(visit.starts_at),
        "practitioner": visit.practitioner.name,
        "telephone": say_telephone(visit.location.phone or settings.CLINIC_PHONE),
    }
    lines = [_("For your visit on %(moment)s, with %(practitioner)s.") % words]
    if money.paid > 0:
        lines.append(_("%(paid)s is paid already.") % words)
    return Letter(
        subject=_("To pay: %(due)s for your visit on %(moment)s") % words,
        preview=_("By card, without signing in.") % words,
        opening=_("Here is the link to pay for your visit, %(name)s.") % {"name": told.name}
        if told.name
        else _("Here is the link to pay for your visit."),
        headline=_("%(due)s to pay") % words,
        lines=tuple(lines),
        action=Link(words=_("Pay %(due)s by card") % words, url=told.link),
        rows=(
            (
                Section(
                    title=_("How it works"),
                    lines=(
                        _("The link opens your visit. From there you pay by card, without signing in."),
                        _("You can also pay at the desk, by card or in cash."),
                    ),
                ),
                Section(
                    title=_("If something is not right"),
                    lines=(_("Ring us on %(telephone)s, or answer this mail.") % words,),
                ),
            ),
        ),
    )
