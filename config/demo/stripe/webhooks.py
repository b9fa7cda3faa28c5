"""Webhooks: signed, delivered in the background, tried again until the clinic answers 2xx."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from . import checkout
from .account import Account
from .faults import WebhookFaults
from .store import Object

WAITS = (1, 2, 5, 10, 30, 60, 120, 300, 600)
"""Seconds before each further attempt; after the last one the event is only in the list of events."""
ANSWER_WITHIN = 10
SHUFFLE_WINDOW = 0.3


def signed(event: Object, *, secret: str, at: int | None = None) -> tuple[bytes, str]:
    """The body and its Stripe-Signature header. `at` is the moment of signing in seconds since 1970."""
    body = json.dumps(event, indent=2).encode()
    moment = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), b"%d." % moment + body, hashlib.sha256).hexdigest()
    return body, f"t={moment},v1={digest}"


@dataclass
class Postman:
    """Carries queued webhooks to one address, in one background thread."""

    account: Account
    address: str
    secret: str
    faults: WebhookFaults = field(default_factory=WebhookFaults)
    first_wait: float = 1.0
    _wake: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="stripe-webhooks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        if self._thread:
            self._thread.join(timeout=ANSWER_WITHIN + 1)

    def ring(self) -> None:
        """Something was queued."""
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self.account.store.transaction():
                checkout.expire_overdue(self.account)
            for identifier, event_id, attempts in self._due():
                if self._stopping.is_set():
                    return
                self._carry(identifier, event_id, attempts)
            self._wake.wait(timeout=0.5)
            self._wake.clear()
            if self.faults.shuffled:
                time.sleep(SHUFFLE_WINDOW)

    def _due(self) -> list[tuple[int, str, int]]:
        due = self.account.store.query(
            "SELECT id, event, attempts FROM deliveries WHERE due <= ? ORDER BY id", time.time()
        )
        if self.faults.shuffled:
            random.shuffle(due)
        return [(identifier, event_id, attempts) for identifier, event_id, attempts in due]

    def _carry(self, identifier: int, event_id: str, attempts: int) -> None:
        faults = self.faults
        if faults.delay_seconds and attempts == 0:
            self._again(identifier, attempts=1, wait=faults.delay_seconds)
            return
        event = self.account.store.get("event", event_id)
        if event is None or faults.dropped:
            self._forget(identifier)
            return
        accepted = [self._post(event) for _ in range(faults.copies)]
        if all(accepted):
            self._forget(identifier)
            with self.account.store.transaction():
                self.account.change(event, pending_webhooks=0)
        elif attempts < len(WAITS):
            self._again(identifier, attempts=attempts + 1, wait=WAITS[attempts] * self.first_wait)
        else:
            self._forget(identifier)

    def _forget(self, identifier: int) -> None:
        self.account.store.query("DELETE FROM deliveries WHERE id = ?", identifier)

    def _again(self, identifier: int, *, attempts: int, wait: float) -> None:
        self.account.store.query(
            "UPDATE deliveries SET attempts = ?, due = ? WHERE id = ?",
            attempts,
            time.time() + wait,
            identifier,
        )

    def _post(self, event: Object) -> bool:
        secret = "whsec_somebody_else" if self.faults.wrongly_signed else self.secret
        body, signature = signed(event, secret=secret, at=int(time.time()) - self.faults.stale_seconds)
        target = urlsplit(self.address)
        connect = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
        connection = connect(target.hostname or "127.0.0.1", target.port, timeout=ANSWER_WITHIN)
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signature}
        try:
            connection.request("POST", target.path or "/", body, headers)
            return 200 <= connection.getresponse().status < 300
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
