"""Letters about a visit that will take place: confirmed, remembered, moved."""

from datetime import timedelta
from urllib.parse import quote_plus

from django.conf import settings
from django.utils.translation import gettext as _

from booking.actions.messages.letters.paper import Letter, Link, Section
from booking.actions.messages.letters.told import Told
from booking.models import Appointment
from booking.queries.calendar import link_to_calendar_file
from booking.queries.links import link_to
from booking.rules.refunds import free_until, is_free_of_charge, refund_due
from booking.words import say_day, say_moment, say_money, say_telephone, say_time
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
    words = _("Move or cancel") if _is_still_free(told) else _("See or cancel")
    return _coming(
        told,
        subject=_("Reminder: %(when)s") % {"when": when},
        opening=_("A reminder of your visit, %(name)s.") % {"name": told.name}
        if told.name
        else _("A reminder of your visit."),
        action=Link(words=words, url=link_to(told.visit)),
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
        rows=(*_first_visit(visit), (_plans(told),)) if is_first else ((_way(visit), _plans(told)),),
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


def _plans(told: Told) -> Section:
    """How to move it in one tap, and until when that costs nothing."""
    visit, paid = told.visit, told.money.paid
    number = visit.location.phone or settings.CLINIC_PHONE
    telephone = Link(
        words=_("Ring %(telephone)s") % {"telephone": say_telephone(number)},
        url=f"tel:{number.replace(' ', '')}",
    )
    late = _late_refund(told)
    words = {
        "until": say_moment(free_until(starts_at=visit.starts_at, hours=visit.policy_free_until_hours)),
        "paid": say_money(paid, currency=visit.currency),
        "late": say_money(late, currency=visit.currency) if late else _("nothing"),
    }
    if not _is_still_free(told):
        lines = [_("Until %(until)s it could be moved online. To move it now, ring us.") % words]
        if paid:
            lines.append(_("Cancelling now gives back %(late)s.") % words)
        link = Link(words=_("See or cancel"), url=link_to(visit))
        return Section(title=_("If your plans change"), lines=tuple(lines), links=(link, telephone))
    if paid:
        lines = [
            _("Until %(until)s you can move it or cancel for nothing and get all %(paid)s back.") % words
        ]
        lines.append(_("After that, cancelling gives back %(late)s. If you are ill, ring us.") % words)
    else:
        lines = [_("Until %(until)s you can move it or cancel for nothing. After that, ring us.") % words]
    link = Link(words=_("Move or cancel"), url=link_to(visit))
    return Section(title=_("If your plans change"), lines=tuple(lines), links=(link, telephone))


def _is_still_free(told: Told) -> bool:
    visit = told.visit
    return is_free_of_charge(starts_at=visit.starts_at, hours=visit.policy_free_until_hours, now=told.now)


def _late_refund(told: Told) -> int:
    percent = told.visit.policy_late_refund_percent
    return refund_due(paid_minor=told.money.paid, in_time=False, late_refund_percent=percent, by_clinic=False)


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
    visit, paid = told.visit, told.money.paid
    words = {
        "price": say_money(visit.price_minor, currency=visit.currency),
        "paid": say_money(paid, currency=visit.currency),
        "left": say_money(visit.price_minor - paid, currency=visit.currency),
    }
    if visit.price_minor == 0:
        return ()
    if paid == 0:
        return (_("%(price)s, to pay at the clinic.") % words,)
    if paid < visit.price_minor:
        return (_("%(paid)s of %(price)s is paid, %(left)s to pay at the clinic.") % words,)
    return (_("%(paid)s, paid.") % words,)
