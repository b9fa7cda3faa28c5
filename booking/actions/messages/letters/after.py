"""Letters after a visit. None of them names what was done or what it was for."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.actions.messages.letters.paper import Letter, Link, Section
from booking.actions.messages.letters.told import Told
from booking.models import Appointment, SafetyAlert
from booking.queries.clinical.aftercare import aftercare_lines
from booking.queries.links import after_link_to
from booking.words import say_telephone


def aftercare(told: Told) -> Letter:
    visit, name = told.visit, told.name
    ring = _ring_us(visit)
    lines = tuple(aftercare_lines(visit.pk)) or (_("Move as you normally do, and drink as usual."),)
    return Letter(
        subject=_("The next two days: how to look after yourself"),
        preview=lines[0],
        opening=_("Thank you for coming, %(name)s.") % {"name": name} if name else _("Thank you for coming."),
        headline=_("The next two days"),
        lines=lines,
        action=ring,
        rows=((_get_help(), _ask_us(visit, ring)),),
    )


def after_check(told: Told) -> Letter:
    visit, name = told.visit, told.name
    asked = _("How are you today, %(name)s?") % {"name": name} if name else _("How are you today?")
    return Letter(
        subject=_("%(asked)s Three questions, one minute") % {"asked": asked},
        preview=_("Your answers go to your physio, and nowhere else."),
        opening=asked,
        headline=_("Three questions, one minute"),
        lines=(
            _("Your answers go to your physio, and nowhere else."),
            _("If something is not as it should be, we ring you."),
        ),
        action=Link(words=_("Tell us how you are"), url=after_link_to(visit)),
        rows=((_get_help(), _ask_us(visit, _ring_us(visit))),),
    )


def emergency(told: Told) -> Letter:
    visit = told.visit
    words = {"number": settings.EMERGENCY_NUMBER, "place": settings.EMERGENCY_PLACE}
    return Letter(
        subject=_("Get help now: ring %(number)s") % words,
        preview=_("Don’t wait for us. Ring %(number)s.") % words,
        opening=_("You told us something that can’t wait."),
        headline=_("Ring %(number)s now") % words,
        lines=(
            _("Say what you told us, that you were treated with us, and when."),
            _("Don’t drive yourself. Sit up, and have somebody stay with you."),
            _("We have been told, and will ring you. Don’t wait for our call."),
        ),
        action=_emergency_link(),
        rows=(
            (
                Section(
                    title=_("If you can’t ring"),
                    lines=(_("Have somebody take you to %(place)s, now.") % words,),
                ),
                _ask_us(visit, _ring_us(visit)),
            ),
        ),
    )


def alert(told: Told) -> Letter:
    return _to_the_clinic(told, again=False)


def alert_again(told: Told) -> Letter:
    return _to_the_clinic(told, again=True)


def _to_the_clinic(told: Told, *, again: bool) -> Letter:
    """A mailbox is read by many: whom it is about and why is in the diary, behind a sign-in."""
    found = told.message.alert
    can_wait = found is not None and found.kind == SafetyAlert.Kind.CALL_BACK
    if again:
        subject = _("Nobody has rung yet: open the diary")
        opening = _("Five minutes ago somebody seen lately needed a call. Nobody has taken it.")
    elif can_wait:
        subject = _("Somebody would like a call today: open the diary")
        opening = _("Somebody seen lately is to be rung today.")
    else:
        subject = _("Somebody needs a call now: open the diary")
        opening = _("Somebody seen lately needs a call now.")
    return Letter(
        subject=subject,
        preview=opening,
        opening=opening,
        headline=_("Open the diary"),
        lines=(_("Who it is, and their number, stands at the top. Press the button before you ring."),),
        action=Link(words=_("Open the diary"), url=settings.SITE_URL + reverse("reception:diary")),
        rows=(),
        is_for_staff=True,
    )


def _get_help() -> Section:
    words = {"number": settings.EMERGENCY_NUMBER}
    return Section(
        title=_("Short of breath, or chest pain?"),
        lines=(
            _("Ring %(number)s now, day or night, and say when you were treated.") % words,
            _("Don’t wait to see whether it passes."),
        ),
        links=(_emergency_link(),),
    )


def _ask_us(visit: Appointment, ring: Link) -> Section:
    return Section(
        title=_("Anything else"),
        lines=(
            _("Ring %(place)s while we are open, and ask for %(physio)s.")
            % {"place": visit.location.name, "physio": visit.practitioner.first_name},
        ),
        links=(ring,),
    )


def _ring_us(visit: Appointment) -> Link:
    number = visit.location.phone or settings.CLINIC_PHONE
    words = _("Ring us on %(telephone)s") % {"telephone": say_telephone(number)}
    return Link(words=words, url=f"tel:{number.replace(' ', '')}")


def _emergency_link() -> Link:
    number = settings.EMERGENCY_NUMBER
    return Link(words=_("Ring %(number)s") % {"number": number}, url=f"tel:{number.replace(' ', '')}")
