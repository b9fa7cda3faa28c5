"""How a patient stands with the texts that are to be signed before needling.

A text belongs to a treatment that uses needles. A visit may need it when its service may include that
treatment. Only the version in force counts: whoever signed an older one is asked again, and it is said so.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import F

from booking.models import Appointment, Consent
from catalogue.models import ConsentText, Published


class State(StrEnum):
    NOT_READ = "not_read"
    SIGNED_OLDER = "signed_older"
    READ = "read"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


ASKING_MOST_FIRST = (State.WITHDRAWN, State.NOT_READ, State.SIGNED_OLDER, State.READ, State.SIGNED)
UNREAD = frozenset({State.NOT_READ, State.SIGNED_OLDER})
"""The version in force was not opened yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one patient stands with one text. `consent` is the latest row about it, if there is any.

    `former` is their signature under the version before, where it was not taken back.
    """

    text: ConsentText
    consent: Consent | None
    former: Consent | None = None

    @property
    def state(self) -> State:
        if self.consent is not None and self.consent.withdrawn_at is not None:
            return State.WITHDRAWN
        if self.consent is not None and self.consent.signed_at is not None:
            return State.SIGNED
        if self.consent is not None and self.consent.opened_at is not None:
            return State.READ
        return State.SIGNED_OLDER if self.former is not None else State.NOT_READ


def texts_for(service_id: int) -> list[ConsentText]:
    """The texts in force for what this service may include. One query."""
    return texts_by_service({service_id}).get(service_id, [])


def texts_by_service(service_ids: Collection[int]) -> Mapping[int, list[ConsentText]]:
    """One query, however many services."""
    rows = (
        ConsentText.objects.in_force()
        .filter(
            treatment__uses_needles=True,
            treatment__state=Published.State.PUBLISHED,
            treatment__services__in=service_ids,
        )
        .annotate(service_id=F("treatment__services"))
        .select_related("treatment")
        .order_by("treatment__position", "pk")
    )
    found: dict[int, list[ConsentText]] = {}
    for row in rows:
        found.setdefault(row.service_id, []).append(row)
    return found


def standings_at(visit: Appointment) -> list[Standing]:
    """How the patient of a visit stands with each text it may need. Two queries at the most."""
    texts = texts_for(visit.service_id)
    return standings(patient_id=visit.patient_id, texts=texts) if visit.patient_id else []


def standings(*, patient_id: UUID, texts: Sequence[ConsentText]) -> list[Standing]:
    """One query; none where there are no texts."""
    return _stand(texts, _rows_about(texts, [patient_id])) if texts else []


def states_at(visits: Iterable[Appointment]) -> Mapping[UUID, State]:
    """One word for each visit that may need a text; the others are left out. Two queries, however many."""
    known = [visit for visit in visits if visit.patient_id is not None]
    texts = texts_by_service({visit.service_id for visit in known})
    every = [text for some in texts.values() for text in some]
    rows: dict[UUID, list[Consent]] = {}
    for row in _rows_about(every, {visit.patient_id for visit in known}) if every else ():
        rows.setdefault(row.patient_id, []).append(row)
    words = {
        visit.pk: overall(_stand(texts.get(visit.service_id, []), rows.get(visit.patient_id, [])))
        for visit in known
        if visit.patient_id is not None
    }
    return {pk: state for pk, state in words.items() if state is not None}


def overall(found: Iterable[Standing]) -> State | None:
    """One word for several texts: the one that still asks for most. Nothing where nothing is signed."""
    return min((standing.state for standing in found), key=ASKING_MOST_FIRST.index, default=None)


def _rows_about(texts: Iterable[ConsentText], patients: Iterable[UUID | None]) -> Iterable[Consent]:
    """Also about earlier versions of these texts."""
    treatments = {text.treatment_id for text in texts}
    rows = Consent.objects.filter(patient__in=patients, text__treatment__in=treatments)
    return rows.select_related("practitioner", "text")


def _stand(texts: Iterable[ConsentText], rows: Iterable[Consent]) -> list[Standing]:
    """Of one patient's rows."""
    # The one that was not withdrawn comes last and wins; of withdrawn ones the latest.
    latest = {row.text_id: row for row in sorted(rows, key=_weight)}
    return [
        Standing(text=text, consent=latest.get(text.pk), former=_former(text, latest.values()))
        for text in texts
    ]


def _former(text: ConsentText, latest: Iterable[Consent]) -> Consent | None:
    """The last version before this one that was signed: if that was taken back, no older one counts."""
    signed = [
        row
        for row in latest
        if row.text.treatment_id == text.treatment_id
        and row.text.version < text.version
        and row.signed_at is not None
    ]
    last = max(signed, key=lambda row: row.text.version, default=None)
    return last if last is not None and last.withdrawn_at is None else None


def _weight(row: Consent) -> tuple[bool, float]:
    moment = row.withdrawn_at or row.signed_at or row.opened_at
    return row.withdrawn_at is None, moment.timestamp() if moment else 0.0
