"""Letters about a visit that will not take place: cancelled, or paid for too late. Money comes first."""

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.actions.messages.letters.paper import Letter, Link, Section
from booking.actions.messages.letters.told import Told
from booking.models import Appointment
from booking.rules.refunds import free_until
from booking.words import say_day, say_moment, say_money, say_telephone, say_time


def cancelled(told: Told) -> Letter:
    visit, name = told.visit, told.name
    moment = told.message.moved_from or visit.starts_at  # as the patient knew it
    practitioner = told.message.practitioner_before or visit.practitioner
    if visit.cancelled_by == "clinic":
        opening = (
            _("We have had to cancel your visit, %(name)s. We are sorry.") % {"name": name}
            if name
            else _("We have had to cancel your visit. We are sorry.")
        )
    else:
        opening = (
            _("Your visit is cancelled, %(name)s.") % {"name": name}
            if name
            else _("Your visit is cancelled.")
        )
    money = _money_after_cancelling(told)
    calendar = Section(
        title=_("In your calendar"), lines=(_("The file with this mail takes the visit out of it again."),)
    )
    return Letter(
        subject=_("Cancelled: %(moment)s") % {"moment": say_moment(moment)},
        preview=money[0],
        opening=opening,
        day=say_day(moment),
        time=say_time(moment),
        lines=(_what(visit, practitioner=practitioner),),
        action=_book_again(visit),
        rows=((Section(title=_("Your money"), lines=money),), (calendar,)),
        is_over=True,
    )


def not_booked(told: Told) -> Letter:
    visit, name = told.visit, told.name
    money = going_back(told)
    return Letter(
        subject=_("Not booked: %(moment)s") % {"moment": say_moment(visit.starts_at)},
        preview=money[0],
        opening=_("You are not booked, %(name)s. We are sorry.") % {"name": name}
        if name
        else _("You are not booked. We are sorry."),
        day=say_day(visit.starts_at),
        time=say_time(visit.starts_at),
        lines=(
            _why_not_booked(visit),
            _what(visit, practitioner=visit.practitioner),
        ),
        action=_book_again(visit),
        rows=((Section(title=_("Your money"), lines=money),),),
        is_over=True,
    )


def _why_not_booked(visit: Appointment) -> str:
    payments = visit.settled_payments  # type: ignore[attr-defined]
    if any(payment.paid_at and payment.paid_at >= visit.starts_at for payment in payments):
        return _("Your payment reached us when this time had already begun.")
    return _("Your payment reached us after this time had been let go, and it was no longer free.")


def _money_after_cancelling(told: Told) -> tuple[str, ...]:
    """What goes back and when it arrives, what is kept and why."""
    visit, money = told.visit, told.money
    if money.paid == 0:
        return (_("You have paid nothing and owe nothing."),)
    lines = [*going_back(told)] if money.going_back else []
    words = {
        "kept": say_money(money.kept, currency=visit.currency),
        "until": say_moment(free_until(starts_at=visit.starts_at, hours=visit.policy_free_until_hours)),
        "at_desk": say_money(money.at_desk, currency=visit.currency),
        "telephone": say_telephone(visit.location.phone or settings.CLINIC_PHONE),
    }
    if money.kept:
        lines.append(
            _(
                "We keep %(kept)s: by the policy you accepted, all of it goes back "
                "when you cancel by %(until)s, and this was later."
            )
            % words
        )
    if money.at_desk:
        lines.append(_("About the %(at_desk)s you paid at the desk, ring us on %(telephone)s.") % words)
    return tuple(lines)


def going_back(told: Told) -> tuple[str, ...]:
    """How much reaches the card by itself, and when."""
    amount = say_money(told.money.going_back, currency=told.visit.currency)
    return (
        _("%(amount)s goes back to the card you paid with.") % {"amount": amount},
        _("Banks take 5 to 10 working days. You need do nothing."),
    )


def _what(visit: Appointment, *, practitioner: Practitioner) -> str:
    words = {"service": visit.service.name, "practitioner": practitioner.name}
    return _("%(service)s, with %(practitioner)s.") % words


def _book_again(visit: Appointment) -> Link:
    return Link(words=_("Book another time"), url=settings.SITE_URL + visit.service.get_absolute_url())
