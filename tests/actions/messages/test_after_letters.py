"""Letters after a visit: whom they reach, what they say, and what no letter says."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from booking.actions.messages.delivery import mail_of
from booking.actions.messages.outbox import read
from booking.actions.messages.recheck import reason_to_skip
from booking.models import Appointment, Message
from tests.actions.messages.post import html_of, make_message, read_html, text_of
from tests.factories import make_patient, make_user
from tests.mailbox import Mailbox
from tests.needled import VISIT, make_alert, make_check, needled_visit

pytestmark = pytest.mark.django_db

AFTER = ("aftercare", "after_check", "emergency", "alert", "alert_again")
LATER = VISIT + timedelta(hours=3)


@pytest.fixture
def visit() -> Appointment:
    visit = needled_visit(
        patient=make_patient(name="Elena Marsh", email="elena@mail.example"), record={"note": "A SECRET"}
    )
    make_check(visit, note="A SECRET")
    return visit


def message(visit: Appointment, occasion: str) -> Message:
    more: dict[str, Any] = (
        {"alert": make_alert(visit)} if occasion in ("alert", "alert_again", "emergency") else {}
    )
    return make_message(visit, occasion, **more)


def letter(visit: Appointment, occasion: str) -> Any:
    (found,) = read([message(visit, occasion).pk])
    return mail_of(found, now=LATER)


@pytest.mark.parametrize("occasion", AFTER)
def test_no_letter_names_a_treatment_a_note_or_the_service(visit: Appointment, occasion: str) -> None:
    mail = letter(visit, occasion)
    said = " ".join([mail.subject, mail.text, mail.html]).lower()
    assert not any(word in said for word in ("needl", "a secret", visit.service.name.lower()))


@pytest.mark.parametrize("occasion", AFTER)
def test_both_forms_say_the_same(visit: Appointment, occasion: str) -> None:
    mail = letter(visit, occasion)
    said, _links = read_html(mail.html)
    first = next(line for line in mail.text.splitlines() if line)
    assert first in said


def test_the_advice_is_that_of_what_was_recorded_and_ends_with_safety(visit: Appointment) -> None:
    text = letter(visit, "aftercare").text
    assert "Soreness for a day or two is usual." in text
    assert "Ring 999 now" in text


def test_the_number_is_the_clinics_countrys(visit: Appointment, settings: Settings) -> None:
    settings.EMERGENCY_NUMBER = "112"
    assert 'href="tel:112"' in letter(visit, "emergency").html


def test_the_question_greets_by_first_name_and_has_one_link(visit: Appointment) -> None:
    mail = letter(visit, "after_check")
    assert "How are you today, Elena?" in mail.subject
    assert mail.text.count("http") == 1


@pytest.mark.parametrize("occasion", ["alert", "alert_again"])
def test_an_alert_goes_to_the_clinic_and_names_nobody(visit: Appointment, occasion: str) -> None:
    mail = letter(visit, occasion)
    assert mail.to == "hello@oakmont.example"
    assert "Elena" not in mail.subject + mail.text + mail.html


@pytest.mark.parametrize("occasion", ["aftercare", "after_check", "emergency"])
def test_the_others_go_to_the_patient(visit: Appointment, occasion: str) -> None:
    assert letter(visit, occasion).to == "elena@mail.example"


@pytest.mark.parametrize("occasion", AFTER)
def test_they_go_although_the_visit_is_over_and_was_changed(visit: Appointment, occasion: str) -> None:
    row = message(visit, occasion)
    visit.sequence += 1
    assert reason_to_skip(row, visit, now=LATER) == ""


def test_who_has_answered_is_not_asked(visit: Appointment) -> None:
    visit.after_check.answered_at = LATER
    assert reason_to_skip(message(visit, "after_check"), visit, now=LATER) == "It was answered."


@pytest.mark.parametrize(("occasion", "days"), [("aftercare", 4), ("after_check", 8)])
def test_what_comes_too_late_does_not_go(visit: Appointment, occasion: str, days: int) -> None:
    assert "Too late" in reason_to_skip(message(visit, occasion), visit, now=VISIT + timedelta(days=days))


@pytest.mark.parametrize("occasion", ["alert", "alert_again"])
def test_once_somebody_rings_the_clinic_is_not_mailed_again(visit: Appointment, occasion: str) -> None:
    row = message(visit, occasion)
    assert row.alert is not None
    row.alert.taken_at, row.alert.taken_by = LATER, make_user()
    assert reason_to_skip(row, visit, now=LATER) == "Somebody has taken it."


def test_one_arrives_by_mail(visit: Appointment, mailbox: Mailbox) -> None:
    from tests.actions.messages.post import deliver

    message(visit, "emergency")
    deliver(LATER)
    (mail,) = mailbox.messages
    assert "Ring 999 now" in text_of(mail)
    assert "tel:999" in html_of(mail)
