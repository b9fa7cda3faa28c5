"""What tests and the demonstration may do behind the scenes: time, faults, and what banks and people do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from . import checkout, disputes, paying, refunds
from .account import Account
from .api import Api
from .cards import SUCCEEDS
from .faults import WebhookFaults
from .store import Object
from .webhooks import Postman, signed


class Control:
    """The handle on a running stand-in. Its public methods can be reached over HTTP under /_control/."""

    def __init__(self, *, account: Account, api: Api, postman: Postman | None, webhook_secret: str) -> None:
        self._account, self._api, self._postman = account, api, postman
        self._webhook_secret = webhook_secret

    def call(self, name: str, arguments: dict[str, Any]) -> Any:
        """One method by its name, for the control address."""
        if name not in NAMES:
            raise ValueError(f"There is no {name}; there are {', '.join(NAMES)}.")
        method: Callable[..., Any] = getattr(self, name)
        return method(**arguments)

    # People at the pay page

    def pay(
        self, session: str, number: str = SUCCEEDS, authenticated: bool | None = True, slowly: bool = False
    ) -> paying.Outcome:
        with self._change():
            return paying.pay(
                self._account, session, number=number, authenticated=authenticated, slowly=slowly
            )

    # Banks

    def settle_payment(self, payment_intent: str, succeeded: bool = True) -> Object:
        with self._change():
            return paying.settle(self._account, payment_intent, succeeded=succeeded)

    def settle_refund(self, refund: str) -> Object:
        with self._change():
            return refunds.settle(self._account, refund)

    def fail_refund(self, refund: str) -> Object:
        with self._change():
            return refunds.fail(self._account, refund)

    def dispute(self, payment_intent: str) -> Object:
        with self._change():
            return disputes.open_for(self._account, payment_intent)

    def close_dispute(self, dispute: str, won: bool) -> Object:
        with self._change():
            return disputes.close(self._account, dispute, won=won)

    # The clinic's own people at the supplier's dashboard

    def refund_at_the_dashboard(self, payment_intent: str, amount: int | None = None) -> Object:
        params: Object = {"payment_intent": payment_intent}
        if amount is not None:
            params["amount"] = amount
        with self._change():
            return refunds.create(self._account, params=params)

    # Time and faults

    def set_clock(self, moment: datetime | str) -> None:
        self._account.clock.set(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)
        with self._change():
            checkout.expire_overdue(self._account)

    def advance_clock(self, seconds: float) -> None:
        self._account.clock.advance(seconds)
        with self._change():
            checkout.expire_overdue(self._account)

    def fault(self, kind: Any, on: str = "", times: int | None = 1, seconds: float = 0.0) -> None:
        self._api.faults.add(kind, on=on, times=times, seconds=seconds)

    def webhooks(self, **faults: Any) -> dict[str, Any]:
        """Sets how webhooks go wrong; without arguments they go right again."""
        if self._postman is None:
            raise ValueError("This stand-in sends no webhooks: it was started without an address for them.")
        self._postman.faults = WebhookFaults(**faults)
        return asdict(self._postman.faults)

    def clear_faults(self) -> None:
        self._api.faults.clear()
        if self._postman:
            self._postman.faults = WebhookFaults()

    # What there is

    def objects(self, kind: str) -> list[Object]:
        """Every object of a kind, in the order in which they were made."""
        return self._account.store.newest(kind)[::-1]

    def session(self, session: str) -> Object:
        with self._change():
            return checkout.find(self._account, session)

    def line_items(self, session: str) -> list[Object]:
        return checkout.line_items(self._account, session)

    def events(self) -> list[Object]:
        return self.objects("event")

    def webhook(self, event: str, secret: str | None = None, at: int | None = None) -> tuple[bytes, str]:
        """The body and signature of one event's webhook, to be delivered by hand."""
        item = self._account.find("event", event)
        return signed(item, secret=self._webhook_secret if secret is None else secret, at=at)

    def send_again(self, event: str) -> None:
        """What the dashboard's "resend" does."""
        self._account.find("event", event)
        self._account.store.query("INSERT INTO deliveries (event, due) VALUES (?, 0)", event)
        if self._postman:
            self._postman.ring()

    def undelivered(self) -> int:
        return int(self._account.store.query("SELECT count(*) FROM deliveries")[0][0])

    def requests(self) -> list[tuple[str, str, int]]:
        """`("POST /v1/refunds", key, status)` of each request so far; status 0 where no answer was sent."""
        return [
            (f"{request.method} {request.path}", request.key, status) for request, status in self._api.log
        ]

    def sent(self) -> list[str]:
        """Each request so far in full: method, path, key, and its fields decoded."""
        return [
            f"{request.method} {request.path} {request.key} {unquote_plus(request.fields)}"
            for request, _ in self._api.log
        ]

    def forget_everything(self) -> None:
        self._account.store.clear()
        self._api.log.clear()
        self.clear_faults()

    def _change(self) -> _Change:
        return _Change(self._account, self._postman)


class _Change:
    """A change of the account, after which the webhooks it queued are sent."""

    def __init__(self, account: Account, postman: Postman | None) -> None:
        self._transaction, self._postman = account.store.transaction(), postman

    def __enter__(self) -> None:
        self._transaction.__enter__()

    def __exit__(self, *raised: Any) -> None:
        self._transaction.__exit__(*raised)
        if self._postman:
            self._postman.ring()


NAMES = tuple(name for name in vars(Control) if not name.startswith("_") and name not in ("call", "webhook"))
