"""One request of the API, from its bytes to its answer: key, idempotency, faults, contract, work."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from . import checkout, contract, forms
from .account import KINDS, Account
from .checks import check_answer, check_request
from .errors import ApiError, ConnectionDropped
from .faults import Fault, Faults
from .pages import page
from .routes import ROUTES, Route
from .store import Object

KEYS_LIVE = 24 * 60 * 60


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    fields: str
    """Form encoded, from the query or from the body."""
    authorization: str = ""
    key: str = ""
    """Idempotency-Key, if any."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: Object
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Api:
    account: Account
    faults: Faults = field(default_factory=Faults)
    log: list[tuple[Request, int]] = field(default_factory=list)
    """Every request with the status of its answer, 0 where the connection was dropped."""
    _running: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: Request) -> Answer:
        try:
            answer = self._answer(request)
        except ApiError as refusal:
            answer = Answer(refusal.status, refusal.body, _advice(refusal))
        except ConnectionDropped:
            self.log.append((request, 0))
            raise
        self.log.append((request, answer.status))
        return answer

    def _answer(self, request: Request) -> Answer:
        fault = self.faults.strike(f"{request.method} {request.path}")
        if fault and fault.kind == "unreachable":
            raise ConnectionDropped
        authenticate(request.authorization)
        route, arguments = find_route(request)
        params = forms.typed(forms.nested(request.fields), contract.schema_for(route.takes))
        if not (request.method == "POST" and request.key):
            return self._finish(self._work(route, arguments, params, request, fault), fault)
        with self._lock:
            if request.key in self._running:
                raise ApiError(
                    "There is currently another in-progress request using this Idempotent Key.",
                    status=409,
                    type="idempotency_error",
                    code="idempotency_key_in_use",
                )
            self._running.add(request.key)
        try:
            return self._once(route, arguments, params, request, fault)
        finally:
            self._running.discard(request.key)

    def _once(
        self, route: Route, arguments: list[str], params: Object, request: Request, fault: Fault | None
    ) -> Answer:
        """Work under an idempotency key: the first answer is kept, also a 500, and replayed."""
        fingerprint = json.dumps([request.method, request.path, params], sort_keys=True)
        kept = self._kept(request.key)
        if kept:
            if kept[0] != fingerprint:
                raise ApiError(
                    "Keys for idempotent requests can only be used with the same parameters they were first "
                    f"used with. Try using a key other than '{request.key}' if you meant another request.",
                    type="idempotency_error",
                )
            headers = {"Idempotent-Replayed": "true"} | _advice_for(kept[1])
            return self._finish(Answer(kept[1], json.loads(kept[2]), headers), fault)
        return self._finish(self._work(route, arguments, params, request, fault, fingerprint), fault)

    def _kept(self, key: str) -> tuple[str, int, str] | None:
        query = "SELECT fingerprint, status, body FROM answers WHERE key = ? AND created > ?"
        rows = self.account.store.query(query, key, self.account.clock.now() - KEYS_LIVE)
        return (rows[0][0], rows[0][1], rows[0][2]) if rows else None

    def _work(
        self,
        route: Route,
        arguments: list[str],
        params: Object,
        request: Request,
        fault: Fault | None,
        fingerprint: str = "",
    ) -> Answer:
        _strike_before(fault)
        check_request(params, route)
        with self.account.store.transaction():
            if fault and fault.kind == "error_before":
                answer = _broken()
            else:
                answer = self._execute(route, arguments, params, request.key)
                if fault and fault.kind == "error_after":
                    answer = _broken()
            if fingerprint:
                self.account.store.query(
                    "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)",
                    request.key,
                    fingerprint,
                    answer.status,
                    json.dumps(answer.body),
                    self.account.clock.now(),
                )
        return answer

    def _execute(self, route: Route, arguments: list[str], params: Object, key: str) -> Answer:
        self.account.current_key = key or None
        try:
            found = route.handler(self.account, *arguments, params=params)
        except ApiError as refusal:
            return Answer(refusal.status, refusal.body)
        finally:
            self.account.current_key = None
        body = page(found, params, path=route.path) if route.listed else found
        self._expand(body, params.get("expand", []))
        check_answer(body, route)
        return Answer(200, body)

    def _expand(self, body: Object, paths: list[str]) -> None:
        for path in paths:
            name, _, rest = path.partition(".")
            if name == "data" and isinstance(body.get("data"), list):
                for item in body["data"]:
                    self._expand(item, [rest])
            elif name == "line_items" and body["object"] == "checkout.session":
                items = checkout.line_items(self.account, body["id"])
                url = f"/v1/checkout/sessions/{body['id']}/line_items"
                body[name] = {"object": "list", "data": items, "has_more": False, "url": url}
            elif name not in body:
                raise ApiError(f"This property cannot be expanded ({name}).", param="expand")
            elif body[name] is not None:
                if isinstance(body[name], str):
                    body[name] = self._by_prefix(body[name])
                self._expand(body[name], [rest] if rest else [])

    def _by_prefix(self, identifier: str) -> Object:
        kind = next(kind for kind, (_, prefix) in KINDS.items() if identifier.startswith(prefix))
        return self.account.find(kind, identifier)

    def _finish(self, answer: Answer, fault: Fault | None) -> Answer:
        if fault and fault.kind == "drop":
            raise ConnectionDropped
        return answer


def authenticate(authorization: str) -> None:
    key = authorization.removeprefix("Bearer ").strip()
    if not key:
        raise ApiError("You did not provide an API key.", status=401)
    if "_live_" in key:
        raise ApiError("This is a stand-in for tests. It refuses live keys: use a test key.", status=401)
    if not key.startswith(("sk_test_", "rk_test_")):
        raise ApiError("Invalid API Key provided.", status=401)


def find_route(request: Request) -> tuple[Route, list[str]]:
    for route in ROUTES:
        arguments = route.match(request.method, request.path)
        if arguments is not None:
            return route, arguments
    raise ApiError(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)


def _strike_before(fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.kind == "delay":
        time.sleep(fault.seconds)
    if fault.kind == "conflict":
        raise ApiError("This object cannot be accessed right now.", status=409, code="lock_timeout")
    if fault.kind == "rate_limit":
        raise ApiError("Too many requests in too short a time.", status=429, code="rate_limit")


def _broken() -> Answer:
    error = {"type": "api_error", "message": "An unknown error occurred."}
    return Answer(500, {"error": error}, _advice_for(500))


def _advice(refusal: ApiError) -> dict[str, str]:
    return _advice_for(refusal.status)


def _advice_for(status: int) -> dict[str, str]:
    """Stripe tells its libraries not to retry a kept 500, which is replayed, but to retry a conflict."""
    advice = {500: "false", 409: "true"}
    return {"Stripe-Should-Retry": advice[status]} if status in advice else {}
