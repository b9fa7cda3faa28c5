"""A patient's record, as the desk keeps it."""

from datetime import date
from typing import Any

import pytest

from accounts.models import Patient, User
from booking.actions.desk.records import (
    SamePatient,
    add_patient,
    block_online,
    change_contact,
    merge,
    set_alert,
)
from booking.actions.patients import PatientDetails
from booking.models import Appointment, AuditEntry, Message
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient, make_user

pytestmark = pytest.mark.django_db

ADA = PatientDetails(
    name="Ada Penrose", email="ada@mail.example", phone="+447700900111", date_of_birth=date(1970, 1, 1)
)


ALL = ("name", "email", "phone", "date_of_birth")


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


def merged(kept: Patient, other: Patient, clerk: User) -> Patient:
    return merge(kept_id=kept.pk, other_id=other.pk, by=clerk, now=NOW)


def test_a_new_caller_is_written_down(clerk: User) -> None:
    patient = add_patient(details=ADA, by=clerk, now=NOW)
    assert (patient.name, patient.search_name, patient.created_at) == ("Ada Penrose", "ada penrose", NOW)


def test_another_address_must_be_proved_again(clerk: User) -> None:
    patient = make_patient(holder=make_user(), email_proved_at=NOW)
    after = change_contact(patient_id=patient.pk, details=ADA, changed=ALL, by=clerk, now=NOW)
    assert (after.email, after.holder, after.email_proved_at) == ("ada@mail.example", None, None)


def test_another_telephone_leaves_the_address_proved(clerk: User) -> None:
    patient = make_patient(email="ada@mail.example", holder=make_user(), email_proved_at=NOW)
    assert (
        change_contact(patient_id=patient.pk, details=ADA, changed=ALL, by=clerk, now=NOW).holder is not None
    )


def test_an_address_in_other_letters_is_the_same_address(clerk: User) -> None:
    patient = make_patient(email="Ada@Mail.example", holder=make_user(), email_proved_at=NOW)
    assert (
        change_contact(patient_id=patient.pk, details=ADA, changed=ALL, by=clerk, now=NOW).holder is not None
    )


def test_which_fields_changed_is_written_down_but_not_what_they_say(clerk: User) -> None:
    patient = make_patient(name=ADA.name, email=ADA.email, date_of_birth=ADA.date_of_birth)
    change_contact(patient_id=patient.pk, details=ADA, changed=ALL, by=clerk, now=NOW)
    assert AuditEntry.objects.get().detail == {"fields": ["phone"]}


def test_what_a_colleague_corrected_meanwhile_is_left_as_they_wrote_it(clerk: User) -> None:
    patient = make_patient(phone="+447700900999")
    after = change_contact(patient_id=patient.pk, details=ADA, changed=["email"], by=clerk, now=NOW)
    assert (after.email, after.phone) == (ADA.email, "+447700900999")
    assert AuditEntry.objects.get().detail == {"fields": ["email"]}


def due(visit: Appointment) -> list[str]:
    return list(visit.messages.filter(state="due").order_by("due_at").values_list("occasion", flat=True))


def booked(patient: Patient, **fields: Any) -> Appointment:
    return make_appointment(service=make_clinic(), patient=patient, **{"starts_at": at(10, "10:00")} | fields)


def test_with_a_first_address_visits_to_come_are_confirmed_and_remembered(clerk: User) -> None:
    patient = make_patient(email="")
    visit = booked(patient)
    over = booked(patient, status="completed", starts_at=at(27, "10:00", month=11))
    change_contact(patient_id=patient.pk, details=ADA, changed=ALL, by=clerk, now=NOW)
    assert (due(visit), due(over)) == (["confirmed", "reminder", "reminder"], [])


def test_with_another_address_nothing_is_confirmed_again(clerk: User) -> None:
    visit = booked(make_patient(email="old@mail.example"))
    assert visit.patient_id is not None
    change_contact(patient_id=visit.patient_id, details=ADA, changed=ALL, by=clerk, now=NOW)
    assert due(visit) == []


def test_an_address_taken_away_and_written_down_again_confirms_nothing_twice(clerk: User) -> None:
    visit = booked(make_patient(email=""))
    assert visit.patient is not None
    Message.objects.create(
        appointment=visit, patient=visit.patient, occasion="confirmed", state="sent", due_at=NOW
    )
    Appointment.objects.update(sequence=1)
    change_contact(patient_id=visit.patient.pk, details=ADA, changed=ALL, by=clerk, now=NOW)
    assert due(visit) == ["reminder", "reminder"]


@pytest.mark.parametrize("kept_has", [True, False])
def test_merged_the_visits_of_the_record_without_an_address_are_confirmed(
    clerk: User, kept_has: bool
) -> None:
    reached, unreached = make_patient(email="ada@mail.example"), make_patient(email="")
    known, unknown = booked(reached), booked(unreached)
    merged(reached if kept_has else unreached, unreached if kept_has else reached, clerk)
    assert (due(known), due(unknown)) == ([], ["confirmed", "reminder", "reminder"])


def test_visits_and_messages_of_both_are_in_the_kept_record(clerk: User) -> None:
    kept, other = make_patient(), make_patient()
    visit = make_appointment(service=make_clinic(), starts_at=at(3, "10:00"), patient=other)
    Message.objects.create(appointment=visit, patient=other, occasion="confirmed", due_at=NOW)
    merged(kept, other, clerk)
    assert (kept.appointments.count(), kept.messages.count(), other.appointments.count()) == (1, 1, 0)


def test_what_the_kept_record_lacks_it_takes_from_the_other(clerk: User) -> None:
    kept = make_patient(phone="", email="")
    other = make_patient(phone="+447700900111", email="ada@mail.example", holder=make_user())
    after = merged(kept, other, clerk)
    assert (after.phone, after.email, after.holder) == (other.phone, other.email, other.holder)


def test_alerts_of_both_are_kept(clerk: User) -> None:
    after = merged(make_patient(alert="Latex allergy"), make_patient(alert="Hard of hearing"), clerk)
    assert after.alert == "Latex allergy\nHard of hearing"


def test_the_other_record_points_on(clerk: User) -> None:
    kept, other = make_patient(), make_patient()
    merged(kept, other, clerk)
    other.refresh_from_db()
    assert other.merged_into == kept


def test_a_record_merged_long_ago_follows_to_the_last(clerk: User) -> None:
    first, second, third = make_patient(), make_patient(), make_patient()
    merged(second, first, clerk)
    merged(third, second, clerk)
    first.refresh_from_db()
    assert first.merged_into == third


def test_a_record_is_not_merged_into_itself_or_twice(clerk: User) -> None:
    kept, other = make_patient(), make_patient()
    with pytest.raises(SamePatient):
        merged(kept, kept, clerk)
    merged(kept, other, clerk)
    with pytest.raises(SamePatient):
        merged(kept, other, clerk)


def test_an_alert_is_set_and_taken_away(clerk: User) -> None:
    patient = make_patient()
    set_alert(patient_id=patient.pk, alert=" Latex allergy ", by=clerk, now=NOW)
    patient.refresh_from_db()
    assert patient.alert == "Latex allergy"


def test_blocking_online_booking_is_written_down(clerk: User) -> None:
    patient = make_patient()
    block_online(patient_id=patient.pk, blocked=True, by=clerk, now=NOW)
    patient.refresh_from_db()
    assert patient.online_blocked
    assert AuditEntry.objects.get().verb == "blocked online booking"


def test_a_proved_address_wins_over_one_that_is_not_and_keeps_its_own_proof(clerk: User) -> None:
    kept = make_patient(email="wrong@mail.example")
    other = make_patient(email="right@mail.example", email_proved_at=NOW, holder=make_user())
    after = merged(kept, other, clerk)
    assert (after.email, after.email_proved_at, after.holder) == ("right@mail.example", NOW, other.holder)


def test_the_proof_of_one_address_proves_no_other(clerk: User) -> None:
    kept = make_patient(email="ours@mail.example", email_proved_at=NOW)
    other = make_patient(email="theirs@mail.example", email_proved_at=NOW, holder=make_user())
    after = merged(kept, other, clerk)
    assert (after.email, after.holder) == ("ours@mail.example", None)


def test_the_address_that_is_not_used_stays_on_the_other_record(clerk: User) -> None:
    other = make_patient(email="right@mail.example", email_proved_at=NOW)
    merged(make_patient(email="wrong@mail.example"), other, clerk)
    other.refresh_from_db()
    assert other.email == "wrong@mail.example"
