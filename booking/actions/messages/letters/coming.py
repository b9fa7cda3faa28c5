"""Letters about a visit that will take place: confirmed, remembered, moved."""

from datetime import timedelta
from urllib.parse import quote_plus

from django.utils.translation import gettext as _

from booking.actions.messages.letters.paper import Letter, Link, Section
from booking.actions.messages.letters.papers import something_to_read
from booking.actions.messages.letters.plans import if_plans_change, link_to_change
from booking.actions.messages.letters.told import Told
from booking.gateways.stripe import is_configured
from booking.models import Appointment, Message
from booking.queries.calendar import link_to_calendar_file
from booking.queries.visits import is_to_be_paid_online
from booking.words import say_day, say_moment, say_money, say_time
from catalogue.models import Service

ARRIVE_EARLY = timedelta(minutes=5)


def confirmed(told: Told) -> Letter:
    when = _when_and_with_whom(told.visit)
    return _coming(
        told,
        subject=_("Booked: %(when)s") % {"when": when},
        opening=_("You are booked, %(name)s.") % {"name": told.name} if told.name else _("You are booked."),
        action=Link(words=_("Add to my calendar"), url=link_to_calendar_file(told.visit)),
    )


def reminder(told: Told) -> Letter:
    when = _when_and_with_whom(told.visit)
    return _coming(
        told,
        subject=_("Reminder: %(when)s") % {"when": when},
        opening=_("A reminder of your visit, %(name)s.") % {"name": told.name}
        if told.name
        else _("A reminder of your visit."),
        action=link_to_change(told),
    )


def moved(told: Told) -> Letter:
    when, before = _when_and_with_whom(told.visit), told.message.moved_from
    is_elsewhere_in_time = before is not None and before != told.visit.starts_at
    return _coming(
        told,
        subject=_("Moved: now %(when)s") % {"when": when},
        opening=_("Your visit has moved, %(name)s.") % {"name": told.name}
        if told.name
        else _("Your visit has moved."),
        news=(_("Before, it was %(moment)s.") % {"moment": say_moment(before)},)
        if before and is_elsewhere_in_time
        else (),
        action=Link(words=_("Add the new time to my calendar"), url=link_to_calendar_file(told.visit)),
    )


def _coming(told: Told, *, subject: str, opening: str, action: Link, news: tuple[str, ...] = ()) -> Letter:
    visit = told.visit
    is_first = visit.service.visit_kind == Service.VisitKind.FIRST
    come_at = visit.starts_at - ARRIVE_EARLY if is_first else visit.starts_at
    lines = [*news, _what(visit), *_price(told)]
    if is_first:
        lines.append(_("Come five minutes early, at %(time)s.") % {"time": say_time(come_at)})
    return Letter(
        subject=subject,
        preview=_("Come at %(time)s to %(address)s.")
        % {"time": say_time(come_at), "address": visit.location.address},
        opening=opening,
        day=say_day(visit.starts_at),
        time=say_time(visit.starts_at),
        lines=tuple(lines),
        action=action,
        rows=(
            *(something_to_read(told) if told.message.occasion == Message.Occasion.CONFIRMED else ()),
            *(
                (*_first_visit(visit), (if_plans_change(told),))
                if is_first
                else ((_way(visit), if_plans_change(told)),)
            ),
        ),
    )


def _first_visit(visit: Appointment) -> tuple[tuple[Section, ...], ...]:
    """Somebody who has never been here wants to know more, once."""
    return (
        (
            _way(visit, with_directions=True),
            Section(
                title=_("What to wear"),
                lines=(
                    _(
                        "Something loose: shorts for hip, knee or foot, a vest or T-shirt for neck, "
                        "back or shoulder. Tie long hair up."
                    ),
                ),
            ),
        ),
        (
            Section(
                title=_("Eat something first"),
                lines=(_("Have a meal or a snack in the two hours before, and drink as usual."),),
            ),
            Section(
                title=_("What to bring"),
                lines=(_("A list of the medicines you take, and letters or scans if you have any."),),
            ),
        ),
    )


def _way(visit: Appointment, *, with_directions: bool = False) -> Section:
    place = visit.location
    directions = place.directions.strip() if with_directions else ""
    return Section(
        title=_("The way here"),
        lines=(f"{place.name}, {place.address}", *([directions] if directions else [])),
        links=(Link(words=_("Open the map"), url=_map(place.address)),),
    )


def _map(address: str) -> str:
    return f"https://www.openstreetmap.org/search?query={quote_plus(address)}"


def _when_and_with_whom(visit: Appointment) -> str:
    words = {"moment": say_moment(visit.starts_at), "practitioner": visit.practitioner.name}
    return _("%(moment)s, with %(practitioner)s") % words


def _what(visit: Appointment) -> str:
    minutes = (visit.ends_at - visit.starts_at) // timedelta(minutes=1)
    return _("%(service)s, with %(practitioner)s, %(minutes)s minutes.") % {
        "service": visit.service.name,
        "practitioner": visit.practitioner.name,
        "minutes": minutes,
    }


def _price(told: Told) -> tuple[str, ...]:
    visit, paid, due = told.visit, told.money.paid, told.money.due
    words = {
        "price": say_money(visit.price_minor, currency=visit.currency),
        "paid": say_money(paid, currency=visit.currency),
        "left": say_money(due, currency=visit.currency),
    }
    if not paid and not due:
        return ()
    if due and is_configured() and is_to_be_paid_online(visit):
        how = _("%(left)s is to be paid: by card on the page of your visit, or at the clinic.") % words
        return (_("%(paid)s of %(price)s is paid.") % words, how) if paid else (how,)
    if due == visit.price_minor:
        return (_("%(price)s, to pay at the clinic.") % words,)
    if due:
        return (_("%(paid)s of %(price)s is paid, %(left)s to pay at the clinic.") % words,)
    return (_("%(paid)s, paid.") % words,)
