"""Mail over a real SMTP server on this machine."""

import socket
from dataclasses import replace

import pytest
from django.core import mail as django_mail
from pytest_django import Settings

from booking.gateways.mail import Mail, Mailer, Refused, ServerAway, TryLater
from tests.mailbox import Mailbox

MAIL = Mail(
    identifier="6a1f",
    to="elena@mail.example",
    subject="Booked: Thursday 10 December, 10:20",
    text="You are booked.\n",
    html="<p>You are booked.</p>",
)
CALENDAR = b"BEGIN:VCALENDAR\r\nSUMMARY:Tanner\xe2\x80\x99s Row\r\nEND:VCALENDAR\r\n"


def send(mail: Mail = MAIL) -> None:
    with Mailer() as mailer:
        mailer.send(mail)


def test_it_arrives_with_text_and_html(mailbox: Mailbox) -> None:
    send()
    (came,) = mailbox.messages
    assert [part.get_content_type() for part in came.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
    ]


def test_its_identifier_names_the_row_and_the_site(mailbox: Mailbox) -> None:
    send()
    assert mailbox.messages[0]["Message-ID"] == "<6a1f@localhost>"


def test_sent_again_it_is_the_same_but_for_the_date(mailbox: Mailbox) -> None:
    send()
    send()
    first, second = mailbox.messages
    del first["Date"], second["Date"]
    assert first.as_bytes() == second.as_bytes()


def test_answers_go_to_the_clinic(mailbox: Mailbox, settings: Settings) -> None:
    settings.CLINIC_EMAIL = "desk@clinic.example"
    send()
    assert mailbox.messages[0]["Reply-To"] == "desk@clinic.example"


def test_holiday_notes_are_not_asked_for(mailbox: Mailbox) -> None:
    send()
    assert mailbox.messages[0]["Auto-Submitted"] == "auto-generated"


def test_a_calendar_file_comes_byte_for_byte_and_says_its_method(mailbox: Mailbox) -> None:
    send(replace(MAIL, calendar=CALENDAR, calendar_method="CANCEL"))
    (part,) = [part for part in mailbox.messages[0].walk() if part.get_content_type() == "text/calendar"]
    assert (part.get_param("method"), part.get_filename()) == ("CANCEL", "appointment.ics")
    assert part.get_payload(decode=True) == CALENDAR


def test_one_connection_carries_them_all(mailbox: Mailbox) -> None:
    with Mailer() as mailer:
        for _number in range(5):
            mailer.send(MAIL)
    assert (mailbox.connections, len(mailbox.messages)) == (1, 5)


def test_nothing_is_connected_before_there_is_something_to_send(mailbox: Mailbox) -> None:
    with Mailer():
        pass
    assert mailbox.connections == 0


def test_an_unknown_address_is_refused_and_says_why(mailbox: Mailbox) -> None:
    mailbox.refusals["elena@mail.example"] = "550 5.1.1 No such person"
    with pytest.raises(Refused, match=r"does not take mail for this address: 550 5\.1\.1 No such person"):
        send()


def test_the_next_goes_over_the_same_connection_after_a_refusal(mailbox: Mailbox) -> None:
    mailbox.refusals["nobody@mail.example"] = "550 No such person"
    with Mailer() as mailer:
        with pytest.raises(Refused):
            mailer.send(replace(MAIL, to="nobody@mail.example"))
        mailer.send(MAIL)
    assert (mailbox.connections, len(mailbox.messages)) == (1, 1)


def test_a_full_mailbox_is_tried_later(mailbox: Mailbox) -> None:
    mailbox.refusals["elena@mail.example"] = "452 Mailbox full"
    with pytest.raises(TryLater, match="452 Mailbox full"):
        send()


def test_a_refused_text_is_refused(mailbox: Mailbox) -> None:
    mailbox.refuse = "554 We don't like it"
    with pytest.raises(Refused, match="554 We don't like it"):
        send()


def test_a_busy_server_is_tried_later(mailbox: Mailbox) -> None:
    mailbox.refuse = "451 Busy"
    with pytest.raises(TryLater, match="451 Busy"):
        send()


def test_after_trouble_the_next_goes_over_a_new_connection(mailbox: Mailbox) -> None:
    with Mailer() as mailer:
        mailbox.refuse = "421 Closing"
        with pytest.raises(TryLater):
            mailer.send(MAIL)
        mailbox.refuse = None
        mailer.send(MAIL)
    assert (mailbox.connections, len(mailbox.messages)) == (2, 1)


def test_a_server_that_is_not_there_is_away(mailbox: Mailbox, settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = taken.getsockname()[1]
        with pytest.raises(ServerAway, match="could not be reached"):
            send()


def test_a_server_that_lets_us_not_in_is_away_and_nobody_is_refused(
    mailbox: Mailbox, settings: Settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "clinic", "wrong"
    with pytest.raises(ServerAway):
        send()


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(mailbox: Mailbox, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    mailbox.pause = 1
    with pytest.raises(TryLater):
        send()


@pytest.mark.parametrize("field", ["to", "subject"])
def test_nobody_slips_in_a_header(mailbox: Mailbox, field: str) -> None:
    with pytest.raises(Refused):
        send(replace(MAIL, **{field: "elena@mail.example\nBcc: everybody@mail.example"}))
    assert mailbox.messages == []


@pytest.mark.parametrize("address", ["two@signs@mail.example", "@", "elena@" + "x" * 70 + ".ø"])
def test_an_address_that_no_mail_can_carry_is_refused(mailbox: Mailbox, address: str) -> None:
    with pytest.raises(Refused):
        send(replace(MAIL, to=address))
    assert mailbox.messages == []


def test_an_address_under_a_name_with_accents_arrives(mailbox: Mailbox) -> None:
    send(replace(MAIL, to="elena@bücher.example"))
    assert mailbox.messages[0]["To"] == "elena@xn--bcher-kva.example"


def test_any_of_django_s_backends_will_do() -> None:
    send()
    assert django_mail.outbox[0].subject == MAIL.subject
