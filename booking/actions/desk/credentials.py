"""What a physio may do, as the manager writes it down. What was valid once stays on paper as it was."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import Credential, Practitioner, User
from booking.actions.audit import Actor, record


class EndsBeforeItBegins(Exception):
    """A credential is valid for one day at the least. Nothing was changed."""


def add_credential(
    *,
    practitioner: Practitioner,
    technique: str,
    region: str,
    issued_by: str,
    number: str,
    valid_from: date,
    valid_until: date | None,
    by: User,
    now: datetime,
) -> Credential:
    """From its first day on they are offered for the services that ask for it. Raises EndsBeforeItBegins."""
    if valid_until is not None and valid_until < valid_from:
        raise EndsBeforeItBegins
    with transaction.atomic():
        credential = Credential.objects.create(
            practitioner=practitioner,
            technique=technique,
            region=region,
            issued_by=issued_by,
            number=number,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        _note("added credential", credential, by=by, now=now)
    return credential


def renew_credential(
    *,
    credential_id: int,
    number: str,
    valid_from: date,
    valid_until: date | None,
    by: User,
    now: datetime,
) -> Credential:
    """A new one of the same kind beside the old, which keeps the days on which it was valid.

    Raises EndsBeforeItBegins.
    """
    with transaction.atomic():
        old = _locked(credential_id)
        return add_credential(
            practitioner=old.practitioner,
            technique=old.technique,
            region=old.region,
            issued_by=old.issued_by,
            number=number,
            valid_from=valid_from,
            valid_until=valid_until,
            by=by,
            now=now,
        )


def end_credential(*, credential_id: int, last_day: date, by: User, now: datetime) -> Credential:
    """Nothing is offered with it after that day. Visits booked beyond stay booked until somebody moves them.

    Raises EndsBeforeItBegins.
    """
    with transaction.atomic():
        credential = _locked(credential_id)
        if last_day < credential.valid_from:
            raise EndsBeforeItBegins
        credential.valid_until = last_day
        credential.save(update_fields=["valid_until"])
        _note("ended credential", credential, by=by, now=now)
    return credential


def _locked(credential_id: int) -> Credential:
    return Credential.objects.select_for_update().get(pk=credential_id)


def _note(verb: str, credential: Credential, *, by: User, now: datetime) -> None:
    record(
        verb=verb,
        by=Actor.staff(by),
        at=now,
        detail={
            "credential_id": credential.pk,
            "practitioner_id": credential.practitioner_id,
            "technique": credential.technique,
            "region": credential.region,
            "from": credential.valid_from.isoformat(),
            "to": credential.valid_until.isoformat() if credential.valid_until else None,
        },
    )
