"""The words that the diary's script puts on the screen, so that they are translated where all others are."""

from django.utils.translation import gettext as _


def script_words() -> dict[str, str]:
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
        "walkIn": _("Walk-in"),
        "walkInWith": _("Walk-in with {physio}, starts now"),
        "notHere": _("Not here today"),
        "newVisit": _("New visit"),
        "offline": _("The clinic’s computer does not answer. The diary shows how it stood at {time}."),
        "tells": _("A message goes out in {left}."),
        "undo": _("Undo"),
        "close": _("Close"),
        "visits": _("{count} visits"),
        "waitingCount": _("{count} waiting"),
        "lateCount": _("{count} late"),
        "failed": _(
            "The clinic’s computer did not answer to that. The diary shows what is booked: look there, "
            "then try once more."
        ),
    }
