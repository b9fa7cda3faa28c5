"""/physio/: the day of one physio."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Practitioner
from booking.actions.audit import Actor
from booking.actions.cancellations import cancel
from booking.actions.desk.day import check_in
from booking.actions.desk.moves import move_at_desk
from booking.actions.leave_requests import ask, grant, refuse
from booking.models import Appointment, AuditEntry, Consent, Leave, Screening, VisitRecord
from catalogue.models import Service
from tests.factories import (
    NOW,
    at,
    make_appointment,
    make_consent_text,
    make_needling,
    make_patient,
    make_practitioner,
    make_screening_form,
    make_user,
)
from tests.web.physio.conftest import MORNING

Clock = Callable[[datetime], None]


def look(client: Client, address: str = "/physio/", **asked: Any) -> HttpResponse:
    answer: Any = client.get(address, asked)
    return answer


def shown(client: Client, **asked: Any) -> str:
    answer = look(client, **asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def block(html: str) -> str:
    """What stands on the dark block, on one line."""
    (found,) = re.findall(r'<section class="o-block p-next".*?</section>', html, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def ask_again(html: str) -> str:
    """Where the open page asks for itself."""
    (address,) = re.findall(r'hx-get="([^"]+)"', html)
    return address


def set_patient(visit: Appointment, **fields: Any) -> None:
    assert visit.patient is not None
    for name, value in fields.items():
        setattr(visit.patient, name, value)
    visit.patient.save()


def record(visit: Appointment, note: str, **fields: Any) -> VisitRecord:
    return VisitRecord.objects.create(
        **{
            "appointment": visit,
            "practitioner": visit.practitioner,
            "note": note,
            "written_at": NOW,
            "signed_at": NOW,
        }
        | fields
    )


def test_the_next_patient_stands_on_top(physio: Client, visit: Appointment) -> None:
    text = block(shown(physio))
    assert "Tom Hale" in text
    assert "10:00 to 10:45" in text
    assert visit.room is not None
    assert visit.room.name in text


def test_since_when_and_how_long_somebody_waits_is_said(
    physio: Client, visit: Appointment, clock: Clock
) -> None:
    check_in(appointment_id=visit.pk, by=Actor.system(), now=at(3, "9:51"))
    clock(at(3, "9:59"))
    assert "Here since 9:51, 8 min" in block(shown(physio))


def test_whoever_is_here_comes_before_whoever_is_expected_earlier(
    physio: Client, visit: Appointment, service: Service
) -> None:
    later = make_appointment(service=service, starts_at=at(3, "11:00"), patient=make_patient(name="Ada Lind"))
    check_in(appointment_id=later.pk, by=Actor.system(), now=MORNING)
    assert "Ada Lind" in block(shown(physio))


def test_a_first_visit_is_called_so(physio: Client, visit: Appointment) -> None:
    assert "First visit" in block(shown(physio))


def test_whoever_was_here_before_comes_again(physio: Client, visit: Appointment, service: Service) -> None:
    make_appointment(service=service, starts_at=at(1, "10:00"), patient=visit.patient, status="completed")
    assert "Follow-up" in block(shown(physio))


def test_alert_and_note_are_read_before_the_door_opens(physio: Client, visit: Appointment) -> None:
    set_patient(visit, alert="Latex allergy.")
    Appointment.objects.update(patient_note="Left shoulder, since June.")
    text = block(shown(physio))
    assert "Alert: Latex allergy." in text
    assert "They wrote: Left shoulder, since June." in text


def test_a_service_that_asks_nothing_shows_no_screening_and_no_consent(
    physio: Client, visit: Appointment
) -> None:
    text = block(shown(physio))
    assert "screening" not in text
    assert "Consent" not in text


def test_where_nobody_was_asked_it_says_so(physio: Client, visit: Appointment) -> None:
    needling = make_needling()
    visit.service.treatments.add(needling)
    make_screening_form(treatment=needling)
    assert "Not asked: screening is missing" in block(shown(physio))


def test_the_colour_of_the_screening_is_shown(physio: Client, visit: Appointment) -> None:
    form = make_screening_form(treatment=make_needling())
    visit.screening = Screening.objects.create(
        form=form,
        patient=visit.patient,
        answers={"pregnant": "yes"},
        colour="amber",
        advice="longer_visit",
        answered_at=NOW,
        expires_at=NOW + timedelta(days=90),
    )
    visit.save()
    assert "Check first: Book a longer visit" in block(shown(physio))


def test_answers_that_have_run_out_are_asked_again(physio: Client, visit: Appointment) -> None:
    needling = make_needling()
    visit.service.treatments.add(needling)
    visit.screening = Screening.objects.create(
        form=make_screening_form(treatment=needling),
        patient=visit.patient,
        answers={},
        colour="green",
        answered_at=NOW - timedelta(days=91),
        expires_at=NOW - timedelta(days=1),
    )
    visit.save()
    text = block(shown(physio))
    assert "Ask again: the answers are too old" in text
    assert "Clear" not in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Consent: read, not signed"),
        ({"signed_at": NOW, "signed_name": "Tom Hale"}, "Consent: signed"),
        (
            {
                "signed_at": NOW,
                "signed_name": "Tom Hale",
                "withdrawn_at": NOW,
                "withdrawn_by": "patient",
            },
            "Consent: taken back",
        ),
    ],
    ids=["read", "signed", "withdrawn"],
)
def test_how_consent_stands_is_said(
    physio: Client, visit: Appointment, fields: dict[str, Any], said: str
) -> None:
    needling = make_needling()
    visit.service.treatments.add(needling)
    text = make_consent_text(treatment=needling)
    room = {"appointment": visit, "practitioner": visit.practitioner} if "signed_at" in fields else {}
    Consent.objects.create(patient=visit.patient, text=text, opened_at=NOW, **room, **fields)
    assert said in block(shown(physio))


def test_the_last_note_is_remembered(physio: Client, visit: Appointment, service: Service) -> None:
    before = make_appointment(
        service=service, starts_at=at(1, "10:00"), patient=visit.patient, status="completed"
    )
    record(before, "Upper trapezius, sore for a day.")
    assert "Last time, Tue 1 Dec: Upper trapezius, sore for a day." in block(shown(physio))


def test_a_note_that_is_not_signed_is_nobodys_yet(
    physio: Client, visit: Appointment, service: Service
) -> None:
    before = make_appointment(
        service=service, starts_at=at(1, "10:00"), patient=visit.patient, status="completed"
    )
    record(before, "Half a sentence", signed_at=None)
    assert "Half a sentence" not in shown(physio)


def test_reading_the_last_note_here_is_noted_once_a_day(
    physio: Client, visit: Appointment, service: Service
) -> None:
    before = make_appointment(
        service=service, starts_at=at(1, "10:00"), patient=visit.patient, status="completed"
    )
    record(before, "Upper trapezius.")
    look(physio)
    look(physio)
    assert AuditEntry.objects.filter(verb="opened record", patient_id=visit.patient_id).count() == 1


def test_gaps_and_leave_stand_in_the_day(physio: Client, visit: Appointment, service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "11:30"))
    Leave.objects.create(
        practitioner=visit.practitioner, starts_at=at(3, "14:00"), ends_at=at(3, "17:00"), reason="Course"
    )
    html = shown(physio)
    assert "45 minutes free" in html
    assert "Leave, Course, until 17:00" in html


def test_what_is_done_is_quiet(physio: Client, visit: Appointment) -> None:
    Appointment.objects.update(status="completed")
    html = shown(physio)
    assert "is-over" in html
    assert "Everybody has been seen" in html


def test_when_everybody_has_been_seen_the_missing_notes_come_first(
    physio: Client, visit: Appointment
) -> None:
    Appointment.objects.update(status="completed")
    html = shown(physio)
    assert "1 note is missing." in html
    assert f'href="/physio/visits/{visit.pk}/record/">Record Tom Hale, 10:00</a>' in html
    record(visit, "Upper trapezius.")
    assert "note is missing" not in shown(physio)


def test_cancelled_visits_are_gone(physio: Client, visit: Appointment) -> None:
    Appointment.objects.update(status="cancelled")
    assert "Tom Hale" not in shown(physio)


def test_visits_of_colleagues_are_not_shown(physio: Client, visit: Appointment) -> None:
    other = make_practitioner()
    Appointment.objects.update(practitioner=other)
    assert "Tom Hale" not in shown(physio)


def test_an_empty_day_says_who_comes_next(physio: Client, visit: Appointment, clock: Clock) -> None:
    clock(at(2, "9:00"))
    html = shown(physio)
    assert "Nobody is booked with you today" in html
    assert "Then, tomorrow" in html
    assert "Tom Hale" in html


def test_another_day_can_be_looked_at(physio: Client, visit: Appointment, clock: Clock) -> None:
    clock(at(2, "9:00"))
    html = shown(physio, day="2026-12-03")
    assert "Tom Hale" in block(html)
    assert "Start with Tom" not in html


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "9999-01-01", "\x00"])
def test_what_is_no_day_is_a_bad_request(physio: Client, day: str) -> None:
    assert look(physio, day=day).status_code == 400


@pytest.mark.parametrize("since", ["x", "9" * 300, "-1", "\x00"])
def test_what_is_no_number_draws_the_page_afresh(physio: Client, since: str) -> None:
    assert look(physio, since=since).status_code == 200


def test_as_long_as_nothing_changes_the_open_page_gets_nothing(physio: Client, visit: Appointment) -> None:
    again = ask_again(shown(physio))
    assert look(physio, again).status_code == 204


def test_a_colleagues_change_is_no_change_of_mine(
    physio: Client, visit: Appointment, service: Service
) -> None:
    again = ask_again(shown(physio))
    theirs = make_appointment(
        service=service,
        starts_at=at(3, "12:00"),
        practitioner=make_practitioner(),
        location=visit.location,
    )
    cancel(appointment_id=theirs.pk, by=Actor.patient(), now=MORNING)
    assert look(physio, again).status_code == 204


def test_a_cancellation_is_told_on_the_open_page(physio: Client, visit: Appointment, clock: Clock) -> None:
    again = ask_again(shown(physio))
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=MORNING)
    clock(MORNING + timedelta(minutes=2))
    html = look(physio, again).content.decode()
    assert "10:00 Tom H. cancelled, 2 min ago" in html
    assert "<html" not in html


def test_a_visit_that_went_to_a_colleague_is_told(physio: Client, visit: Appointment) -> None:
    again = ask_again(shown(physio))
    other = make_practitioner(name="Ruth Adeyemi")
    other.services.add(visit.service)
    from tests.factories import make_weekly_hours

    make_weekly_hours(practitioner=other, location=visit.location)
    move_at_desk(
        appointment_id=visit.pk,
        practitioner=other,
        location=visit.location,
        starts_at=visit.starts_at,
        seen_sequence=0,
        by=make_user(role="reception"),
        now=MORNING,
    )
    assert "10:00 Tom H. is with Ruth Adeyemi now, just now" in look(physio, again).content.decode()


def test_what_i_did_myself_is_no_news_to_me(physio: Client, maren: Practitioner, visit: Appointment) -> None:
    again = ask_again(shown(physio))
    assert maren.user is not None
    check_in(appointment_id=visit.pk, by=Actor.staff(maren.user), now=MORNING)
    html = look(physio, again).content.decode()
    assert "Here now" in html
    assert "p-changed" not in html


def test_the_answer_to_a_request_for_leave_is_told_for_a_week(
    physio: Client, maren: Practitioner, clock: Clock
) -> None:
    assert maren.user is not None
    asked = {"practitioner": maren, "reason": "", "by": maren.user, "now": NOW}
    one = ask(starts_at=at(20, "0:00"), ends_at=at(21, "0:00"), **asked)
    two = ask(starts_at=at(22, "0:00"), ends_at=at(23, "0:00"), **asked)
    grant(request_id=one.pk, by=make_user(role="reception"), now=NOW)
    refuse(request_id=two.pk, answer="Ruth is away then.", by=make_user(role="reception"), now=NOW)
    html = shown(physio)
    assert "Leave granted: Sunday 20 December 2026." in html
    assert "Leave refused: Tuesday 22 December 2026. Ruth is away then." in html
    clock(NOW + timedelta(days=8))
    assert "Leave granted" not in shown(physio)


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        shown(client)
    return len(asked)


def test_thirty_visits_cost_no_more_queries_than_one(
    physio: Client, visit: Appointment, service: Service
) -> None:
    before = make_appointment(
        service=service, starts_at=at(1, "10:00"), patient=visit.patient, status="completed"
    )
    record(before, "Upper trapezius.")
    queries(physio)
    one = queries(physio)
    start = at(3, "11:00")
    for number in range(29):
        make_appointment(
            service=service,
            starts_at=start + timedelta(minutes=15 * number),
            ends_at=start + timedelta(minutes=15 * number + 15),
            occupied_until=start + timedelta(minutes=15 * number + 15),
        )
    assert queries(physio) == one
    assert one <= 16


def test_a_signature_under_an_older_text_is_not_passed_over(physio: Client, visit: Appointment) -> None:
    needling = make_needling()
    visit.service.treatments.add(needling)
    text = make_consent_text(treatment=needling, state="retired")
    make_consent_text(treatment=needling, version=2)
    Consent.objects.create(
        patient=visit.patient, text=text, signed_at=NOW, signed_name="Tom Hale",
        appointment=visit, practitioner=visit.practitioner,
    )  # fmt: skip
    assert "Consent: an older text is signed, the new one is not read" in block(shown(physio))
