"""What the letters say: read as plain text, the way it arrived."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from booking.actions.messages.delivery import mail_of
from booking.actions.messages.outbox import read
from booking.gateways.mail import Mail
from booking.models import Appointment
from tests.actions.messages.post import (
    letter_link,
    make_message,
    make_payment,
    make_receipt,
    make_refund,
    make_visit,
)
from tests.factories import LONDON, NOW, at, make_patient, make_practitioner

pytestmark = pytest.mark.django_db

FIRST = {"visit_kind": "first"}
COMING = ("confirmed", "reminder", "moved")


def written(visit: Appointment, occasion: str = "confirmed", *, now: datetime = NOW, **fields: Any) -> Mail:
    """The message as it would go now."""
    (message,) = read([make_message(visit, occasion, **fields).pk])
    return mail_of(message, now=now)


def text(visit: Appointment, occasion: str = "confirmed", **options: Any) -> str:
    return written(visit, occasion, **options).text


def cancelled(by: str = "patient", **fields: Any) -> Appointment:
    return make_visit(status="cancelled", cancelled_by=by, **fields)


def calls_it(visit: Appointment, name: str) -> None:
    visit.practitioner.name = name
    visit.practitioner.save()


# --- Subjects say the fact, and nothing that a locked screen should not show


def test_the_subjects_say_the_fact() -> None:
    visit = make_visit()
    calls_it(visit, "Maren Holt")
    assert written(visit).subject == "Booked: Thursday 10 December, 10:20, with Maren Holt"
    assert written(visit, "reminder").subject == "Reminder: Thursday 10 December, 10:20, with Maren Holt"
    assert written(visit, "moved").subject == "Moved: now Thursday 10 December, 10:20, with Maren Holt"
    assert written(visit, "cancelled").subject == "Cancelled: Thursday 10 December, 10:20"
    assert written(visit, "not_booked").subject == "Not booked: Thursday 10 December, 10:20"


@pytest.mark.parametrize("occasion", [*COMING, "cancelled", "not_booked"])
def test_no_subject_names_what_was_booked(occasion: str) -> None:
    visit = make_visit(service={"name": "First assessment with needling"})
    assert "needling" not in written(visit, occasion).subject.lower()


@pytest.mark.parametrize("occasion", [*COMING, "cancelled", "not_booked"])
def test_the_letter_names_what_was_booked_and_with_whom(occasion: str) -> None:
    visit = make_visit(service={"name": "Longer assessment"})
    assert f"Longer assessment, with {visit.practitioner.name}" in text(visit, occasion)


def test_what_the_patient_wrote_about_themselves_is_in_no_letter() -> None:
    assert "migraine" not in text(make_visit(patient_note="I have a migraine"))


# --- Time


@pytest.mark.parametrize("server_zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_times_are_the_clinic_s_whatever_zone_the_server_is_in(settings: Settings, server_zone: str) -> None:
    settings.TIME_ZONE = server_zone
    assert "Thursday 10 December, 10:20" in text(make_visit())


def test_times_are_the_clinic_s_wherever_it_stands(settings: Settings) -> None:
    settings.CLINIC_TIME_ZONE = "Australia/Lord_Howe"
    assert "Thursday 10 December, 21:20" in text(make_visit())


def test_summer_time_is_said_in_summer() -> None:
    visit = make_visit(starts_at=datetime(2026, 7, 2, 9, 20, tzinfo=LONDON))
    assert "Thursday 2 July, 9:20" in text(visit, now=datetime(2026, 6, 1, tzinfo=LONDON))


def test_free_until_is_counted_in_hours_when_the_clocks_change() -> None:
    visit = make_visit(starts_at=datetime(2027, 3, 28, 10, 20, tzinfo=LONDON))
    assert "Until Saturday 27 March, 9:20" in text(visit)


# --- Moving in one tap


@pytest.mark.parametrize("occasion", COMING)
def test_every_letter_about_a_coming_visit_holds_its_link(occasion: str) -> None:
    visit = make_visit()
    assert f"Move or cancel: {letter_link(visit)}" in text(visit, occasion)


def test_a_reminder_s_button_moves_it() -> None:
    visit = make_visit()
    assert f'href="{letter_link(visit)}"' in written(visit, "reminder").html.split("</h1>")[1].split("<b>")[0]


@pytest.mark.parametrize("hours", django_settings.REMINDER_OFFSETS_HOURS)
def test_a_reminder_comes_while_the_visit_can_still_be_moved_in_one_tap(hours: int) -> None:
    """A worker that was away for an hour still sends it in time."""
    visit = make_visit()
    late = visit.starts_at - timedelta(hours=hours - 1)
    assert f"Move or cancel: {letter_link(visit)}" in text(visit, "reminder", offset_hours=hours, now=late)


def test_until_when_it_costs_nothing_is_said() -> None:
    assert "Until Wednesday 9 December, 10:20 you can move it or cancel for nothing." in text(make_visit())


def test_too_late_to_move_online_it_says_whom_to_ring() -> None:
    words = text(make_visit(), "reminder", now=at(9, "10:21"))
    assert "To move it now, ring us." in words
    assert "Ring 0117 496 0120" in words
    assert "Move or cancel" not in words


def test_the_number_is_the_location_s_own_where_it_has_one() -> None:
    visit = make_visit()
    visit.location.phone = "+44 117 496 0131"
    visit.location.save()
    assert "Ring 0117 496 0131" in text(visit)


def test_from_when_it_moved_is_said() -> None:
    assert "Before, it was Tuesday 8 December, 9:00." in text(make_visit(), "moved", moved_from=at(8, "9:00"))


def test_moved_back_to_where_it_was_nothing_is_compared() -> None:
    assert "Before" not in text(make_visit(), "moved", moved_from=at(10, "10:20"))


# --- First visits


@pytest.mark.parametrize("occasion", COMING)
def test_a_first_visit_gets_the_fuller_text(occasion: str) -> None:
    visit = make_visit(service=FIRST)
    visit.location.directions = "Through the green door."
    visit.location.save()
    words = text(visit, occasion)
    for said in ("five minutes early, at 10:15", "green door", "WHAT TO WEAR", "EAT SOMETHING", "TO BRING"):
        assert said in words


def test_a_follow_up_is_told_the_way_and_no_more() -> None:
    words = text(make_visit(service={"visit_kind": "follow_up"}))
    assert "14 Tanner’s Row, Hexley" in words
    assert "WHAT TO WEAR" not in words


# --- Money


def test_what_is_to_be_paid_at_the_clinic_is_said() -> None:
    assert "£64, to pay at the clinic." in text(make_visit(pays_at_clinic=True))


def test_what_was_paid_is_said() -> None:
    visit = make_visit()
    make_payment(visit)
    words = text(visit)
    assert "£64, paid." in words
    assert "get all £64 back. After that" in " ".join(words.split())


def test_what_was_paid_at_the_desk_beforehand_counts_as_paid_and_not_as_going_back() -> None:
    visit = make_visit()
    make_receipt(visit)
    words = text(visit)
    assert "£64, paid." in words
    assert "back" not in words


def test_of_a_deposit_the_rest_is_said() -> None:
    visit = make_visit(pays_at_clinic=True)
    make_payment(visit, 2000)
    assert "£20 of £64 is paid, £44 to pay at the clinic." in text(visit)


@pytest.mark.parametrize("occasion", COMING)
def test_asked_to_pay_by_card_it_says_where(occasion: str, settings: Settings) -> None:
    """As the page of the visit does, with its button."""
    settings.STRIPE_SECRET_KEY = "sk_test_anything"
    visit = make_visit(pays_at_clinic=True)
    make_message(visit, "pay_link", state="sent")
    words = text(visit, occasion)
    assert "£64 is to be paid: by card on the page of your visit, or at the clinic." in words


def test_who_chose_to_pay_at_the_clinic_reads_of_no_card(settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_anything"
    assert "£64, to pay at the clinic." in text(make_visit(pays_at_clinic=True))


def test_what_costs_nothing_speaks_of_no_money() -> None:
    assert "£" not in text(make_visit(service={"price_minor": 0}))


def test_a_payment_that_did_not_come_in_is_not_paid() -> None:
    visit = make_visit(pays_at_clinic=True)
    make_payment(visit, state="expired", paid_at=None)
    assert "£64, to pay at the clinic." in text(visit)


def test_a_second_payment_that_went_back_does_not_count() -> None:
    visit = make_visit()
    make_payment(visit)
    make_refund(make_payment(visit), 6400, "twice")
    assert "£64, paid." in text(visit)


def test_what_cancelling_late_gives_back_is_said_before() -> None:
    visit = make_visit()
    make_payment(visit)
    assert "After that, cancelling gives back £32." in text(visit)


def test_cancelled_in_time_all_of_it_goes_back_and_when() -> None:
    visit = cancelled()
    make_refund(make_payment(visit), 6400)
    words = text(visit, "cancelled")
    assert "£64 goes back to the card you paid with." in words
    assert "5 to 10 working days" in words
    assert "We keep" not in words


def test_cancelled_late_what_is_kept_is_said_and_why() -> None:
    visit = cancelled()
    make_refund(make_payment(visit), 3200)
    words = text(visit, "cancelled")
    assert "£32 goes back" in words
    assert "We keep £32: by the policy you accepted" in words
    assert "when you cancel by Wednesday 9 December, 10:20" in words


def test_a_refund_that_failed_is_not_promised() -> None:
    visit = cancelled()
    make_refund(make_payment(visit), 6400, state="failed")
    assert "goes back" not in text(visit, "cancelled").split("We keep")[0]


def test_cancelled_without_payment_nobody_owes_anything() -> None:
    assert "You have paid nothing and owe nothing." in text(cancelled(), "cancelled")


def test_what_was_paid_at_the_desk_is_settled_by_people() -> None:
    visit = cancelled()
    make_receipt(visit)
    words = text(visit, "cancelled")
    assert "About the £64 you paid at the desk, ring us on 0117 496 0120." in words
    assert "We keep" not in words


def test_what_is_cancelled_is_the_visit_as_the_patient_knew_it() -> None:
    before = make_practitioner(name="Maren Holt")
    mail = written(cancelled("clinic"), "cancelled", moved_from=at(8, "9:00"), practitioner_before=before)
    assert mail.subject == "Cancelled: Tuesday 8 December, 9:00"
    assert "with Maren Holt." in mail.text


def test_who_cancelled_is_plain() -> None:
    assert "Your visit is cancelled, Elena." in text(cancelled(), "cancelled")
    assert "We have had to cancel your visit, Elena. We are sorry." in text(cancelled("clinic"), "cancelled")


def test_paid_too_late_all_of_it_goes_back_with_an_apology_and_a_way_on() -> None:
    visit = make_visit(status="lapsed", patient=make_patient())
    make_refund(make_payment(visit), 6400, "too_late")
    words = text(visit, "not_booked")
    assert "You are not booked, Elena. We are sorry." in words
    assert "£64 goes back to the card you paid with." in words
    assert f"Book another time: http://localhost:8000/book/{visit.service.slug}/" in words


def test_paid_once_it_had_begun_that_is_the_reason() -> None:
    visit = make_visit(status="lapsed", patient=make_patient())
    make_refund(make_payment(visit, paid_at=visit.starts_at), 6400, "too_late")
    words = text(visit, "not_booked")
    assert "Your payment reached us when this time had already begun." in words
    assert "no longer free" not in words


def test_another_currency_is_said_as_it_is_written(settings: Settings) -> None:
    visit = make_visit(service={"price_minor": 6400}, currency="JPY", pays_at_clinic=True)
    assert "¥6,400, to pay at the clinic." in text(visit)


# --- Calendars


@pytest.mark.parametrize(
    ("occasion", "method"), [("confirmed", "PUBLISH"), ("moved", "PUBLISH"), ("cancelled", "CANCEL")]
)
def test_what_changes_a_calendar_brings_a_file(occasion: str, method: str) -> None:
    mail = written(cancelled() if occasion == "cancelled" else make_visit(), occasion)
    assert mail.calendar
    assert mail.calendar_method == method


@pytest.mark.parametrize("occasion", ["reminder", "not_booked"])
def test_what_changes_no_calendar_brings_none(occasion: str) -> None:
    assert written(make_visit(), occasion).calendar is None


# --- Names


def test_a_naughty_name_reaches_neither_header_nor_letter() -> None:
    naughty = "https://evil.example\r\nBcc: everybody@mail.example <script>alert(1)</script>"
    mail = written(make_visit(patient=make_patient(name=naughty)))
    assert mail.text.startswith("You are booked.\n")
    for said in (mail.subject, mail.to, mail.text, mail.html):
        assert "evil" not in said
        assert "Bcc" not in said


def test_a_physio_s_name_with_a_line_break_stays_one_subject() -> None:
    visit = make_visit()
    calls_it(visit, "Maren\nHolt")
    assert written(visit).subject.endswith("with Maren Holt")


def test_what_staff_typed_is_escaped_in_html() -> None:
    mail = written(make_visit(service={"name": "Back & <neck>"}))
    assert "Back &amp; &lt;neck&gt;" in mail.html
    assert "Back & <neck>" in mail.text


def test_long_and_foreign_names_are_said_whole() -> None:
    visit = make_visit(patient=make_patient(name="Bartholomäus-Maximilian " + "von " * 30))
    visit.practitioner = make_practitioner(name="Ŵynford " + "Llanfairpwllgwyngyll " * 5)
    visit.save()
    assert "You are booked, Bartholomäus-Maximilian." in text(visit)
    assert visit.practitioner.name.strip() in text(visit, "reminder")
