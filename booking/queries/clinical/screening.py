"""Which questions a visit asks, and how it stands once they are answered."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from booking.models import Appointment, AuditEntry, Screening
from booking.models.appointment import AppointmentQuerySet
from booking.rules.lifecycle import STILL_TO_COME
from booking.rules.screening import Advice, Visit, permits
from catalogue.models import Published, ScreeningForm, Service

SAW_TO_SCREENING = "saw to screening"
"""What the audit log says of a visit whose screening was looked into: it takes the visit off the list."""
UNANSWERED_SINCE = timedelta(days=3)
"""So close to a visit, questions that nobody answered are somebody's task."""


class Stand(StrEnum):
    """How a visit stands, as everybody at the clinic may know it."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NOT_ASKED = "unasked"


def form_asked_by(service: Service) -> ScreeningForm | None:
    """The form in force of a published treatment that this visit may include. One query."""
    return (
        ScreeningForm.objects.in_force()
        .filter(treatment__services=service, treatment__state=Published.State.PUBLISHED)
        .select_related("treatment", "longer_visit", "assessment")
        .order_by("treatment__position", "treatment__name")
        .first()
    )


def asks_screening() -> Exists:
    """Does a visit ask questions beforehand? As part of a larger query over visits."""
    asked = ScreeningForm.objects.in_force().filter(
        treatment__services=OuterRef("service_id"), treatment__state=Published.State.PUBLISHED
    )
    return Exists(asked)


def visit_as_seen_by(form: ScreeningForm, service: Service) -> Visit:
    """One query."""
    return Visit(
        asks=service.treatments.filter(pk=form.treatment_id).exists(),
        is_longer_visit=form.longer_visit_id == service.pk,
        is_assessment=form.assessment_id == service.pk,
        is_first=service.visit_kind == Service.VisitKind.FIRST,
    )


def screening_permits(screening: Screening, service: Service) -> bool:
    """May this service be booked on these answers? Two queries at the most."""
    return permits(screening.advice, visit_as_seen_by(screening.form, service))


def instead_of(screening: Screening) -> Service | None:
    """The visit that the answers lead to, where the clinic has named one that can be booked online."""
    form = screening.form
    chosen = {
        "longer_visit": form.longer_visit or form.assessment,
        "assessment_first": form.assessment,
    }.get(screening.advice)
    if chosen is None or not chosen.online or chosen.state != Published.State.PUBLISHED:
        return None
    return chosen


def read_screening(screening_id: UUID) -> Screening | None:
    """With its form and the visits that leads to. One query."""
    return _whole().filter(pk=screening_id).first()


def read_screenings(screening_ids: Iterable[UUID]) -> Mapping[UUID, Screening]:
    return {row.pk: row for row in _whole().filter(pk__in=list(screening_ids))}


def latest_screening(*, patient_id: UUID, form: ScreeningForm) -> Screening | None:
    """The patient’s last answers to the questions about this treatment, whatever the version. One query.

    Valid or not: `expires_at` says so.
    """
    rows = _whole().filter(patient_id=patient_id, form__treatment_id=form.treatment_id)
    return rows.order_by("-answered_at").first()


def answers_to_confirm(*, patient_id: UUID, form: ScreeningForm) -> Screening | None:
    """The patient’s last answers, where “nothing has changed” may stand for all of them. One query.

    Not those to another version, which asked something else; nor urgent ones: that may be over, and is asked
    anew, all of it; nor those of somebody not known to be the patient.
    """
    last = latest_screening(patient_id=patient_id, form=form)
    if last is None or last.form_id != form.pk or last.advice == Advice.URGENT_CARE or last.for_one_visit:
        return None
    return last


def screening_of(*, patient_id: UUID, visit: Appointment | None) -> Screening | None:
    """The answers that go with a visit, or else the patient’s last. Two queries. For who treats."""
    rows = _whole().filter(patient_id=patient_id).prefetch_related("form__questions")
    if visit is not None and visit.screening_id is not None:
        return rows.filter(pk=visit.screening_id).first()
    return rows.filter(for_one_visit=False).order_by("-answered_at").first()


def stands_of(visits: Iterable[Appointment]) -> Mapping[UUID, Stand]:
    """How each visit stands; those that ask nothing are left out. One query, however many."""
    rows = _with_asks(Appointment.objects.filter(pk__in=[visit.pk for visit in visits]))
    found: Iterable[tuple[Any, ...]] = rows.values_list(
        "pk", "screening__colour", "screening__expires_at", "starts_at", F("asks")
    )
    return {
        pk: stand
        for pk, colour, expires_at, starts_at, asks in found
        if (stand := _stand(colour, expires_at, starts_at=starts_at, asks=asks)) is not None
    }


def is_unanswered(visit: Appointment) -> bool:
    """Does this visit ask questions to which there are no answers that hold on its day? One query."""
    return stands_of([visit]).get(visit.pk) == Stand.NOT_ASKED


def questions_before(visit: Appointment) -> int:
    """How many questions wait for an answer before this visit. Three queries at the most."""
    if not is_unanswered(visit):
        return 0
    form = form_asked_by(visit.service)
    return form.questions.count() if form else 0


def unanswered_visits(*, patient_id: UUID, form: ScreeningForm, now: datetime) -> AppointmentQuerySet:
    """The patient's coming visits that ask these questions and lack answers."""
    return _unanswered(
        Appointment.objects.still_to_come(now=now).filter(
            patient_id=patient_id, service__treatments=form.treatment_id
        )
    )


def screenings_to_check(*, now: datetime) -> AppointmentQuerySet:
    """Coming visits at amber or red, or near and unanswered, until somebody has seen to them."""
    seen_to = AuditEntry.objects.filter(appointment_id=OuterRef("pk"), verb=SAW_TO_SCREENING)
    stands_out = Q(
        screening__colour__in=[Screening.Colour.AMBER, Screening.Colour.RED],
        screening__seen_at=None,
        screening__expires_at__gt=F("starts_at"),
    )
    near = (
        Q(asks=True)
        & (Q(screening=None) | Q(screening__expires_at__lte=F("starts_at")))
        & Q(starts_at__lte=now + UNANSWERED_SINCE)
        & ~Exists(seen_to)
    )
    return (
        _with_asks(Appointment.objects.filter(status__in=STILL_TO_COME, starts_at__gt=now))
        .filter(stands_out | near)
        .with_names()
        .order_by("starts_at")
    )


def _whole() -> QuerySet[Screening]:
    return Screening.objects.select_related(
        "form__treatment", "form__longer_visit", "form__assessment", "patient"
    )


def _with_asks(rows: AppointmentQuerySet) -> AppointmentQuerySet:
    return rows.annotate(asks=asks_screening())


def _unanswered(rows: AppointmentQuerySet) -> AppointmentQuerySet:
    return rows.filter(Q(screening=None) | Q(screening__expires_at__lte=F("starts_at")))


def _stand(
    colour: str | None, expires_at: datetime | None, *, starts_at: datetime, asks: bool
) -> Stand | None:
    if colour and expires_at and expires_at > starts_at:
        return Stand(colour)
    return Stand.NOT_ASKED if asks else None
