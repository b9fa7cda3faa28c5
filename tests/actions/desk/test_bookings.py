"""What reception books, on the telephone or across the counter."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import Patient, User
from booking.actions.desk.bookings import Clashes, book_at_desk, start_now
from booking.models import Appointment, AuditEntry, Closure, Leave, Location
from booking.queries.clashes import Kind
from catalogue.models import Service
from tests.factories import (
    NOW,
    at,
    make_appointment,
    make_clinic,
    make_credential,
    make_patient,
    make_practitioner,
    make_user,
)

pytestmark = pytest.mark.django_db

TEN = at(3, "10:00")


@pytest.fixture
def service() -> Service:
    return make_clinic(turnaround_minutes=10)


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


def book(service: Service, clerk: User, starts_at: datetime = TEN, **changes: object) -> Appointment:
    defaults = {
        "service": service,
        "patient": make_patient(),
        "practitioner": service.practitioners.order_by("pk").first(),
        "location": Location.objects.filter(working_hours__practitioner__services=service).distinct().get(),
        "starts_at": starts_at,
        "by": clerk,
        "now": NOW,
    }
    return book_at_desk(**defaults | changes)


def refused(service: Service, clerk: User, **changes: object) -> list[Kind]:
    with pytest.raises(Clashes) as refusal:
        book(service, clerk, **changes)
    return [clash.kind for clash in refusal.value.clashes]


def test_a_caller_is_booked_at_once(service: Service, clerk: User) -> None:
    visit = book(service, clerk)
    assert (visit.status, visit.source, visit.starts_at) == ("confirmed", "desk", TEN)


def test_a_room_is_found_for_them(service: Service, clerk: User) -> None:
    assert book(service, clerk).room == Location.objects.get().rooms.get()


def test_they_are_sent_a_confirmation(service: Service, clerk: User) -> None:
    assert book(service, clerk).messages.filter(occasion="confirmed", due_at=NOW).exists()


def test_somebody_without_an_address_is_booked_all_the_same(service: Service, clerk: User) -> None:
    visit = book(service, clerk, patient=make_patient(email=""))
    assert (visit.status, visit.messages.count()) == ("confirmed", 0)


def test_reception_books_off_the_grid_and_without_notice(service: Service, clerk: User) -> None:
    soon = at(30, "9:05", month=11)
    assert book(service, clerk, starts_at=soon, now=soon).starts_at == soon


def test_a_walk_in_starts_in_the_five_minutes_that_are_running() -> None:
    assert start_now(at(3, "10:03") + timedelta(seconds=59)) == TEN


def test_a_busy_physio_is_refused_by_name_and_time(service: Service, clerk: User) -> None:
    there = make_appointment(service=service, starts_at=TEN, patient=make_patient(name="Tom Hale"))
    with pytest.raises(Clashes) as refusal:
        book(service, clerk)
    busy = refusal.value.clashes[0]
    assert (busy.kind, busy.name, busy.until) == (Kind.BUSY, "Tom Hale", there.occupied_until)


def test_a_physio_on_leave_is_refused(service: Service, clerk: User) -> None:
    Leave.objects.create(practitioner=service.practitioners.get(), starts_at=TEN, ends_at=at(3, "12:00"))
    assert refused(service, clerk) == [Kind.AWAY]


def test_a_closed_day_is_refused(service: Service, clerk: User) -> None:
    Closure.objects.create(first_day=TEN.date(), last_day=TEN.date(), name="Burst pipe")
    assert refused(service, clerk) == [Kind.CLOSED]


def test_a_physio_who_does_not_work_then_is_refused(service: Service, clerk: User) -> None:
    assert refused(service, clerk, starts_at=at(3, "18:00")) == [Kind.NOT_WORKING]


def test_a_full_house_is_refused(clerk: User) -> None:
    service = make_clinic(practitioners=2, rooms=1)
    first, second = service.practitioners.order_by("pk")
    make_appointment(service=service, practitioner=first, starts_at=TEN)
    assert refused(service, clerk, practitioner=second) == [Kind.NO_ROOM]


def test_with_a_reason_it_is_overbooked_on_purpose(service: Service, clerk: User) -> None:
    make_appointment(service=service, starts_at=TEN)
    visit = book(service, clerk, overbook_reason="Acute back, ten minutes will do")
    assert (visit.overbooked_by, visit.overbook_reason) == (clerk, "Acute back, ten minutes will do")


def test_who_overbooked_and_why_is_written_down(service: Service, clerk: User) -> None:
    make_appointment(service=service, starts_at=TEN)
    visit = book(service, clerk, overbook_reason="Acute back")
    entry = AuditEntry.objects.get(appointment_id=visit.pk, verb="overbooked")
    assert (entry.actor, entry.detail) == (clerk, {"reason": "Acute back"})


def test_blanks_are_not_a_reason(service: Service, clerk: User) -> None:
    make_appointment(service=service, starts_at=TEN)
    assert Kind.BUSY in refused(service, clerk, overbook_reason="   ")


def test_a_reason_given_for_a_free_time_leaves_no_mark(service: Service, clerk: User) -> None:
    assert book(service, clerk, overbook_reason="Just in case").overbooked_by is None


def test_no_reason_lets_a_physio_give_what_they_do_not_give(service: Service, clerk: User) -> None:
    stranger = make_practitioner()
    assert refused(service, clerk, practitioner=stranger, overbook_reason="Please") == [Kind.NOT_OFFERED]


def test_no_reason_stands_in_for_a_credential(clerk: User) -> None:
    service = make_clinic(required_credential="dry-needling")
    service.practitioners.get().credentials.create(
        technique="dry-needling",
        issued_by="A college",
        valid_from=date(2020, 1, 1),
        valid_until=date(2026, 12, 2),
    )
    assert refused(service, clerk, overbook_reason="Please") == [Kind.NO_CREDENTIAL]
    assert book(service, clerk, starts_at=at(2, "10:00")).status == "confirmed"


def test_no_reason_stands_in_for_the_part_of_the_body(clerk: User) -> None:
    service = make_clinic(required_credential="dry-needling", required_region="head-jaw")
    make_credential(practitioner=service.practitioners.get(), region="low-back")
    assert refused(service, clerk, overbook_reason="Please") == [Kind.NO_CREDENTIAL]


def test_somebody_whose_record_was_merged_meanwhile_is_booked_in_the_one_that_is_kept(
    service: Service, clerk: User
) -> None:
    kept, other = make_patient(), make_patient()
    Patient.objects.filter(pk=other.pk).update(merged_into=kept)
    visit = book_at_desk(
        service=service,
        patient=other,
        practitioner=service.practitioners.get(),
        location=Location.objects.get(),
        starts_at=at(3, "16:00"),
        by=clerk,
        now=NOW,
    )
    assert visit.patient == kept


def test_looking_at_a_place_costs_the_same_however_full_the_day(
    service: Service, clerk: User, django_assert_num_queries: object
) -> None:
    from booking.queries.clashes import spot_for

    def look() -> None:
        spot_for(
            service=service,
            practitioner=service.practitioners.get(),
            location=Location.objects.get(),
            starts_at=at(3, "16:00"),
            now=NOW,
        )

    with django_assert_num_queries(9):
        look()
    for hour in range(9, 15):
        make_appointment(service=service, starts_at=at(3, f"{hour:02}:00"))
    with django_assert_num_queries(9):
        look()


def test_nobody_is_booked_into_two_places_at_once_by_mistake(clerk: User) -> None:
    patient, service, elsewhere = make_patient(), make_clinic(), make_clinic()
    book(service, clerk, patient=patient)
    found = refused(elsewhere, clerk, starts_at=at(3, "9:30"), patient=patient)
    assert found == [Kind.PATIENT_BUSY]


def test_a_visit_right_after_another_is_no_clash(clerk: User) -> None:
    patient, service, elsewhere = make_patient(), make_clinic(), make_clinic()
    book(service, clerk, patient=patient)
    assert book(elsewhere, clerk, at(3, "10:45"), patient=patient).status == "confirmed"


def test_a_day_that_is_over_wants_a_reason(service: Service, clerk: User) -> None:
    yesterday = at(27, "10:00", month=11)
    assert refused(service, clerk, starts_at=yesterday) == [Kind.PAST]
    assert book(service, clerk, yesterday, overbook_reason="Written down later").status == "confirmed"


def test_overbooking_that_is_sent_twice_books_once(service: Service, clerk: User) -> None:
    make_appointment(service=service, starts_at=TEN)
    tom = make_patient(name="Tom Hale")
    book(service, clerk, patient=tom, overbook_reason="Acute back")
    assert Kind.BOOKED_ALREADY in refused(service, clerk, patient=tom, overbook_reason="Acute back")
    assert Appointment.objects.filter(patient=tom).count() == 1


def test_a_hold_whose_time_is_up_stands_in_nobodys_way(service: Service, clerk: User) -> None:
    held = make_appointment(service=service, starts_at=TEN, status="held", hold_expires_at=NOW, patient=None)
    assert book(service, clerk).starts_at == TEN
    held.refresh_from_db()
    assert held.status == "lapsed"


def test_a_visit_that_would_outlast_the_day_is_overbooked_on_purpose_or_not_at_all(
    service: Service, clerk: User
) -> None:
    late = at(3, "16:30")  # of 45 minutes, where hours end at five
    assert refused(service, clerk, starts_at=late) == [Kind.NOT_WORKING]
    assert book(service, clerk, starts_at=late, overbook_reason="Stays on").overbook_reason == "Stays on"


def test_a_visit_may_end_with_the_day(service: Service, clerk: User) -> None:
    assert book(service, clerk, starts_at=at(3, "16:15")).overbooked_by is None
