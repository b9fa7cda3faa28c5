"""A consent text as its patient reads it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from booking.queries.clinical.standings import Standing, State
from booking.words import say_day
from catalogue.texts import to_html


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReading:
    title: str
    text: SafeString
    statement: SafeString
    is_signed: bool
    news: str
    signed_off: str


def shown_reading(standing: Standing) -> ShownReading:
    """No name is on it: whoever holds the link reads it."""
    text = standing.text
    words = {"who": text.signed_off_by, "number": text.version}
    return ShownReading(
        title=text.title,
        text=to_html(text.text),
        statement=to_html(text.statement),
        is_signed=standing.state == State.SIGNED,
        news=_news(standing),
        signed_off=_("Version %(number)d, signed off by %(who)s.") % words,
    )


def _news(standing: Standing) -> str:
    consent = standing.consent
    if consent is not None and consent.signed_at is not None and standing.state == State.SIGNED:
        return _("You signed this on %(day)s.") % {"day": say_day(consent.signed_at, with_year=True)}
    if consent is not None and consent.withdrawn_at is not None:
        return _("You took this back on %(day)s.") % {"day": say_day(consent.withdrawn_at, with_year=True)}
    if standing.former is not None and standing.former.signed_at is not None:
        return _(
            "You signed an earlier version on %(day)s. It has changed since. You sign this one in the room, "
            "with your physio, not now. Bring your questions."
        ) % {"day": say_day(standing.former.signed_at, with_year=True)}
    return _("You sign in the room, with your physio, not now. Bring your questions.")
