"""What was written down about visits that are over: records with needles, consents, how people were after.

Only visits of physios who may use needles, with people for whom it was offered. One of them has come for
weeks, so that their card shows how it goes; their question of the next day is due in the first minutes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from accounts.models import BodyRegion, Credential, User
from booking.actions.audit import Actor
from booking.actions.clinical.after_check import Answers, answer_after_check
from booking.actions.clinical.aftercare import plan_after_needling
from booking.actions.patients import PatientDetails
from booking.models import (
    AdverseEvent,
    AfterCheck,
    Appointment,
    Consent,
    Message,
    Receipt,
    TechniqueUsed,
    VisitRecord,
)
from booking.rules.lifecycle import Status
from catalogue.models import ConsentText, Treatment
from config.demo.clinic.history import see_through
from config.demo.clinic.stretches import stretches
from config.demo.clinic.visits import Person, book_visit

NEEDLING = "dry-needling"
CAME_FOR_WEEKS = 5
REGIONS = [BodyRegion.NECK, BodyRegion.SHOULDER, BodyRegion.LOW_BACK, BodyRegion.HIP_BUTTOCK]
NOTES = [
    "Less guarded than last time. Home programme unchanged.",
    "Turns further after treatment. Load to go up next week.",
    "Slept through twice. Keep the walking.",
]
WORDS = ["", "Sore until lunch, fine now.", "", "A small bruise, otherwise good."]


def write_treated(
    *, visits: Iterable[Appointment], desk: User, now: datetime, zone: ZoneInfo, check_due_at: datetime
) -> None:
    treatment = Treatment.objects.get(slug=NEEDLING)
    over = [visit for visit in visits if _was_offered(visit)]
    over = list(
        Appointment.objects.filter(pk__in=[visit.pk for visit in over], status=Status.COMPLETED)
        .with_names()
        .order_by("starts_at")
    )
    if not over:
        return
    today = now.astimezone(zone).date()
    last = next((one for one in reversed(over) if one.starts_at.astimezone(zone).date() < today), over[-1])
    course = _earlier_visits(last, desk=desk, now=now, zone=zone)
    writer = _Writer(treatment=treatment, randomness=Random(NEEDLING))
    for visit in sorted([*course, *over], key=lambda visit: visit.starts_at):
        writer.write(visit)
    for check in AfterCheck.objects.exclude(appointment=last).select_related("appointment"):
        writer.answer(check, now=now)
    _hurry_check(last, due_at=check_due_at)
    _write_event(over[0], now=now)


def _was_offered(visit: Appointment) -> bool:
    """The service asks for the credential, and the physio holds it on that day."""
    if visit.service.required_credential != NEEDLING:
        return False
    day = visit.starts_at.date()
    held = Credential.objects.filter(
        practitioner=visit.practitioner, technique=NEEDLING, valid_from__lte=day
    ).exclude(valid_until__lt=day)
    return held.exists()


def _earlier_visits(last: Appointment, *, desk: User, now: datetime, zone: ZoneInfo) -> Sequence[Appointment]:
    """The weeks before, at about the same time with the same physio, as far as they were to be had."""
    patient, found = last.patient, []
    assert patient is not None, "a visit that took place has a patient"
    details = PatientDetails(
        name=patient.name, email=patient.email, phone=patient.phone, date_of_birth=patient.date_of_birth
    )
    person = Person(details=details, is_new=False)
    for weeks in range(CAME_FOR_WEEKS, 0, -1):
        day = last.starts_at.astimezone(zone).date() - timedelta(weeks=weeks)
        starts = (
            (stretch, start)
            for stretch in stretches(physio=last.practitioner, first=day, days=1)
            for start in stretch.starts()
        )
        for stretch, start in starts:
            visit = book_visit(
                service=last.service,
                start=start,
                stretch=stretch,
                person=person,
                booked_at=start - timedelta(days=4, hours=2),
                desk=desk,
            )
            if visit is not None:
                see_through(visit=visit, desk=desk, method=Receipt.Method.TERMINAL)
                found.append(Appointment.objects.with_names().get(pk=visit.pk))
                break
    return found


class _Writer:
    """Pain falls and function rises from one visit of a patient to the next."""

    def __init__(self, *, treatment: Treatment, randomness: Random) -> None:
        self.treatment, self.randomness = treatment, randomness
        self.text = ConsentText.objects.in_force().filter(treatment=treatment).first()
        self.times: Counter[object] = Counter()

    def write(self, visit: Appointment) -> None:
        number = self.times[visit.patient_id]
        self.times[visit.patient_id] += 1
        self._consent(visit)
        record = VisitRecord.objects.create(
            appointment=visit,
            practitioner=visit.practitioner,
            note=NOTES[number % len(NOTES)],
            pain=max(1, 7 - number - number % 2),
            function=min(9, 3 + number),
            written_at=visit.ends_at,
        )
        needles = self.randomness.randint(3, 8)
        TechniqueUsed.objects.create(
            record=record,
            treatment=self.treatment,
            regions=[self.randomness.choice(REGIONS)],
            needles_in=needles,
            needles_out=needles,
        )
        record.signed_at = visit.ends_at + timedelta(minutes=5)
        record.save(update_fields=["signed_at"])
        plan_after_needling(appointment=visit, now=record.signed_at)

    def answer(self, check: AfterCheck, *, now: datetime) -> None:
        """Three of four answer, an hour or so after they were asked."""
        answered_at = check.due_at + timedelta(minutes=self.randomness.randint(4, 150))
        if answered_at > now or self.randomness.random() > 0.75:
            return
        record = check.appointment.record
        pain = max(0, (record.pain or 0) - self.randomness.randint(0, 2))
        answer_after_check(
            appointment_id=check.appointment_id,
            answers=Answers(
                pain=pain,
                soreness=AfterCheck.Soreness.MILD if pain else AfterCheck.Soreness.NONE,
                is_breathless=False,
                has_chest_pain=False,
                function=record.function,
                note=self.randomness.choice(WORDS),
            ),
            by=Actor.patient(),
            now=answered_at,
        )

    def _consent(self, visit: Appointment) -> None:
        """Signed once, before the first needle."""
        assert visit.patient is not None, "a visit that took place has a patient"
        signed = Consent.objects.filter(patient=visit.patient, text=self.text, withdrawn_at=None)
        if self.text is None or signed.exists():
            return
        Consent.objects.create(
            patient=visit.patient,
            text=self.text,
            opened_at=visit.created_at,
            appointment=visit,
            practitioner=visit.practitioner,
            signed_at=visit.starts_at + timedelta(minutes=5),
            signed_name=visit.patient.name,
        )


def _hurry_check(visit: Appointment, *, due_at: datetime) -> None:
    """Ask soon, so that a demonstration need not wait for tomorrow."""
    AfterCheck.objects.filter(appointment=visit).update(due_at=due_at)
    Message.objects.filter(appointment=visit, occasion=Message.Occasion.AFTER_CHECK).update(due_at=due_at)


def _write_event(visit: Appointment, *, now: datetime) -> None:
    AdverseEvent.objects.create(
        appointment=visit,
        kind=AdverseEvent.Kind.BRUISE,
        severity=AdverseEvent.Severity.MINOR,
        description="The size of a coin, gone after four days.",
        occurred_on=visit.starts_at.date(),
        reported_at=min(now, visit.ends_at + timedelta(days=1)),
        reported_by=visit.practitioner.user,
    )
