"""One visit as reception sees it beside the diary: who, when, how it stands, what can be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Patient
from booking.actions.desk.moves import MOVED_AT_DESK
from booking.models import Appointment, AuditEntry
from booking.queries.needs_a_hand import lists_of
from booking.rules.lifecycle import CORRECTION, STILL_TO_COME, Status
from booking.web.consent_marks import Mark as ConsentMark
from booking.web.consent_marks import consent_mark
from booking.web.reception.list_titles import Wanting, wanting
from booking.web.reception.needled import say_needled
from booking.web.reception.plan_lines import PlanLine, plan_lines
from booking.web.reception.visit.marks import Mark, mark_of
from booking.web.reception.visit.shown_money import ShownMoney, shown_money
from booking.web.screening_marks import ScreeningMark, screening_marks
from booking.words import clinic_day, say_day, say_telephone, say_time


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPatient:
    name: str
    phone: str
    tel: str
    email: str
    born: str
    alert: str
    books_by_telephone_only: bool
    record_url: str
    needled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A button that moves the visit on. The first of them is the next thing to do."""

    value: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVisit:
    id: str
    sequence: int
    patient: ShownPatient | None
    service: str
    day: str
    times: str
    physio: str
    where: str
    mark: Mark
    wanting: Sequence[Wanting]
    screening: ScreeningMark | None
    consent: ConsentMark | None
    note: str
    overbooked: str
    cancelled: str
    source: str
    steps: Sequence[Step]
    status: str
    step_back: str
    may_be_changed: bool
    may_undo_move: bool
    money: ShownMoney
    plans: Sequence[PlanLine]
    url: str


def shown_visit(*, appointment: Appointment, now: datetime) -> ShownVisit:
    """The visit must come with its names and its money. Asks for what is missing."""
    local_end = say_time(appointment.ends_at)
    return ShownVisit(
        id=str(appointment.pk),
        sequence=appointment.sequence,
        patient=shown_patient(
            appointment.patient,
            today=clinic_day(now),
            needled=say_needled([appointment.patient], now=now),
        )
        if appointment.patient
        else None,
        service=_("%(service)s, %(minutes)d min")
        % {"service": appointment.service.name, "minutes": appointment.service.duration_minutes},
        day=say_day(appointment.starts_at),
        times=_("%(start)s to %(end)s") % {"start": say_time(appointment.starts_at), "end": local_end},
        physio=appointment.practitioner.name,
        where=", ".join(
            part
            for part in (appointment.room.name if appointment.room else "", appointment.location.name)
            if part
        ),
        mark=mark_of(appointment, now=now),
        wanting=wanting(lists_of(appointment.pk, now=now)),
        screening=screening_marks([appointment]).get(appointment.pk),
        consent=consent_mark(appointment),
        note=appointment.patient_note,
        overbooked=appointment.overbook_reason,
        cancelled=_say_cancelled(appointment),
        source=str(appointment.get_source_display()),
        steps=steps_of(appointment, now=now),
        status=appointment.status,
        step_back=_("Undo “%(step)s”") % {"step": appointment.get_status_display()}
        if Status(appointment.status) in CORRECTION
        else "",
        may_be_changed=appointment.status in STILL_TO_COME,
        may_undo_move=_may_undo_move(appointment, now=now),
        money=shown_money(appointment, now=now),
        plans=plan_lines(appointment.patient_id, now=now),
        url=reverse("reception:visit", args=[appointment.pk]),
    )


def shown_patient(
    patient: Patient, *, today: date, needled: Mapping[UUID, str] | None = None
) -> ShownPatient:
    born = patient.date_of_birth
    return ShownPatient(
        name=patient.name,
        phone=say_telephone(patient.phone) if patient.phone else "",
        tel=patient.phone.replace(" ", ""),
        email=patient.email,
        born=say_born(born, today=today) if born else "",
        alert=patient.alert,
        books_by_telephone_only=patient.online_blocked,
        record_url=reverse("reception:record", args=[patient.pk]),
        needled=(needled or {}).get(patient.pk, ""),
    )


def say_born(born: date, *, today: date) -> str:
    """“3 August 1984, 42”"""
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return f"{say_day(born, with_year=True).split(' ', 1)[1]}, {age}"


def steps_of(appointment: Appointment, *, now: datetime) -> list[Step]:
    check_in = Step(value="check-in", icon="door", text=_("Check in"))
    start = Step(value="start", icon="room", text=_("In the room"))
    complete = Step(value="complete", icon="checks", text=_("Done"))
    missed = Step(value="no-show", icon="cross", text=_("Did not come"))
    match Status(appointment.status):
        case Status.CONFIRMED:
            return [check_in, missed] if now >= appointment.starts_at else [check_in]
        case Status.ARRIVED:
            return [start, complete]
        case Status.IN_ROOM:
            return [complete]
    return []


def _say_cancelled(appointment: Appointment) -> str:
    """“Ill, by the patient: flu since Monday”, for a visit that was cancelled."""
    if appointment.status != Status.CANCELLED:
        return ""
    by = _("by the patient") if appointment.cancelled_by == "patient" else _("by the clinic")
    why = ", ".join(filter(None, [appointment.get_cancel_code_display(), by]))
    return ": ".join(filter(None, [why, appointment.cancel_reason]))


def _may_undo_move(appointment: Appointment, *, now: datetime) -> bool:
    """The action decides; this only knows when to offer it."""
    if appointment.status not in STILL_TO_COME:
        return False
    since = now - timedelta(minutes=settings.MOVE_GRACE_MINUTES)
    last = (
        AuditEntry.objects.filter(appointment_id=appointment.pk).exclude(verb="overbooked").order_by("-id")
    ).first()
    return last is not None and last.verb == MOVED_AT_DESK and last.at > since
