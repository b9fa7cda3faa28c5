"""A mailbox behind a real SMTP server, for tests."""

import email
import email.policy
import time
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Received messages, the oldest first. Set `refuse` to an SMTP answer to be turned away with it."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuse: str | None = None
        self._controller = Controller(self, hostname="127.0.0.1", port=0)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse:
            return self.refuse
        content: Any = envelope.content
        self.messages.append(email.message_from_bytes(content, policy=email.policy.default))
        return "250 OK"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._controller.stop()

    @property
    def host(self) -> str:
        return "127.0.0.1"

    @property
    def port(self) -> int:
        server: Any = self._controller.server
        port: int = server.sockets[0].getsockname()[1]
        return port

    def wait_for(self, count: int, *, seconds: float = 10) -> list[EmailMessage]:
        """The messages, once there are `count` of them."""
        until = time.monotonic() + seconds
        while len(self.messages) < count:
            assert time.monotonic() < until, f"{len(self.messages)} of {count} messages came"
            time.sleep(0.02)
        return self.messages
