"""The messages that the demonstration caught, read back from their files."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from pathlib import Path

from django.conf import settings

from booking.words import say_moment


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class CaughtMessage:
    """One message as it would have left the house. `key` names its file."""

    key: str
    mail: EmailMessage

    @property
    def received_at(self) -> datetime:
        return datetime.strptime(self.key, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)

    @property
    def when(self) -> str:
        return say_moment(self.received_at)

    @property
    def headers(self) -> list[tuple[str, str]]:
        shown = ("To", "From", "Reply-To")
        return [(name, str(self.mail[name])) for name in shown if self.mail[name]]

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"] or "")

    @property
    def recipient(self) -> str:
        return str(self.mail["To"] or "")

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def attachments(self) -> list[Attachment]:
        """Every part with a name, and calendar parts, which mail programs show as buttons."""
        return [
            Attachment(part.get_filename() or "attachment", part.get_content_type(), _bytes_of(part))
            for part in self.mail.walk()
            if part.get_filename() or part.get_content_type() == "text/calendar"
        ]

    def _body(self, kind: str) -> str:
        part = self.mail.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part else ""


def caught_messages() -> list[CaughtMessage]:
    """All of them, the newest first."""
    return [_read(file) for file in sorted(_folder().glob("*.eml"), reverse=True)]


def caught_message(key: str) -> CaughtMessage | None:
    file = _folder() / f"{key}.eml"
    return _read(file) if file.is_file() else None


def _folder() -> Path:
    return Path(settings.DEMO_FOLDER) / "messages"


def _read(file: Path) -> CaughtMessage:
    return CaughtMessage(file.stem, email.message_from_bytes(file.read_bytes(), policy=email.policy.default))


def _bytes_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
