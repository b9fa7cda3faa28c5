"""What is clinical goes along when two records of one person become one. Nothing that was signed is lost."""

from datetime import datetime

from accounts.models import Patient, User
from booking.actions.clinical.plans import bring_plans
from booking.models import Consent, SafetyAlert, Screening


def carry_clinical(*, kept: Patient, other: Patient, by: User, now: datetime) -> None:
    """Within the caller's transaction, with both records locked."""
    Screening.objects.filter(patient=other).update(patient=kept)
    SafetyAlert.objects.filter(patient=other).update(patient=kept)
    _carry_consents(kept, other)
    bring_plans(kept=kept, other=other, by=by, now=now)


def _carry_consents(kept: Patient, other: Patient) -> None:
    """One stands for each text: a signed one before one that was only read, then the later signature.

    What was only read falls away, its first reading kept where the row that stands can still take it. The
    person's last word holds: of two signatures the earlier is closed, as withdrawn by the physio, and so is
    one that was given before the same text was withdrawn in the other record. Both are closed at the moment
    of the later word, so that no merge to come takes them for a word that came after it.
    """
    _close_what_was_withdrawn_since(kept, other)
    standing = {row.text_id: row for row in Consent.objects.filter(patient=kept, withdrawn_at__isnull=True)}
    for row in Consent.objects.filter(patient=other, withdrawn_at__isnull=True):
        if rival := standing.get(row.text_id):
            weaker, stronger = sorted([row, rival], key=_strength)
            _give_way(weaker, stronger)
    Consent.objects.filter(patient=other).update(patient=kept)


def _close_what_was_withdrawn_since(kept: Patient, other: Patient) -> None:
    rows = list(Consent.objects.filter(patient__in=[kept, other], signed_at__isnull=False))
    for row in rows:
        said_no = [
            later.withdrawn_at
            for later in rows
            if later.text_id == row.text_id
            and later.withdrawn_at is not None
            and row.signed_at is not None
            and later.withdrawn_at > row.signed_at
        ]
        if row.withdrawn_at is None and said_no:
            _close(row, at=min(said_no))


def _strength(row: Consent) -> tuple[bool, float]:
    return row.signed_at is not None, row.signed_at.timestamp() if row.signed_at else 0.0


def _give_way(weaker: Consent, stronger: Consent) -> None:
    if weaker.signed_at is not None and stronger.signed_at is not None:
        _close(weaker, at=stronger.signed_at)
        return
    if stronger.signed_at is None and weaker.opened_at is not None:
        stronger.opened_at = min(weaker.opened_at, stronger.opened_at or weaker.opened_at)
        stronger.save(update_fields=["opened_at"])
    weaker.delete()


def _close(row: Consent, *, at: datetime) -> None:
    row.withdrawn_at, row.withdrawn_by = at, "physio"
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
