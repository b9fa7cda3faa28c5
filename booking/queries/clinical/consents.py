"""Which papers go with a visit: what is read beforehand, and what was signed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from booking.models import Appointment, Consent
from booking.queries.visits import HERE_NOW
from booking.rules.lifecycle import Status
from catalogue.models import ConsentText, Published

TO_READ_FOR = HERE_NOW | {Status.CONFIRMED, Status.COMPLETED}
"""Before it, and afterwards for whoever wants to read it again or take it back."""


def is_in_force(*, patient_id: UUID, treatment_id: int) -> bool:
    """Whether this patient may be needled: the version that is in force is signed, and not withdrawn."""
    return Consent.objects.filter(
        patient_id=patient_id,
        text__treatment=treatment_id,
        text__state=ConsentText.State.PUBLISHED,
        signed_at__isnull=False,
        withdrawn_at__isnull=True,
    ).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Which of some visits have a text to read beforehand, and which a signed copy to give."""

    to_read: frozenset[UUID]
    signed: frozenset[UUID]

    def are_read_before(self, visit: Appointment) -> bool:
        return visit.pk in self.to_read and visit.status in TO_READ_FOR

    def were_signed_at(self, visit: Appointment) -> bool:
        return visit.pk in self.signed


def papers_of(visits: Sequence[Appointment]) -> Papers:
    """Two queries, however many visits."""
    return Papers(to_read=frozenset(visits_to_read_for(visits)), signed=frozenset(signed_at_visits(visits)))


def signed_at_visits(visits: Iterable[Appointment]) -> set[UUID]:
    """Which of these visits have a signed copy to give. One query."""
    keys = [visit.pk for visit in visits]
    rows = Consent.objects.filter(appointment__in=keys, signed_at__isnull=False)
    return set(rows.values_list("appointment_id", flat=True))


def copies_of(visit: Appointment) -> list[Consent]:
    """What was signed at this visit, the latest first, with all that its paper says."""
    rows = Consent.objects.filter(appointment=visit, signed_at__isnull=False, patient=visit.patient_id)
    return list(rows.select_related("text", "practitioner", "patient", "appointment").order_by("-signed_at"))


def waits_to_be_read() -> Exists:
    """For a query over messages: whether their visit has a text that their patient has not signed yet."""
    signed = Consent.objects.filter(
        text=OuterRef("pk"),
        patient=OuterRef(OuterRef("patient")),
        signed_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    return Exists(
        ConsentText.objects.in_force().filter(
            ~Exists(signed),
            treatment__uses_needles=True,
            treatment__state=Published.State.PUBLISHED,
            treatment__services=OuterRef("appointment__service"),
        )
    )


def visits_to_read_for(visits: Iterable[Appointment]) -> set[UUID]:
    """Which of these visits have something to read beforehand. One query."""
    rows = list(visits)
    services = set(
        ConsentText.objects.in_force()
        .filter(
            treatment__uses_needles=True,
            treatment__state=Published.State.PUBLISHED,
            treatment__services__in={visit.service_id for visit in rows},
        )
        .values_list("treatment__services", flat=True)
    )
    return {visit.pk for visit in rows if visit.service_id in services}
