"""A signed record as it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.models import RecordAddition, TechniqueUsed, VisitRecord
from booking.words import say_day, say_time


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTechnique:
    name: str
    regions: str
    needles: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAddition:
    text: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRecord:
    day: str
    physio: str
    signed: str
    pain: str
    function: str
    reassessed: bool
    note: str
    techniques: Sequence[ShownTechnique]
    additions: Sequence[ShownAddition]
    url: str


def shown_record(record: VisitRecord) -> ShownRecord:
    """The record must come as booking/queries/clinical/records.py reads it."""
    assert record.signed_at is not None, "a draft is not shown"
    signed = {"day": say_day(record.signed_at, with_year=True), "time": say_time(record.signed_at)}
    return ShownRecord(
        day=say_day(record.appointment.starts_at, with_year=True),
        physio=record.practitioner.name,
        signed=_("Signed on %(day)s, %(time)s.") % signed,
        pain="" if record.pain is None else _("%(number)d of 10") % {"number": record.pain},
        function="" if record.function is None else _("%(number)d of 10") % {"number": record.function},
        reassessed=record.is_reassessment,
        note=record.note,
        techniques=[_technique(used) for used in record.techniques.all()],
        additions=[_addition(added) for added in record.additions.all()],
        url=reverse("physio:record", args=[record.appointment_id]),
    )


def _technique(used: TechniqueUsed) -> ShownTechnique:
    return ShownTechnique(
        name=used.treatment.name,
        regions=", ".join(used.region_names),
        needles=_needles(used),
        missing=used.needles_missing,
    )


def _needles(used: TechniqueUsed) -> str:
    if not used.needles_in or used.needles_out is None:
        return ""
    went_in = ngettext("%(count)d needle in", "%(count)d needles in", used.needles_in)
    return _("%(went_in)s, %(out)d out") % {
        "went_in": went_in % {"count": used.needles_in},
        "out": used.needles_out,
    }


def _addition(added: RecordAddition) -> ShownAddition:
    words = {
        "who": added.by.get_full_name() or added.by.email,
        "day": say_day(added.at, with_year=True),
        "time": say_time(added.at),
    }
    return ShownAddition(text=added.text, who=_("%(who)s, %(day)s, %(time)s") % words)
