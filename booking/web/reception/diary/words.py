"""The words that the diary's script puts on the screen, so that they are translated where all others are."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# A number for each plural category that a language may have, as Intl.PluralRules names them.
SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def script_words() -> dict[str, str | Mapping[str, str]]:
    return {
        "held": _("Held online"),
        "confirmed": _("Confirmed"),
        "arrived": _("Here"),
        "waiting": _("Here {minutes} min"),
        "in_room": _("In the room"),
        "completed": _("Done"),
        "no_show": _("Did not come"),
        "late": _("{minutes} min late"),
        "unclosed": _("Not checked in"),
        "due": _("{sum} to pay"),
        "first": _("First visit"),
        "overbooked": _("Overbooked on purpose: {reason}"),
        "hand": _("Needs a hand"),
        "alert": _("Alert on the record"),
        "note": _("The patient left a note"),
        "leave": _("Away"),
        "block": _("Blocked"),
        "closed": _("Closed"),
        "walkInWith": _("Walk-in with {physio}, starts now"),
        "notHere": _("Not here"),
        "nobody": _("Nobody works on this day."),
        "newVisit": _("New visit"),
        "offline": _("The clinic’s computer does not answer. The diary shows how it stood at {time}."),
        "tells": _("A message goes out in {left}."),
        "undoable": _("Can be undone for {left}."),
        "gone": _("This is not there any more. The diary shows what is booked."),
        "undo": _("Undo"),
        "visits": _forms(lambda number: ngettext("{count} visit", "{count} visits", number)),
        "waitingCount": _forms(lambda number: ngettext("{count} waiting", "{count} waiting", number)),
        "lateCount": _forms(lambda number: ngettext("{count} late", "{count} late", number)),
        "failed": _(
            "The clinic’s computer did not answer to that. The diary shows what is booked: look there, "
            "then try once more."
        ),
    }


def _forms(words: Callable[[int], str]) -> Mapping[str, str]:
    return {category: words(number) for category, number in SAMPLES.items()}
