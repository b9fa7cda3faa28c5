"""Consent: read beforehand, signed with the physio in the room, withdrawn at any time.

Everything about one patient's consent queues behind the patient's row, so two tabs that sign at once end as
one signature and one refusal.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Practitioner
from booking.actions.audit import Actor, record
from booking.actions.messages.papers import plan_consent_copy
from booking.actions.patients import who_carries_on
from booking.models import Appointment, Consent
from booking.queries.clinical.standings import texts_for
from booking.queries.visits import HERE_NOW
from booking.words import clinic_day
from catalogue.models import ConsentText


class NoTextInForce(Exception):
    """This text is not, or no longer, the one to be signed for this visit."""


class AlreadySigned(Exception):
    """It is signed, and was not withdrawn."""


class NotHere(Exception):
    """Consent is signed in the room: today, with a patient who is here."""


class NotYourVisit(Exception):
    """Somebody else treats at this visit."""


class NotExplained(Exception):
    """It is signed only after it was explained and the questions were answered, by somebody with a name."""


class NothingToWithdraw(Exception):
    """It is not signed, or is withdrawn already."""


def open_consent(*, appointment_id: UUID, text_id: int, by: Actor, now: datetime) -> Consent | None:
    """Keep when the patient first read the text. Nothing changes when it was read or signed before.

    Raises NoTextInForce. Answers with the row that stands, if there is one for this patient.
    """
    with transaction.atomic():
        visit, text = _visit_and_text(appointment_id, text_id)
        standing = _standing(visit, text)
        if standing is not None and (standing.opened_at or standing.signed_at):
            return standing
        if standing is None:
            standing = Consent(patient=visit.patient, text=text)
        standing.opened_at = now
        standing.save()
        record(verb="opened consent", by=by, at=now, appointment=visit, detail=_about(standing))
    return standing


def sign_consent(
    *,
    appointment_id: UUID,
    text_id: int,
    practitioner: Practitioner,
    signed_name: str,
    signed_for: str = "",
    remarks: str = "",
    was_explained: bool,
    questions_answered: bool,
    by: Actor,
    now: datetime,
) -> Consent:
    """The patient, or a parent as `signed_for` says, signs before the physio who treats them.

    Raises NotYourVisit, NotHere, NoTextInForce, AlreadySigned, NotExplained. A copy is on its way afterwards.
    """
    if not (was_explained and questions_answered and signed_name.strip()):
        raise NotExplained
    with transaction.atomic():
        visit, text = _visit_and_text(appointment_id, text_id)
        if visit.practitioner_id != practitioner.pk:
            raise NotYourVisit
        if visit.status not in HERE_NOW or clinic_day(visit.starts_at) != clinic_day(now):
            raise NotHere
        consent = _standing(visit, text)
        if consent is not None and consent.signed_at is not None:
            raise AlreadySigned
        consent = consent or Consent(patient=visit.patient, text=text)
        consent.appointment, consent.practitioner, consent.signed_at = visit, practitioner, now
        consent.signed_name, consent.signed_for = signed_name.strip(), signed_for.strip()
        consent.remarks = remarks.strip()
        consent.save()
        record(verb="signed consent", by=by, at=now, appointment=visit, detail=_about(consent))
        plan_consent_copy(appointment=visit, now=now)
    return consent


def withdraw_consent(*, consent_id: UUID, withdrawn_by: str, by: Actor, now: datetime) -> Consent:
    """Taken back, without a reason. `withdrawn_by` is “patient” or “physio”. Raises NothingToWithdraw."""
    with transaction.atomic():
        consent = Consent.objects.select_for_update().filter(pk=consent_id).first()
        if consent is None or not consent.is_in_force:
            raise NothingToWithdraw
        consent.withdrawn_at, consent.withdrawn_by = now, withdrawn_by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(verb="withdrew consent", by=by, at=now, patient_id=consent.patient_id, detail=_about(consent))
    return consent


def note_copy(*, consent: Consent, by: Actor, now: datetime) -> None:
    """Somebody opened the paper: it is known who and when, as with every opening of what is clinical."""
    record(verb="opened signed copy", by=by, at=now, patient_id=consent.patient_id, detail=_about(consent))


def _visit_and_text(appointment_id: UUID, text_id: int) -> tuple[Appointment, ConsentText]:
    """The visit, with its patient's row locked, and the text if this visit may need it."""
    visit = Appointment.objects.made().select_related("patient").get(pk=appointment_id)
    assert visit.patient is not None, "a visit that was made has a patient"
    patient = who_carries_on(visit.patient.pk)
    visit.refresh_from_db(fields=["status", "starts_at", "practitioner"])
    visit.patient = patient
    text = next((text for text in texts_for(visit.service_id) if text.pk == text_id), None)
    if text is None:
        raise NoTextInForce
    return visit, text


def _standing(visit: Appointment, text: ConsentText) -> Consent | None:
    return Consent.objects.filter(patient=visit.patient, text=text, withdrawn_at__isnull=True).first()


def _about(consent: Consent) -> dict[str, str]:
    return {"consent_id": str(consent.pk), "text_id": str(consent.text_id)}
