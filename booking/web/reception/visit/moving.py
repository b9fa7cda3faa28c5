"""/reception/visits/<id>/move/: dragged on the diary or typed in the panel, and taken back within minutes."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions.cancellations import NotComing
from booking.actions.conflicts import TimeTaken
from booking.actions.desk.bookings import Clashes
from booking.actions.desk.moves import (
    ChangedMeanwhile,
    NothingToUndo,
    StandsThereAlready,
    move_at_desk,
    undo_move,
)
from booking.models import Appointment, AuditEntry
from booking.queries.desk_times import nearest_at_desk
from booking.rules.lifecycle import STILL_TO_COME
from booking.web.reception.answers import Said, panel
from booking.web.reception.booking.plan import read_plan
from booking.web.reception.clash_words import Refusal, refusal, taken_meanwhile
from booking.web.reception.door import clerk, desk
from booking.web.reception.spot import Spot, SpotForm, with_instead
from booking.web.reception.visit.panel import shown_visit
from booking.web.reception.visit.views import after_change, opened, show_visit
from booking.words import clinic_day, in_clinic_time, say_moment, say_short_day, say_time

MOST_DIGITS = 9


class MoveForm(SpotForm):
    sequence = forms.IntegerField(widget=forms.HiddenInput)
    overbook_reason = forms.CharField(max_length=200, required=False)


@desk("GET", "POST")
def moving(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    now, found = timezone.now(), opened(visit_id)
    if found.status not in STILL_TO_COME:
        return _not_coming(request, visit_id, now=now)
    if request.method != "POST":
        form = MoveForm(initial=_initial(found) | _asked_for(request, now=now))
        form.fields["time"].widget.attrs["autofocus"] = True  # Enter on "Move" would move it nowhere
        return _ask(request, found, form, now=now)
    form = MoveForm(with_instead(request.POST))
    if not form.is_valid():
        return _ask(request, found, form, now=now, status=422)
    spot = form.spot(now=now)
    try:
        moved = move_at_desk(
            appointment_id=found.pk,
            practitioner=spot.practitioner,
            location=spot.location,
            starts_at=spot.starts_at,
            seen_sequence=form.cleaned_data["sequence"],
            by=clerk(request),
            now=now,
            overbook_reason=form.cleaned_data["overbook_reason"],
        )
    except (Clashes, TimeTaken) as conflict:
        return _clash(request, found, form, spot, conflict, now=now)
    except ChangedMeanwhile as change:
        trouble = say_change(change.current, now=now)
        return show_visit(request, visit_id, now=now, trouble=trouble)
    except NotComing:
        return _not_coming(request, visit_id, now=now)
    except StandsThereAlready:
        return after_change(request, found, said_moved(found, before=found), now=now)
    return after_change(request, opened(visit_id), said_moved(moved, before=found), now=now)


@desk("POST")
def undo(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    now, found = timezone.now(), opened(visit_id)
    try:
        undo_move(
            appointment_id=found.pk,
            seen_sequence=_read_sequence(request),
            by=clerk(request),
            now=now,
        )
    except ChangedMeanwhile as change:
        return show_visit(request, visit_id, now=now, trouble=say_change(change.current, now=now))
    except (NothingToUndo, NotComing):
        trouble = _(
            "The patient has heard of the move by now, or something else was done since. Move it again."
        )
        return show_visit(request, visit_id, now=now, trouble=trouble)
    except TimeTaken:
        trouble = _("The time it came from has been given to somebody else. The visit stays where it is.")
        return show_visit(request, visit_id, now=now, trouble=trouble)
    after = opened(visit_id)
    words = {"name": after.patient.name if after.patient else "", "when": say_time(after.starts_at)}
    said = Said(text=_("%(name)s is back at %(when)s. Nobody was told of the move.") % words)
    return after_change(request, after, said, now=now)


def _read_sequence(request: HttpRequest) -> int:
    """What nobody can have seen is no sequence of any visit."""
    typed = request.POST.get("sequence", "")
    return int(typed) if typed.isdecimal() and len(typed) <= MOST_DIGITS else -1


def said_moved(moved: Appointment, *, before: Appointment) -> Said:
    """“Tom Hale moved to 11:00. He hears of it in 3 minutes.” Without the pronoun.

    Where it stood already nothing has happened, and there is nothing to undo.
    """
    if _where(moved) == _where(before):
        words = {
            "name": before.patient.name if before.patient else "",
            "when": say_time(before.starts_at),
            "physio": before.practitioner.first_name,
        }
        return Said(
            text=_("%(name)s is already at %(when)s with %(physio)s. Nothing was changed, nobody is told.")
            % words
        )
    same_day = clinic_day(moved.starts_at) == clinic_day(before.starts_at)
    when = say_time(moved.starts_at) if same_day else (
        f"{say_short_day(moved.starts_at)} {say_time(moved.starts_at)}"
    )  # fmt: skip
    name = moved.patient.name if moved.patient else ""
    words = {"name": name, "when": when, "physio": moved.practitioner.first_name}
    other_physio = moved.practitioner_id != before.practitioner_id
    text = (
        _("%(name)s moved to %(when)s with %(physio)s.") if other_physio else _("%(name)s moved to %(when)s.")
    )
    is_told = bool(moved.patient and moved.patient.email)
    if moved.patient and not is_told:
        text += " " + _("There is no e-mail address, so ring them.")
    return Said(
        text=text % words,
        undo_url=reverse("reception:undo-move", args=[moved.pk]),
        sequence=moved.sequence,
        seconds=settings.MOVE_GRACE_MINUTES * 60,
        is_told=is_told,
    )


def _where(visit: Appointment) -> tuple[datetime, int, int]:
    return visit.starts_at, visit.practitioner_id, visit.location_id


def say_change(current: Appointment, *, now: datetime) -> str:
    """Who changed it meanwhile, and where it stands."""
    last = (
        AuditEntry.objects.filter(appointment_id=current.pk).select_related("actor").order_by("-id").first()
    )
    who = last.actor.get_short_name() if last and last.actor and last.actor.name else _("Somebody")
    words = {"who": who, "when": say_moment(current.starts_at), "physio": current.practitioner.first_name}
    return (
        _(
            "%(who)s changed this visit while you were moving it. It is now on %(when)s with %(physio)s, "
            "and stays there."
        )
        % words
    )


def _ask(
    request: HttpRequest,
    appointment: Appointment,
    form: MoveForm,
    *,
    now: datetime,
    clash: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = {"visit": shown_visit(appointment=appointment, now=now), "form": form, "clash": clash}
    return panel(request, "move.html", facts, status=status)


def _clash(
    request: HttpRequest,
    appointment: Appointment,
    form: MoveForm,
    spot: Spot,
    conflict: Clashes | TimeTaken,
    *,
    now: datetime,
) -> HttpResponse:
    nearest = nearest_at_desk(
        service=appointment.service,
        practitioner=spot.practitioner,
        wanted=spot.starts_at,
        now=now,
        moving=appointment,
    )
    if isinstance(conflict, TimeTaken):
        clash = taken_meanwhile(practitioner=spot.practitioner, wanted=spot.starts_at, nearest=nearest)
    else:
        clash = refusal(
            clashes=conflict.clashes,
            service=appointment.service,
            practitioner=spot.practitioner,
            wanted=spot.starts_at,
            nearest=nearest,
        )
    return _ask(request, appointment, form, now=now, clash=clash, status=409)


def _not_coming(request: HttpRequest, visit_id: UUID, *, now: datetime) -> HttpResponse:
    trouble = _("Only a visit that is still to come can be moved. Nothing was changed.")
    return show_visit(request, visit_id, now=now, trouble=trouble)


def _asked_for(request: HttpRequest, *, now: datetime) -> dict[str, object]:
    """Where it is to go, if whoever led here knows."""
    plan = read_plan(request.GET, now=now)
    if plan.practitioner is None or plan.location is None or plan.starts_at is None:
        return {}
    day, clock = plan.clock
    where = {"practitioner": plan.practitioner.slug, "location": plan.location.slug}
    return {**where, "day": day, "time": clock}


def _initial(appointment: Appointment) -> dict[str, object]:
    local = in_clinic_time(appointment.starts_at)
    return {
        "practitioner": appointment.practitioner.slug,
        "location": appointment.location.slug,
        "day": local.date(),
        "time": local.time(),
        "sequence": appointment.sequence,
    }
