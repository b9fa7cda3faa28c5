"""If plans change: how to move it in one tap, until when that costs nothing, and what is given back after."""

from django.conf import settings
from django.utils.translation import gettext as _

from booking.actions.messages.letters.paper import Link, Section
from booking.actions.messages.letters.told import Told
from booking.rules.refunds import free_until, is_free_of_charge, refund_due
from booking.words import say_moment, say_money, say_telephone


def if_plans_change(told: Told) -> Section:
    number = told.visit.location.phone or settings.CLINIC_PHONE
    ring = _("Ring %(telephone)s") % {"telephone": say_telephone(number)}
    return Section(
        title=_("If your plans change"),
        lines=_while_it_is_free(told) if may_still_move(told) else _once_it_is_late(told),
        links=(link_to_change(told), Link(words=ring, url=f"tel:{number.replace(' ', '')}")),
    )


def link_to_change(told: Told) -> Link:
    """Moving is offered for as long as it can be done online."""
    words = _("Move or cancel") if may_still_move(told) else _("See or cancel")
    return Link(words=words, url=told.link)


def may_still_move(told: Told) -> bool:
    visit = told.visit
    return is_free_of_charge(starts_at=visit.starts_at, hours=visit.policy_free_until_hours, now=told.now)


def _while_it_is_free(told: Told) -> tuple[str, ...]:
    words = {"until": _until(told)}
    if not told.money.online:
        return (_("Until %(until)s you can move it or cancel for nothing. After that, ring us.") % words,)
    words["paid"] = say_money(told.money.online, currency=told.visit.currency)
    return (
        _("Until %(until)s you can move it or cancel for nothing and get all %(paid)s back.") % words,
        _("After that, cancelling gives back %(late)s. If you are ill, ring us.") % {"late": _late(told)},
    )


def _once_it_is_late(told: Told) -> tuple[str, ...]:
    late = _("Until %(until)s it could be moved online. To move it now, ring us.") % {"until": _until(told)}
    if not told.money.online:
        return (late,)
    return (late, _("Cancelling now gives back %(late)s.") % {"late": _late(told)})


def _until(told: Told) -> str:
    visit = told.visit
    return say_moment(free_until(starts_at=visit.starts_at, hours=visit.policy_free_until_hours))


def _late(told: Told) -> str:
    visit = told.visit
    refund = refund_due(
        paid_minor=told.money.online,
        in_time=False,
        late_refund_percent=visit.policy_late_refund_percent,
        by_clinic=False,
    )
    return say_money(refund, currency=visit.currency) if refund else _("nothing")
