"""The letter to a physio whose day has changed: when, where, initials. No word of what the visit is for."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.actions.messages.letters.paper import Letter, Link
from booking.actions.messages.letters.told import Told
from booking.rules.lifecycle import Status
from booking.words import say_day, say_initials, say_moment, say_time


def diary_changed(told: Told) -> Letter:
    """As the visit stands now beside what this physio knew: new, moved, a colleague’s, cancelled."""
    visit, before = told.visit, told.message.moved_from
    is_gone = visit.status == Status.CANCELLED or told.message.practitioner_id != visit.practitioner_id
    moment = (before or visit.starts_at) if is_gone else visit.starts_at
    words = {"when": say_moment(moment), "before": say_moment(before) if before else ""}
    who = _("%(initials)s, %(minutes)d minutes") % {
        "initials": say_initials(told.message.patient.name),
        "minutes": (visit.ends_at - visit.starts_at) // timedelta(minutes=1),
    }
    if is_gone:
        where: tuple[str, ...] = ()
    else:
        room = visit.room.name if visit.room else ""
        where = (", ".join(part for part in (room, visit.location.name) if part),)
    subject, opening, news = _said(told, is_gone=is_gone)
    return Letter(
        subject=subject % words,
        preview=who,
        opening=opening,
        day=say_day(moment),
        time=say_time(moment),
        lines=(who, *where, *(line % words for line in news)),
        action=Link(words=_("Open my day"), url=settings.SITE_URL + reverse("physio:today")),
        rows=(),
        is_over=is_gone,
        why=_("You get this because it changes your day at %(clinic)s.") % {"clinic": settings.CLINIC_NAME},
    )


def _said(told: Told, *, is_gone: bool) -> tuple[str, str, tuple[str, ...]]:
    """Subject, opening, and what else there is to say."""
    visit, before = told.visit, told.message.moved_from
    if visit.status == Status.CANCELLED:
        return _("Cancelled: %(when)s"), _("A visit of yours is cancelled."), ()
    if is_gone:
        return _("Not with you any more: %(when)s"), _("A visit of yours has gone to a colleague."), ()
    if before is None:
        return _("New: %(when)s"), _("A visit has been added to your day."), ()
    if before == visit.starts_at:
        return _("Another place: %(when)s"), _("A visit of yours is in another place."), ()
    return _("Moved: now %(when)s"), _("A visit of yours has moved."), (_("Before, it was %(before)s."),)
