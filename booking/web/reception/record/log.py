"""Who did what with a record, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.models import AuditEntry
from booking.web.reception.record.when import say_when

WHO: Mapping[str, str | Promise] = {
    "patient": gettext_lazy("The patient"),
    "staff": gettext_lazy("Somebody of the staff"),
    "system": gettext_lazy("By itself"),
    "supplier": gettext_lazy("The card payments"),
}
WHAT: Mapping[str, str | Promise] = {
    "opened record": gettext_lazy("opened the record"),
    "opened": gettext_lazy("opened a visit"),
    "added patient": gettext_lazy("wrote the record down"),
    "changed contact": gettext_lazy("changed the contact details"),
    "changed alert": gettext_lazy("changed the alert"),
    "blocked online booking": gettext_lazy("closed online booking"),
    "allowed online booking": gettext_lazy("opened online booking again"),
    "merged": gettext_lazy("merged another record into it"),
    "address proved": gettext_lazy("proved the e-mail address"),
    "held": gettext_lazy("held a time"),
    "held again": gettext_lazy("held a time for longer"),
    "released": gettext_lazy("let a held time go"),
    "lapsed": gettext_lazy("a held time ran out"),
    "details given": gettext_lazy("gave the details of a visit"),
    "confirmed": gettext_lazy("booked a visit"),
    "confirmed by telephone": gettext_lazy("rang, and the visit is confirmed"),
    "moved": gettext_lazy("moved a visit"),
    "moved at the desk": gettext_lazy("moved a visit"),
    "move undone": gettext_lazy("took the move of a visit back"),
    "overbooked": gettext_lazy("overbooked on purpose"),
    "cancelled": gettext_lazy("cancelled a visit"),
    "arrived": gettext_lazy("checked the patient in"),
    "in room": gettext_lazy("began the visit"),
    "completed": gettext_lazy("closed the visit"),
    "no show": gettext_lazy("noted that nobody came"),
    "put back": gettext_lazy("took a step of the day back"),
    "took payment": gettext_lazy("took a payment"),
    "reversed payment": gettext_lazy("reversed a receipt"),
    "sent message again": gettext_lazy("sent a message again"),
    "told by telephone": gettext_lazy("told by telephone what a message could not"),
    "saw to payment": gettext_lazy("saw to a payment"),
    "saw to refund": gettext_lazy("saw to a refund"),
    "asked for refund again": gettext_lazy("asked for a refund again"),
    "made plan": gettext_lazy("made a plan of visits"),
    "changed plan": gettext_lazy("changed a plan of visits"),
    "ended plan": gettext_lazy("ended a plan of visits"),
    "booked from plan": gettext_lazy("booked a visit of a plan"),
    "answered screening": gettext_lazy("answered the questions before a visit"),
    "repeated screening": gettext_lazy("said that nothing has changed since the questions"),
    "gave screening": gettext_lazy("answered the questions of a held time"),
    "put on the waiting list": gettext_lazy("put them on the waiting list"),
    "taken off the waiting list": gettext_lazy("took them off the waiting list"),
    "saw to screening": gettext_lazy("saw to a screening"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    when: str
    who: str
    what: str


def shown_entry(entry: AuditEntry, *, now: datetime) -> ShownEntry:
    actor = entry.actor
    who = (actor.name or actor.email) if actor else WHO.get(entry.actor_kind, entry.actor_kind)
    note = entry.detail.get("note", "")
    what = str(WHAT.get(entry.verb, entry.verb))
    return ShownEntry(
        when=say_when(entry.at, now=now),
        who=str(who),
        what=_("%(what)s: %(note)s") % {"what": what, "note": note} if note else what,
    )
