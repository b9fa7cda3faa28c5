"""Mail, and the only module that sends it. Which server or provider carries it is a matter of settings.

Never call any of this inside a database transaction.
"""

import logging
import smtplib
from dataclasses import dataclass
from email.mime.text import MIMEText
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

logger = logging.getLogger(__name__)


class Refused(Exception):
    """A clear no to this message: trying again would get the same answer. Says why in plain words."""


class TryLater(Exception):
    """It did not go now, or nobody can say whether it did. The same message may be sent again later."""


class ServerAway(TryLater):
    """The mail server can't be reached, or lets nobody in: the next message would fare no better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message to one address. The identifier stays the same however often it is sent.

    A calendar file needs its METHOD said again in the Content-Type, or mail programs don't look inside.
    """

    identifier: str
    to: str
    subject: str
    text: str
    html: str
    calendar: bytes | None = None
    calendar_method: str = "PUBLISH"


class Mailer:
    """Sends over one connection, opened by the first message and closed at the end of the `with` block."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._hang_up()

    def send(self, mail: Mail) -> None:
        """Hand one message over. Unless it raises Refused, TryLater or ServerAway, the server has it."""
        message = _Message(mail, connection=self._connection)
        try:
            self._connection.open()
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise ServerAway(_plain(error)) from error
        try:
            self._connection.send_messages([message])
        except (smtplib.SMTPException, OSError) as error:
            reason, is_final = _plain(error), _is_final(error)
            if is_final:
                raise Refused(reason) from error
            self._hang_up()
            raise TryLater(reason) from error
        except ValueError as error:  # a line break in a header, an address that no mail can carry
            raise Refused("The address can’t stand in a mail.") from error

    def _hang_up(self) -> None:
        """Close the connection if there is one. A server that has gone is not waited for."""
        try:
            self._connection.close()
        except (smtplib.SMTPException, OSError) as error:
            logger.info("The mail server did not say goodbye (%s)", type(error).__name__)


class _Message(EmailMultiAlternatives):
    """Django's message, made of ours, the same bytes each time but for the date."""

    def __init__(self, mail: Mail, *, connection: Any) -> None:
        super().__init__(
            subject=mail.subject,
            body=mail.text,
            to=[mail.to],
            reply_to=[settings.CLINIC_EMAIL],
            headers={
                "Message-ID": f"<{mail.identifier}@{settings.SITE_HOST}>",
                "Auto-Submitted": "auto-generated",  # so that nobody's holiday note comes back
            },
            connection=connection,
        )
        self._identifier = mail.identifier
        self.attach_alternative(mail.html, "text/html")
        if mail.calendar is not None:
            self.attach(_calendar_part(mail.calendar, method=mail.calendar_method))

    def message(self, **options: Any) -> Any:
        """Boundaries are named after the message: chosen by Python, each costs a search of the whole text."""
        whole = super().message(**options)
        for number, part in enumerate(whole.walk()):
            if part.is_multipart():
                part.set_boundary(f"{self._identifier}-{number}")
        return whole


def _calendar_part(content: bytes, *, method: str) -> MIMEText:
    part = MIMEText(content.decode(), "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="appointment.ics")
    return part


def _is_final(error: Exception) -> bool:
    """Whether the server said no to the recipient or to the text. A no to ourselves is ours to mend."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return True
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _answer in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _plain(error: Exception) -> str:
    """Why, for the people at the desk."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return f"The mail server does not take mail for this address: {code} {_words(answer)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server said no: {error.smtp_code} {_words(error.smtp_error)}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "The mail server can’t carry an address with letters like these."
    return f"The mail server could not be reached ({type(error).__name__})."


def _words(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
