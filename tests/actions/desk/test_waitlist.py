"""Putting somebody on the waiting list, and taking them off."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Patient, User
from booking.actions.desk.hands import SeenToAlready
from booking.actions.desk.records import merge
from booking.actions.desk.waitlist import Wanted, put_on_waitlist, take_off_waitlist
from booking.models import AuditEntry, WaitlistEntry
from booking.queries.waitlist import waiting
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient, make_user, make_wait

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def service() -> Service:
    return make_clinic()


@pytest.fixture
def tom() -> Patient:
    return make_patient(name="Tom Hale")


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


def wanted(service: Service, **fields: object) -> Wanted:
    defaults = {
        "practitioner": None, "location": None, "weekdays": (2, 0), "from_time": time(9), "until_time": None,
        "last_day": date(2026, 12, 12),
    }  # fmt: skip
    return Wanted(service=service, **defaults | fields)  # type: ignore[arg-type]


def test_what_they_want_is_kept(service: Service, tom: Patient, clerk: User) -> None:
    put_on_waitlist(patient_id=tom.pk, wanted=wanted(service), by=clerk, now=NOW)
    entry = WaitlistEntry.objects.get()
    assert (entry.patient, entry.service, entry.weekdays) == (tom, service, [0, 2])
    assert (entry.from_time, entry.until_time, entry.last_day) == (time(9), None, date(2026, 12, 12))


def test_who_wants_something_else_keeps_their_place(service: Service, tom: Patient, clerk: User) -> None:
    put_on_waitlist(patient_id=tom.pk, wanted=wanted(service), by=clerk, now=NOW)
    put_on_waitlist(patient_id=tom.pk, wanted=wanted(service, weekdays=(4,)), by=clerk, now=LATER)
    entry = WaitlistEntry.objects.get()
    assert (entry.weekdays, entry.added_at) == ([4], NOW)


def test_who_has_come_meanwhile_begins_to_wait_anew(service: Service, tom: Patient, clerk: User) -> None:
    make_wait(service=service, patient=tom, added_at=NOW - timedelta(days=20))
    make_appointment(service=service, starts_at=at(26, "10:00", month=11), status="completed", patient=tom)
    put_on_waitlist(patient_id=tom.pk, wanted=wanted(service), by=clerk, now=NOW)
    assert [entry.added_at for entry in waiting(now=NOW)] == [NOW]


def test_whose_last_day_is_over_begins_to_wait_anew(service: Service, tom: Patient, clerk: User) -> None:
    make_wait(service=service, patient=tom, added_at=NOW - timedelta(days=20), last_day=date(2026, 11, 20))
    put_on_waitlist(patient_id=tom.pk, wanted=wanted(service), by=clerk, now=NOW)
    assert [entry.added_at for entry in waiting(now=NOW)] == [NOW]


def test_both_are_written_down(service: Service, tom: Patient, clerk: User) -> None:
    entry = put_on_waitlist(patient_id=tom.pk, wanted=wanted(service), by=clerk, now=NOW)
    take_off_waitlist(entry_id=entry.pk, by=clerk, now=LATER)
    verbs = AuditEntry.objects.filter(patient_id=tom.pk, actor=clerk).order_by("id")
    assert list(verbs.values_list("verb", "at")) == [
        ("put on the waiting list", NOW),
        ("taken off the waiting list", LATER),
    ]


def test_nobody_is_taken_off_twice(service: Service, clerk: User) -> None:
    entry = make_wait(service=service)
    take_off_waitlist(entry_id=entry.pk, by=clerk, now=NOW)
    with pytest.raises(SeenToAlready):
        take_off_waitlist(entry_id=entry.pk, by=clerk, now=LATER)


def test_who_was_taken_off_can_wait_again_at_the_end(service: Service, tom: Patient, clerk: User) -> None:
    make_wait(service=service, patient=tom, taken_off_at=NOW)
    put_on_waitlist(patient_id=tom.pk, wanted=wanted(service), by=clerk, now=LATER)
    assert WaitlistEntry.objects.get(taken_off_at=None).added_at == LATER


@pytest.mark.parametrize(
    "fields",
    [{"weekdays": []}, {"from_time": time(10), "until_time": time(9)}],
    ids=["no day", "times the wrong way round"],
)
def test_the_database_refuses_what_nobody_can_want(service: Service, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_wait(service=service, **fields)


def test_the_database_lets_nobody_wait_twice_for_the_same(service: Service, tom: Patient) -> None:
    make_wait(service=service, patient=tom)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_wait(service=service, patient=tom)


def test_a_merged_record_takes_its_place_along(service: Service, tom: Patient, clerk: User) -> None:
    entry = make_wait(service=service)
    merge(kept_id=tom.pk, other_id=entry.patient.pk, by=clerk, now=NOW)
    entry.refresh_from_db()
    assert (entry.patient, entry.taken_off_at) == (tom, None)


def test_a_place_that_is_over_gives_way_to_one_that_is_not(
    service: Service, tom: Patient, clerk: User
) -> None:
    make_wait(service=service, patient=tom, added_at=NOW - timedelta(days=60), last_day=date(2026, 11, 1))
    other = make_wait(service=service)
    merge(kept_id=tom.pk, other_id=other.patient.pk, by=clerk, now=NOW)
    assert list(waiting(now=NOW)) == [other]
    assert waiting(now=NOW).get().patient == tom


def test_a_record_that_was_merged_meanwhile_is_followed(service: Service, tom: Patient, clerk: User) -> None:
    other = make_patient()
    merge(kept_id=tom.pk, other_id=other.pk, by=clerk, now=NOW)
    put_on_waitlist(patient_id=other.pk, wanted=wanted(service), by=clerk, now=NOW)
    assert WaitlistEntry.objects.get().patient == tom


@pytest.mark.parametrize("is_kept_first", [True, False])
def test_of_two_places_of_one_person_the_better_one_stands(
    service: Service, tom: Patient, clerk: User, is_kept_first: bool
) -> None:
    kept = make_wait(service=service, patient=tom, added_at=NOW if is_kept_first else LATER)
    other = make_wait(service=service, added_at=LATER if is_kept_first else NOW)
    merge(kept_id=tom.pk, other_id=other.patient.pk, by=clerk, now=LATER)
    standing = WaitlistEntry.objects.get(taken_off_at=None)
    assert (standing.pk, standing.patient) == ((kept if is_kept_first else other).pk, tom)
    assert WaitlistEntry.objects.filter(patient=tom).count() == 2
