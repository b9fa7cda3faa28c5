"""The pages of the demonstration that show what was sent."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db
KEY = "20261203T102000000000"
LETTER = f"/demo/messages/{KEY}/"


@pytest.fixture
def shown(settings: Settings, tmp_path: Path) -> Path:
    """The site as the demonstration serves it; its folder of messages."""
    settings.ROOT_URLCONF = "tests.demo.urls"
    settings.DEMO_FOLDER = str(tmp_path)
    (site,) = django_settings.TEMPLATES
    templates = django_settings.BASE_DIR / "config" / "demo" / "templates"
    settings.TEMPLATES = [{**site, "DIRS": [*site["DIRS"], templates]}]
    folder = tmp_path / "messages"
    folder.mkdir()
    return folder


@pytest.fixture
def letter(shown: Path) -> EmailMessage:
    """A confirmation with HTML and a calendar file, caught at 10:20 on 3 December."""
    message = EmailMessage()
    message["From"], message["To"] = "Oakmont Physio <hello@oakmont.example>", "ana@example.com"
    message["Subject"] = "Booked: Thursday 10:20"
    message.set_content("See you on Thursday.")
    message.add_alternative("<p style='color: green'>See you on <b>Thursday</b>.</p>", subtype="html")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="visit.ics")
    (shown / f"{KEY}.eml").write_bytes(message.as_bytes())
    return message


def test_every_message_is_listed_with_its_receiver_in_clinic_time(
    client: Client, letter: EmailMessage
) -> None:
    page = client.get("/demo/messages/").content.decode()
    assert "Booked: Thursday 10:20" in page
    assert "ana@example.com" in page
    assert "Thursday 3 December, 10:20" in page


def test_the_newest_message_is_on_top(client: Client, letter: EmailMessage, shown: Path) -> None:
    later = EmailMessage()
    later["Subject"] = "Moved to Friday"
    (shown / "20261203T113000000000.eml").write_bytes(later.as_bytes())
    page = client.get("/demo/messages/").content.decode()
    assert page.index("Moved to Friday") < page.index("Booked: Thursday")


def test_an_empty_list_says_what_will_come(client: Client, shown: Path) -> None:
    assert "No messages yet" in client.get("/demo/messages/").content.decode()


def test_a_message_shows_its_text(client: Client, letter: EmailMessage) -> None:
    assert "See you on Thursday." in client.get(LETTER).content.decode()


def test_a_message_shows_its_html_in_a_frame_that_can_run_nothing(
    client: Client, letter: EmailMessage
) -> None:
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in client.get(LETTER).content.decode()
    frame = client.get(f"{LETTER}html/")
    assert "<b>Thursday</b>" in frame.content.decode()
    assert "default-src 'none'" in frame["Content-Security-Policy"]


def test_a_calendar_file_can_be_read(client: Client, letter: EmailMessage) -> None:
    assert "visit.ics" in client.get(LETTER).content.decode()
    assert client.get(f"{LETTER}attachments/0/").content == b"BEGIN:VCALENDAR"


@pytest.mark.parametrize(
    "address",
    [
        "/demo/messages/20200101T000000000000/",
        "/demo/messages/20209999T000000000000/",
        "/demo/messages/..%2f..%2fsecret-key/",
        f"{LETTER}attachments/7/",
    ],
)
def test_what_was_not_sent_is_not_found(client: Client, letter: EmailMessage, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_site_that_is_no_demonstration_has_no_such_page(client: Client) -> None:
    assert client.get("/demo/messages/").status_code == 404
