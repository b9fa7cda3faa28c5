"""The two forms of a letter, as they arrive."""

import re
from email.message import EmailMessage
from typing import Any

import pytest

from booking.models import Appointment
from booking.queries.links import link_to
from tests.actions.messages.post import (
    deliver,
    html_of,
    make_message,
    make_payment,
    make_refund,
    make_visit,
    part,
    read_html,
    text_of,
)
from tests.factories import at, make_patient
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db

OCCASIONS: dict[str, dict[str, Any]] = {
    "confirmed": {},
    "reminder": {},
    "moved": {},
    "cancelled": {"status": "cancelled", "cancelled_by": "patient"},
    "not_booked": {"status": "lapsed"},
    "money_back": {"status": "completed"},
}


@pytest.fixture(params=OCCASIONS)
def came(request: pytest.FixtureRequest, mailbox: Mailbox) -> EmailMessage:
    """One letter of each occasion, about a first visit that was paid for."""
    visit: Appointment = make_visit(
        service={"visit_kind": "first", "name": "First visit & plan"},
        patient=make_patient(name="Zoë Marsh"),
        **OCCASIONS[request.param],
    )
    make_refund(make_payment(visit), 3200, "too_late" if request.param == "not_booked" else "cancelled")
    make_message(visit, request.param, moved_from=at(8, "9:00"))
    deliver()
    (mail,) = mailbox.messages
    return mail


def sentences(text: str) -> list[str]:
    """Every line of the plain text without its links, which stand behind a colon."""
    lines = [re.sub(r":? https?://\S+$", "", line) for line in text.splitlines()]
    return [" ".join(line.split()) for line in lines if line.strip() not in ("", "--")]


def test_html_says_whatever_the_text_says(came: EmailMessage) -> None:
    said, _links = read_html(html_of(came))
    missing = [line for line in sentences(text_of(came)) if line.lower() not in said.lower()]
    assert missing == []


def test_text_leads_wherever_html_leads(came: EmailMessage) -> None:
    _said, links = read_html(html_of(came))
    assert links
    assert [link for link in links if not link.startswith("tel:") and link not in text_of(came)] == []


def test_text_comes_first_so_that_html_is_preferred_where_it_is_understood(came: EmailMessage) -> None:
    alternatives = part(came, "multipart/alternative")
    kinds = [piece.get_content_type() for piece in alternatives.iter_parts()]
    assert kinds == ["text/plain", "text/html"]


def test_nothing_is_loaded_from_anywhere(came: EmailMessage) -> None:
    source = html_of(came)
    assert not re.search(r"<(img|link|script|iframe)|url\(|@import", source)


def test_it_is_dark_where_the_reader_is(came: EmailMessage) -> None:
    assert "prefers-color-scheme: dark" in html_of(came)


def test_no_placeholder_is_left(came: EmailMessage) -> None:
    for form in (html_of(came), text_of(came)):
        assert not re.search(r"%\(|\{\{|\{%|None|nan", form)


def test_no_one_shouts(came: EmailMessage) -> None:
    assert "!" not in text_of(came)


def test_an_attached_calendar_file_leads_to_the_same_visit(mailbox: Mailbox) -> None:
    visit = make_visit()
    make_message(visit)
    deliver()
    calendar = part(mailbox.messages[0], "text/calendar").get_payload(decode=True).decode()
    assert link_to(visit) in calendar.replace("\r\n ", "")
