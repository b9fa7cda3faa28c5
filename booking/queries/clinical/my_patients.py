"""A physio's own patients: found by name, each with the last visit and the next."""

from datetime import datetime

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Patient, Practitioner
from accounts.names import plain
from booking.models import Appointment
from booking.queries.clinical.treating import TREATS, patients_treated_by
from booking.queries.patients import ALIKE_ENOUGH
from booking.rules.lifecycle import Status

MOST_LISTED = 50
FEWEST_LETTERS = 2


def my_patients(*, me: Practitioner, typed: str, now: datetime) -> list[Patient]:
    """Each with `last_visit` and `next_visit`. Typing errors are forgiven. One query.

    Without letters: those who come next first, then those who came last.
    """
    mine = Appointment.objects.filter(patient=OuterRef("pk"), practitioner=me, status__in=TREATS)
    visits = mine.order_by().values("patient")
    past = visits.filter(starts_at__lte=now).exclude(status=Status.NO_SHOW)
    rows: QuerySet[Patient] = patients_treated_by(me).annotate(
        last_visit=Subquery(past.annotate(at=Max("starts_at")).values("at")),
        next_visit=Subquery(visits.filter(starts_at__gt=now).annotate(at=Min("starts_at")).values("at")),
    )
    letters = plain(typed)
    if len(letters) >= FEWEST_LETTERS:
        rows = _alike(rows, letters)
    else:
        rows = rows.order_by(F("next_visit").asc(nulls_last=True), F("last_visit").desc(nulls_last=True))
    return list(rows[:MOST_LISTED])


def _alike(rows: QuerySet[Patient], letters: str) -> QuerySet[Patient]:
    alike = Coalesce(TrigramWordSimilarity(letters, "search_name"), 0.0)
    rows = rows.annotate(alike=alike)
    return rows.filter(Q(search_name__contains=letters) | Q(alike__gte=ALIKE_ENOUGH)).order_by(
        "-alike", "name"
    )
