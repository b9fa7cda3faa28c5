"""Read beforehand, signed in the room, withdrawn at any time."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from booking.actions.audit import Actor
from booking.actions.clinical.consents import (
    AlreadySigned,
    NotExplained,
    NoTextInForce,
    NotHere,
    NothingToWithdraw,
    NotYourVisit,
    open_consent,
    withdraw_consent,
)
from booking.models import Appointment, AuditEntry, Consent, Message
from booking.queries.clinical.consents import is_in_force
from catalogue.models import ConsentText
from tests.factories import at, make_consent_text
from tests.needling import another_physio, make_needled_visit, needling, sign, text

pytestmark = pytest.mark.django_db
NOW = at(3, "10:05")
CANARY = "canary-7319"


@pytest.fixture
def visit() -> Appointment:
    return make_needled_visit(starts_at=at(3, "10:00"))


def read(visit: Appointment, *, now: object = NOW) -> Consent | None:
    return open_consent(appointment_id=visit.pk, text_id=text().pk, by=Actor.patient(), now=now)  # type: ignore[arg-type]


def take_back(consent: Consent, who: str = "patient") -> Consent:
    return withdraw_consent(consent_id=consent.pk, withdrawn_by=who, by=Actor.patient(), now=NOW)


def new_version() -> ConsentText:
    old = text()
    old.state = "retired"
    old.save()
    return make_consent_text(treatment=needling(), version=2)


def test_the_first_reading_is_kept_and_no_later_one(visit: Appointment) -> None:
    read(visit)
    read(visit, now=NOW + timedelta(hours=1))
    assert Consent.objects.get().opened_at == NOW


def test_reading_after_signing_changes_nothing(visit: Appointment) -> None:
    sign(visit, now=NOW)
    read(visit)
    assert Consent.objects.get().opened_at is None


def test_signing_keeps_who_before_whom_and_where(visit: Appointment) -> None:
    signed = sign(visit, now=NOW, signed_name=" Ada Marsh ", signed_for="mother")
    assert (signed.signed_name, signed.signed_for, signed.signed_at) == ("Ada Marsh", "mother", NOW)
    assert (signed.practitioner, signed.appointment) == (visit.practitioner, visit)


def test_what_was_read_and_what_was_signed_is_one_row(visit: Appointment) -> None:
    read(visit)
    sign(visit, now=NOW)
    assert Consent.objects.get().opened_at == NOW


def test_signing_twice_is_refused(visit: Appointment) -> None:
    sign(visit, now=NOW)
    with pytest.raises(AlreadySigned):
        sign(visit, now=NOW)


@pytest.mark.parametrize("status", ["confirmed", "completed", "no_show"])
def test_it_is_signed_while_the_patient_is_here(visit: Appointment, status: str) -> None:
    Appointment.objects.update(status=status)
    with pytest.raises(NotHere):
        sign(visit, now=NOW)


def test_it_is_signed_on_the_day_of_the_visit(visit: Appointment) -> None:
    with pytest.raises(NotHere):
        sign(visit, now=NOW + timedelta(days=1))


def test_it_is_signed_before_the_physio_of_the_visit(visit: Appointment) -> None:
    with pytest.raises(NotYourVisit):
        sign(visit, now=NOW, practitioner=another_physio())


def test_only_the_text_in_force_is_signed(visit: Appointment) -> None:
    old = text()
    new_version()
    with pytest.raises(NoTextInForce):
        sign(visit, now=NOW, text_id=old.pk)


@pytest.mark.parametrize("missing", ["was_explained", "questions_answered"])
def test_it_is_signed_once_it_was_explained(visit: Appointment, missing: str) -> None:
    with pytest.raises(NotExplained):
        sign(visit, now=NOW, **{missing: False})


def test_a_name_is_typed(visit: Appointment) -> None:
    with pytest.raises(NotExplained):
        sign(visit, now=NOW, signed_name="  ")


def test_a_new_version_is_signed_anew(visit: Appointment) -> None:
    sign(visit, now=NOW)
    new_version()
    assert not is_in_force(patient_id=visit.patient_id, treatment_id=needling().pk)  # type: ignore[arg-type]
    sign(visit, now=NOW)
    assert is_in_force(patient_id=visit.patient_id, treatment_id=needling().pk)  # type: ignore[arg-type]


def test_what_was_taken_back_is_not_in_force(visit: Appointment) -> None:
    take_back(sign(visit, now=NOW))
    assert not is_in_force(patient_id=visit.patient_id, treatment_id=needling().pk)  # type: ignore[arg-type]


def test_after_taking_it_back_it_can_be_signed_again(visit: Appointment) -> None:
    take_back(sign(visit, now=NOW))
    sign(visit, now=NOW)
    assert Consent.objects.filter(withdrawn_at=None).count() == 1


def test_what_is_not_signed_cannot_be_taken_back(visit: Appointment) -> None:
    only_read = read(visit)
    assert only_read is not None
    with pytest.raises(NothingToWithdraw):
        take_back(only_read)


def test_it_is_taken_back_once(visit: Appointment) -> None:
    signed = sign(visit, now=NOW)
    take_back(signed)
    with pytest.raises(NothingToWithdraw):
        take_back(signed)


def test_a_copy_is_planned_once(visit: Appointment) -> None:
    take_back(sign(visit, now=NOW))
    sign(visit, now=NOW)
    assert Message.objects.filter(occasion="consent_copy").count() == 1


def test_the_log_holds_ids_and_no_words(visit: Appointment) -> None:
    take_back(sign(visit, now=NOW, signed_name=CANARY, remarks=CANARY))
    entries = list(AuditEntry.objects.order_by("id"))
    assert [entry.verb for entry in entries] == ["signed consent", "withdrew consent"]
    assert CANARY not in str([entry.detail for entry in entries])


def test_the_database_keeps_what_was_signed(visit: Appointment) -> None:
    signed = sign(visit, now=NOW)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Consent.objects.filter(pk=signed.pk).update(signed_name="Somebody Else")
