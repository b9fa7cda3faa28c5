"""Papers are fetched, never enclosed: the letter names nothing signed, and the page asks who reads it."""

from django.utils.translation import gettext as _

from booking.actions.messages.letters.paper import Letter, Link, Section
from booking.actions.messages.letters.told import Told
from booking.queries.links import link_to_copy, link_to_reading
from booking.words import say_day, say_time


def consent_copy(told: Told) -> Letter:
    visit = told.visit
    return Letter(
        subject=_("Your copy of what you signed"),
        preview=_("Your copy is ready to be fetched."),
        opening=_("Your copy of what you signed today is here, %(name)s.") % {"name": told.name}
        if told.name
        else _("Your copy of what you signed today is here."),
        day=say_day(visit.starts_at),
        time=say_time(visit.starts_at),
        lines=(_("It opens once you have typed your date of birth, so that nobody else reads it."),),
        action=Link(words=_("Open my copy"), url=link_to_copy(visit)),
        rows=(
            (
                Section(
                    title=_("If you think again"),
                    lines=(_("You can take it back at any time and need no reason."),),
                    links=(Link(words=_("Read it again, or take it back"), url=_reading(told)),),
                ),
            ),
        ),
    )


def something_to_read(told: Told) -> tuple[tuple[Section, ...], ...]:
    """A neutral line for a visit before which a text is read: it names neither the text nor a treatment."""
    if not told.has_something_to_read:
        return ()
    reading = Link(words=_("Something to read before you come"), url=_reading(told))
    return (
        (Section(title=_("Before you come"), lines=(_("It takes about five minutes."),), links=(reading,)),),
    )


def _reading(told: Told) -> str:
    return link_to_reading(told.visit, address=told.message.patient.email)
