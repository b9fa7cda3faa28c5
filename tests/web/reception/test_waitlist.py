"""/reception/patients/<id>/waiting-list/, and the list of times that somebody waits for."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Patient
from booking.models import Appointment, WaitlistEntry
from catalogue.models import Service
from tests.factories import (
    at,
    make_appointment,
    make_location,
    make_patient,
    make_practitioner,
    make_service,
    make_user,
    make_wait,
)
from tests.web.patient.scene import NAUGHTY
from tests.web.reception.desk import get, text


@pytest.fixture
def elena(db: None) -> Patient:
    return make_patient(name="Elena Marsh")


def form(patient: Patient) -> str:
    return reverse("reception:waitlist", args=[patient.pk])


def put(desk: Client, patient: Patient, of: Service, /, **changes: Any) -> HttpResponse:
    typed = {"service": of.slug, "weekdays": ["0", "3"], "last_day": "2026-12-12"}
    answer: Any = desk.post(form(patient), typed | changes, follow=True)
    return answer


def lists(desk: Client) -> str:
    return text(desk.get(reverse("reception:lists")))


def test_what_they_want_is_written_down(desk: Client, elena: Patient, service: Service) -> None:
    said = text(put(desk, elena, service, from_time="08:30", until_time="12:00", practitioner="maren"))
    entry = WaitlistEntry.objects.get()
    assert (entry.practitioner, entry.weekdays) == (service.practitioners.get(), [0, 3])
    assert (entry.from_time, entry.until_time, entry.last_day) == (time(8, 30), time(12), date(2026, 12, 12))
    assert "Elena Marsh is on the waiting list." in said
    assert "Follow-up with Maren" in said
    assert "Mon Thu, 8:30 to 12:00, until Saturday 12 December" in said


def test_the_form_begins_with_what_most_people_mean(desk: Client, elena: Patient, service: Service) -> None:
    shown = text(desk.get(form(elena)))
    assert f'value="{service.slug}" selected' in shown
    assert shown.count("checked") == 5
    assert 'value="2026-12-31"' in shown


def test_it_is_changed_where_it_was_written(desk: Client, elena: Patient, service: Service) -> None:
    entry = make_wait(service=service, patient=elena, weekdays=[2], until_time=time(11))
    shown = text(desk.get(form(elena), {"entry": str(entry.pk)}))
    assert shown.count("checked") == 1
    assert 'value="11:00"' in shown


def test_another_service_takes_the_place_of_what_was_written(
    desk: Client, elena: Patient, service: Service
) -> None:
    entry = make_wait(service=service, patient=elena)
    other = make_service(name="Rehabilitation", slug="rehabilitation")
    typed = {"service": other.slug, "weekdays": ["0"], "last_day": "2026-12-12"}
    desk.post(f"{form(elena)}?entry={entry.pk}", typed)
    assert [row.service for row in WaitlistEntry.objects.filter(taken_off_at=None)] == [other]


@pytest.mark.parametrize("entry", NAUGHTY)
def test_an_entry_that_is_none_is_no_matter(
    desk: Client, elena: Patient, service: Service, entry: str
) -> None:
    assert desk.get(form(elena), {"entry": entry}).status_code == 200


def test_an_entry_of_somebody_else_is_not_shown(desk: Client, elena: Patient, service: Service) -> None:
    entry = make_wait(service=service, weekdays=[2])
    assert text(desk.get(form(elena), {"entry": str(entry.pk)})).count("checked") == 5


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"weekdays": []}, "Tick at least one day."),
        ({"weekdays": ["9"]}, "Select a valid choice"),
        ({"last_day": "2026-12-02"}, "This is over already."),
        ({"last_day": "2028-12-02"}, "This is more than a year away."),
        ({"from_time": "10:00", "until_time": "10:30"}, "takes 45 minutes"),
        ({"from_time": "10:00", "until_time": "09:00"}, "takes 45 minutes"),
        ({"practitioner": "nobody"}, "Select a valid choice"),
        ({"from_time": "soon"}, "Enter a valid time."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    desk: Client, elena: Patient, service: Service, typed: dict[str, Any], said: str
) -> None:
    answer = put(desk, elena, service, **typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not WaitlistEntry.objects.exists()


@pytest.mark.parametrize("naughty", NAUGHTY)
@pytest.mark.parametrize("field", ["service", "practitioner", "weekdays", "from_time", "last_day"])
def test_naughty_input_is_never_an_error_of_ours(
    desk: Client, elena: Patient, service: Service, field: str, naughty: str
) -> None:
    assert put(desk, elena, service, **{field: naughty}).status_code in (200, 422)


def test_a_physio_who_does_not_give_it_is_refused(desk: Client, elena: Patient, service: Service) -> None:
    make_practitioner(slug="ruth", name="Ruth Adeyemi")
    assert "Ruth does not give “Follow-up”." in text(put(desk, elena, service, practitioner="ruth"))


def test_who_comes_by_then_does_not_wait(desk: Client, visit: Appointment, service: Service) -> None:
    assert visit.patient is not None
    shown = text(put(desk, visit.patient, service))
    assert "Tom Hale comes for this on Thursday 3 December." in shown
    assert not WaitlistEntry.objects.exists()


def test_a_clinic_with_several_places_asks_for_one(desk: Client, elena: Patient, service: Service) -> None:
    assert 'name="location"' not in text(desk.get(form(elena)))
    there = make_location(slug="hexley", name="Hexley")
    put(desk, elena, service, location="hexley")
    assert WaitlistEntry.objects.get().location == there


def test_a_time_that_fits_is_listed_with_who_to_ring(desk: Client, elena: Patient, service: Service) -> None:
    make_wait(service=service, patient=elena, weekdays=[4], from_time=time(10))
    shown = lists(desk)
    assert "A time they wait for" in shown
    assert "Fri 4 Dec, 10:00, Follow-up with Maren Holt is free" in shown
    assert "07700 900142" in shown


def test_booking_it_is_one_press_away_and_filled_in(desk: Client, elena: Patient, service: Service) -> None:
    make_wait(service=service, patient=elena, weekdays=[4], from_time=time(10))
    place = service.practitioners.get().working_hours.first().location.slug  # type: ignore[union-attr]
    asked = {"patient": str(elena.pk), "service": service.slug, "practitioner": "maren"}
    asked["location"] = place
    asked |= {"day": "2026-12-04", "time": "10:00"}
    address = "&amp;".join(f"{name}={value.replace(':', '%3A')}" for name, value in asked.items())
    assert f"/reception/book/?{address}" in lists(desk)
    panel = text(get(desk, "book", **asked))
    assert 'value="2026-12-04"' in panel
    assert 'value="10:00"' in panel


def test_a_later_visit_is_moved_to_it(desk: Client, elena: Patient, service: Service) -> None:
    later = make_appointment(service=service, starts_at=at(21, "10:00"), patient=elena)
    make_wait(service=service, patient=elena, weekdays=[4])
    shown = lists(desk)
    assert "Move their visit of Mon 21 Dec" in shown
    assert f"/reception/visits/{later.pk}/move/?practitioner=maren" in shown
    panel = text(get(desk, "move", later.pk, practitioner="maren", location=later.location.slug,
                     day="2026-12-04", time="09:00"))  # fmt: skip
    assert 'value="2026-12-04"' in panel
    assert 'value="09:00"' in panel


def test_who_waits_for_nothing_that_is_free_is_not_listed(
    desk: Client, elena: Patient, service: Service
) -> None:
    make_wait(service=service, patient=elena, weekdays=[6])
    assert "A time they wait for" not in lists(desk)


def test_taking_off_says_so_and_a_second_time_that_it_was_done(
    desk: Client, elena: Patient, service: Service
) -> None:
    entry = make_wait(service=service, patient=elena)
    off = reverse("reception:see-to", args=["off-the-waitlist", entry.pk])
    assert "Taken off the waiting list." in text(desk.post(off, follow=True))
    assert desk.post(off).status_code == 409
    assert "A time they wait for" not in lists(desk)


def test_pressed_on_the_record_it_leads_back_there(desk: Client, elena: Patient, service: Service) -> None:
    entry = make_wait(service=service, patient=elena)
    off = reverse("reception:see-to", args=["off-the-waitlist", entry.pk])
    record = reverse("reception:record", args=[elena.pk])
    assert desk.post(off, {"record": str(elena.pk)})["Location"] == record
    assert "Follow-up with anyone" not in text(desk.get(record))


@pytest.mark.parametrize("record", NAUGHTY)
def test_a_record_that_is_none_leads_back_to_the_lists(
    desk: Client, elena: Patient, service: Service, record: str
) -> None:
    off = reverse("reception:see-to", args=["off-the-waitlist", make_wait(service=service).pk])
    assert desk.post(off, {"record": record})["Location"] == reverse("reception:lists")


def test_the_booking_panel_leads_there_when_no_time_suits(
    desk: Client, elena: Patient, service: Service
) -> None:
    assert form(elena) in text(get(desk, "book", patient=str(elena.pk)))
    asked = {"patient": str(elena.pk).upper(), "practitioner": "nobody"}
    answer = desk.post(reverse("reception:book"), asked)
    assert answer.status_code == 422
    assert form(elena) in text(answer)


def test_the_page_of_lists_costs_the_same_for_one_and_for_thirty_who_wait(
    desk: Client, service: Service
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            lists(desk)
        return len(asked)

    make_wait(service=service)
    alone = cost()
    for _ in range(29):
        make_wait(service=service)
    assert cost() == alone


@pytest.mark.parametrize("role", ["patient", "physio"])
def test_patients_and_physios_are_refused(client: Client, elena: Patient, role: str) -> None:
    user = make_user(role=role)
    if role == "physio":
        make_practitioner(user=user)
    client.force_login(user)
    assert {client.get(form(elena)).status_code, client.post(form(elena)).status_code} == {403}
