"""Everything that leaves the clinic or lies about in it, read back as plain text, to look for one word in."""

import io
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote_plus

import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from booking.models import AuditEntry, IdempotentAnswer, Message, Payment, Refund, StripeEvent
from config.demo.stripe import StandIn
from config.logs import JsonFormatter
from tests.mailbox import Mailbox

LETTERS = ("text/calendar", "application/ics")
OTHERS = "mail"
"""What the mail server of the tests says about the letters it takes is no line of ours."""


class Watched(Client):
    """A browser that writes down every address it asks for or is sent to, and keeps every calendar."""

    def __init__(self, watch: "Watch") -> None:
        super().__init__()
        self.watch = watch

    def request(self, **request: Any) -> HttpResponse:
        self.watch.urls.append(unquote_plus(f"{request['PATH_INFO']}?{request.get('QUERY_STRING', '')}"))
        answer = super().request(**request)
        for name in ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url"):
            self.watch.urls.append(unquote_plus(answer.headers.get(name, "")))
        self.watch.cookies.append(answer.cookies.output())
        if answer.headers.get("Content-Type", "").startswith(LETTERS):
            self.watch.calendars.append(answer.content.decode())
        return answer


class _Lines(logging.Handler):
    """Log lines as they are written in production."""

    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0] != OTHERS:
            self.lines.append(self.format(record))


@dataclass
class Watch:
    """Filled while the story runs; asked at the end where a word occurs."""

    mailbox: Mailbox
    stand_in: StandIn
    urls: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def browser(self) -> Watched:
        return Watched(self)

    def leaks(self, word: str) -> dict[str, list[str]]:
        """Where the word occurs, by the way out; empty when it stayed inside."""
        found = {
            way: [text[:300] for text in texts if word.lower() in text.lower()]
            for way, texts in self._everything().items()
        }
        return {way: texts for way, texts in found.items() if texts}

    def counted(self) -> dict[str, int]:
        """How much there was to look at, so that a test knows the watch was not asleep."""
        return {way: len(texts) for way, texts in self._everything().items()}

    def searched(self, way: str) -> list[str]:
        """What is looked through on this way."""
        return self._everything()[way]

    def _everything(self) -> Mapping[str, list[str]]:
        return {
            "mail": [text for mail in self.mailbox.messages for text in read_mail(mail)],
            "message rows": [f"{row.subject}\n{row.text}\n{row.problem}" for row in Message.objects.all()],
            "calendars": self.calendars,
            "log": self.lines,
            "valkey": list(_kept_in_valkey()),
            "addresses": self.urls,
            "cookies": self.cookies,
            "sessions": [str(row.get_decoded()) for row in Session.objects.all()],
            "stripe": self.stand_in.sent(),
            "payment rows": [
                *(str(row.parameters) for row in Payment.objects.all()),
                *(str(row.parameters) for row in Refund.objects.all()),
                *(str(row) for row in StripeEvent.objects.values()),
            ],
            "audit": [f"{row.verb} {row.detail}" for row in AuditEntry.objects.all()],
            "answers kept": [f"{row.key} {row.body}" for row in IdempotentAnswer.objects.all()],
        }


@contextmanager
def watching(mailbox: Mailbox, stand_in: StandIn) -> Iterator[Watch]:
    """Every logger speaks as loudly as it can while this lasts."""
    handler = _Lines()
    root = logging.getLogger()
    known = [one for one in root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    loggers = [root, *(one for one in known if one.name.split(".")[0] != OTHERS)]
    before = [(one, one.level, one.disabled) for one in loggers]
    deaf = [one for one in loggers if one is root or not one.propagate]
    for one in loggers:
        one.setLevel(logging.DEBUG)
        one.disabled = False
    for one in deaf:
        one.addHandler(handler)
    try:
        yield Watch(mailbox, stand_in, lines=handler.lines)
    finally:
        for one in deaf:
            one.removeHandler(handler)
        for one, level, disabled in before:
            one.setLevel(level)
            one.disabled = disabled


def read_mail(mail: EmailMessage) -> Iterator[str]:
    """Headers, text, HTML and attachments, each decoded; a PDF as it is read."""
    for part in mail.walk():
        yield "\n".join(f"{name}: {value}" for name, value in part.items())
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        yield content.decode("utf-8", "replace").replace("\r\n ", "").replace("\n ", "")
        if content.startswith(b"%PDF"):
            paper = PdfReader(io.BytesIO(content))
            yield " ".join([str(paper.metadata), *(page.extract_text() for page in paper.pages)])


def _kept_in_valkey() -> Iterator[str]:
    """Every key of the cache and of the broker, with its value as text and as the server would dump it."""
    for url in {settings.CACHES["default"]["LOCATION"], settings.REDIS_URL}:
        with redis.Redis.from_url(str(url)) as server:
            for key in server.scan_iter():
                value = server.get(key) if server.type(key) == b"string" else server.dump(key)
                yield f"{key!r} {value!r}"
