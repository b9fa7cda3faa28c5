"""A held time becomes an appointment."""

from datetime import date, timedelta

import pytest

from accounts.models import Patient
from booking.actions.audit import Actor
from booking.actions.bookings import (
    BooksByTelephone,
    HoldGone,
    PaymentNotAllowed,
    PolicyNotAccepted,
    book,
    confirm_if_still_free,
)
from booking.actions.patients import PatientDetails
from booking.models import Appointment, AuditEntry, Message
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient, make_user

pytestmark = pytest.mark.django_db

ELENA = PatientDetails(
    name="Elena Marsh",
    email="elena@mail.example",
    phone="+447700900142",
    date_of_birth=date(1984, 8, 3),
)


def held(**service: object) -> Appointment:
    return make_appointment(service=make_clinic(**service), starts_at=at(10, "10:00"), status="held")


def give_details(appointment: Appointment, **changes: object) -> Appointment:
    defaults = {
        "appointment_id": appointment.pk,
        "patient": ELENA,
        "pays_at_clinic": True,
        "accepts_policy": True,
        "now": NOW,
        "by": Actor.patient(),
    }
    return book(**defaults | changes)


def nothing_was_written(appointment: Appointment) -> bool:
    appointment.refresh_from_db()
    return appointment.status == "held" and appointment.patient is None and not Message.objects.exists()


def test_paid_at_the_clinic_it_is_confirmed_at_once() -> None:
    visit = give_details(held())
    assert (visit.status, visit.confirmed_at, visit.hold_expires_at) == ("confirmed", NOW, None)


def test_a_visit_that_costs_nothing_is_confirmed_at_once() -> None:
    assert give_details(held(price_minor=0), pays_at_clinic=False).status == "confirmed"


def test_paid_online_it_waits_for_the_money() -> None:
    assert give_details(held(), pays_at_clinic=False).status == "held"


def test_while_it_waits_the_time_outlives_the_pay_page() -> None:
    visit = give_details(held(), pays_at_clinic=False)
    assert visit.hold_expires_at == NOW + timedelta(minutes=41)


def test_pressing_again_and_again_keeps_the_time_no_longer_than_two_hours() -> None:
    appointment = held()
    Appointment.objects.update(created_at=NOW, hold_expires_at=NOW + timedelta(minutes=118))
    visit = give_details(appointment, pays_at_clinic=False, now=NOW + timedelta(minutes=115))
    assert visit.hold_expires_at == NOW + timedelta(hours=2)


@pytest.mark.parametrize("pays_at_clinic", [True, False])
def test_a_time_that_has_begun_is_not_booked(pays_at_clinic: bool) -> None:
    appointment = held()
    Appointment.objects.update(hold_expires_at=appointment.starts_at + timedelta(minutes=5))
    with pytest.raises(HoldGone):
        give_details(appointment, pays_at_clinic=pays_at_clinic, now=appointment.starts_at)
    assert nothing_was_written(appointment)


def test_who_is_coming_is_written_down() -> None:
    visit = give_details(held())
    assert visit.patient is not None
    assert (visit.patient.name, visit.patient.email) == ("Elena Marsh", "elena@mail.example")


def test_the_moment_of_accepting_the_policy_is_kept() -> None:
    assert give_details(held()).policy_accepted_at == NOW


def test_nothing_is_booked_before_the_policy_is_accepted() -> None:
    appointment = held()
    with pytest.raises(PolicyNotAccepted):
        give_details(appointment, accepts_policy=False)
    assert nothing_was_written(appointment)


@pytest.mark.parametrize(("pays", "at_clinic"), [("online", True), ("at_clinic", False)])
def test_a_service_is_paid_only_in_its_own_way(pays: str, at_clinic: bool) -> None:
    appointment = held(pays=pays)
    with pytest.raises(PaymentNotAllowed):
        give_details(appointment, pays_at_clinic=at_clinic)
    assert nothing_was_written(appointment)


def test_a_hold_that_ran_out_cannot_be_booked() -> None:
    appointment = held()
    with pytest.raises(HoldGone):
        give_details(appointment, now=NOW + timedelta(minutes=10))
    assert nothing_was_written(appointment)


def test_a_visit_is_booked_only_once() -> None:
    appointment = held()
    give_details(appointment)
    with pytest.raises(HoldGone):
        give_details(appointment)


def test_a_confirmation_and_both_reminders_are_planned() -> None:
    visit = give_details(held())
    planned = visit.messages.values_list("occasion", "due_at")
    assert set(planned) == {
        ("confirmed", NOW),
        ("reminder", visit.starts_at - timedelta(hours=72)),
        ("reminder", visit.starts_at - timedelta(hours=26)),
    }


def test_a_reminder_that_would_have_been_due_already_is_left_out() -> None:
    appointment = make_appointment(service=make_clinic(), starts_at=at(2, "10:00"), status="held")
    visit = give_details(appointment)
    assert list(visit.messages.filter(occasion="reminder").values_list("offset_hours", flat=True)) == [26]


def test_the_same_person_booking_again_is_one_patient() -> None:
    first, second = give_details(held()), give_details(held())
    assert first.patient == second.patient


def test_a_child_with_a_parents_address_is_another_patient() -> None:
    mother = give_details(held()).patient
    child = PatientDetails(
        name="Ada Marsh", email=ELENA.email, phone=ELENA.phone, date_of_birth=date(2015, 1, 1)
    )
    assert give_details(held(), patient=child).patient != mother


def test_a_guest_changes_nothing_in_an_existing_record() -> None:
    known = make_patient(
        name=ELENA.name, email=ELENA.email, date_of_birth=ELENA.date_of_birth, phone="+447700900999"
    )
    give_details(held())
    known.refresh_from_db()
    assert known.phone == "+447700900999"


def test_somebody_signed_in_with_that_address_holds_the_record_at_once() -> None:
    user = make_user(email=ELENA.email)
    patient = give_details(held(), holder=user).patient
    assert patient is not None
    assert (patient.holder, patient.email_proved_at) == (user, NOW)


def test_somebody_signed_in_with_another_address_must_prove_this_one() -> None:
    patient = give_details(held(), holder=make_user()).patient
    assert patient is not None
    assert patient.holder is None


def test_booking_is_written_down() -> None:
    visit = give_details(held())
    assert AuditEntry.objects.filter(appointment_id=visit.pk, verb="confirmed").exists()


def test_late_money_takes_a_time_that_is_still_free() -> None:
    visit = give_details(held(), pays_at_clinic=False)
    Appointment.objects.filter(pk=visit.pk).update(status="lapsed")
    visit.refresh_from_db()
    assert confirm_if_still_free(appointment=visit, now=NOW + timedelta(hours=1), by=Actor.supplier())
    assert visit.status == "confirmed"


def test_late_money_does_not_take_a_time_that_somebody_else_has() -> None:
    visit = give_details(held(), pays_at_clinic=False)
    Appointment.objects.filter(pk=visit.pk).update(status="lapsed")
    make_appointment(service=visit.service, starts_at=visit.starts_at)
    visit.refresh_from_db()
    assert not confirm_if_still_free(appointment=visit, now=NOW + timedelta(hours=1), by=Actor.supplier())
    assert visit.status == "lapsed"
    assert not visit.messages.exists()


def test_late_money_does_not_book_a_visit_that_has_begun() -> None:
    visit = give_details(held(), pays_at_clinic=False)
    Appointment.objects.filter(pk=visit.pk).update(status="lapsed")
    visit.refresh_from_db()
    assert not confirm_if_still_free(appointment=visit, now=visit.starts_at, by=Actor.supplier())


# --- Booked by telephone only ----------------------------------------------------------------------------


def blocked(**changes: object) -> Patient:
    record = {"name": "Elena Marsh", "email": ELENA.email, "phone": ELENA.phone, "online_blocked": True}
    return make_patient(**record | changes)


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"name": "E. Marsh"},
        {"name": "Helen", "email": "other@mail.example"},
        {"name": "Helen", "phone": "+447700900111"},
        {"name": "Helen", "email": "ELENA@mail.example", "phone": ""},
    ],
)
def test_somebody_who_books_by_telephone_does_not_book_online(known: dict[str, str]) -> None:
    blocked(**known)
    appointment = held()
    with pytest.raises(BooksByTelephone):
        give_details(appointment)
    assert nothing_was_written(appointment)


def test_the_refusal_leaves_no_new_record_behind() -> None:
    blocked(name="E. Marsh")
    with pytest.raises(BooksByTelephone):
        give_details(held())
    assert Patient.objects.count() == 1


def test_somebody_else_of_the_family_still_books_online() -> None:
    blocked(name="Ada Marsh", date_of_birth=date(2015, 2, 1))
    assert give_details(held()).status == "confirmed"


def test_a_stranger_born_on_the_same_day_still_books_online() -> None:
    blocked(name="Elena Marsh", email="other@mail.example", phone="+447700900111")
    assert give_details(held()).status == "confirmed"


def test_a_record_allowed_again_after_a_merge_is_not_kept_out_by_the_old_one() -> None:
    kept = make_patient(name="Elena Marsh", email=ELENA.email, phone=ELENA.phone)
    blocked(merged_into=kept)
    assert give_details(held()).status == "confirmed"


def test_the_desk_books_for_them() -> None:
    blocked()
    assert give_details(held(), by=Actor.staff(make_user(role="reception"))).status == "confirmed"
