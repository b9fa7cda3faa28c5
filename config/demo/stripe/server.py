"""The stand-in as an HTTP server on this machine: Stripe's API, the pay page and the control address."""

from __future__ import annotations

import json
import socket
import threading
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from . import pay_page
from .account import Account
from .api import Api, Request, authenticate
from .control import Control
from .errors import ApiError, ConnectionDropped
from .store import Store
from .webhooks import Postman

HOST = "127.0.0.1"
KEY = "sk_test_oakmont_stand_in"
WEBHOOK_SECRET = "whsec_oakmont_stand_in"


class StandIn(Control):
    """A running stand-in. As a context manager it stops at the end, and reports its own mistakes."""

    def __init__(
        self,
        *,
        port: int = 0,
        webhook_url: str | None = None,
        webhook_secret: str = WEBHOOK_SECRET,
        state: Path | None = None,
        webhook_wait: float = 1.0,
    ) -> None:
        """`port` 0 takes any free one; `webhook_wait` stretches or shrinks the waits between attempts."""
        self._store = Store(state)
        account = Account(self._store, sends_webhooks=webhook_url is not None)
        postman = (
            Postman(account, webhook_url, webhook_secret, first_wait=webhook_wait) if webhook_url else None
        )
        super().__init__(account=account, api=Api(account), postman=postman, webhook_secret=webhook_secret)
        self.key, self.webhook_secret, self.mistakes = KEY, webhook_secret, []  # type: ignore[var-annotated]
        self._server = Server((HOST, port), self)
        self.base_address = account.base_address = f"http://{HOST}:{self._server.server_port}"
        self._thread: threading.Thread | None = None

    def start(self) -> Self:
        """Serves in a background thread."""
        if self._postman:
            self._postman.start()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def stop_listening(self) -> None:
        """Nobody answers at the address any more. What was stored stays, until stop()."""
        if self._thread:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()
        self._server.hang_up()

    def stop(self) -> None:
        self.stop_listening()
        if self._postman:
            self._postman.stop()
        self._store.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, *raised: Any) -> None:
        self.stop()
        if self.mistakes and kind is None:
            raise AssertionError(
                "The stand-in gave an answer Stripe could not have given:\n" + "\n".join(self.mistakes)
            )

    def answer(self, request: Request) -> tuple[int, Any, dict[str, str]]:
        """One request of the API or of the control address."""
        if request.path.startswith("/_control/"):
            authenticate(request.authorization)
            arguments = json.loads(request.fields or "{}")
            return 200, self.call(request.path.removeprefix("/_control/"), arguments), {}
        answer = self._api.answer(request)
        if self._postman:
            self._postman.ring()
        return answer.status, answer.body, dict(answer.headers)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self._open: set[socket.socket] = set()
        super().__init__(address, Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends the connections that clients keep open, so that a stopped stand-in is really gone."""
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in the middle is nobody's fault."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def do_DELETE(self) -> None:
        self._serve("DELETE")

    def _serve(self, method: str) -> None:
        url = urlsplit(self.path)
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
        try:
            if url.path.startswith("/pay/"):
                self._send_page(method, url.path, sent)
            else:
                fields = sent if method == "POST" else url.query
                self._send_json(*self._answer(method, url.path, fields))
        except ConnectionDropped:
            self.close_connection = True

    def _answer(self, method: str, path: str, fields: str) -> tuple[int, Any, dict[str, str]]:
        if path == "/":
            return 200, {"object": "stand_in", "moves_money": False}, {}
        authorization = self.headers.get("Authorization", "")
        request = Request(method, path, fields, authorization, self.headers.get("Idempotency-Key", ""))
        try:
            return self.server.stand_in.answer(request)
        except ApiError as refusal:
            return refusal.status, refusal.body, {}
        except (TypeError, ValueError) as wrong:
            if not path.startswith("/_control/"):
                return self._mistake()
            return 400, {"error": {"type": "invalid_request_error", "message": str(wrong)}}, {}
        except ConnectionDropped:
            raise
        except Exception:
            return self._mistake()

    def _mistake(self) -> tuple[int, Any, dict[str, str]]:
        text = traceback.format_exc()
        self.server.stand_in.mistakes.append(text)
        self.log_error("%s", text)
        return 500, {"error": {"type": "api_error", "message": text}}, {"Stripe-Should-Retry": "false"}

    def _send_page(self, method: str, path: str, sent: str) -> None:
        page = pay_page.respond(self.server.stand_in, method=method, path=path, sent=sent)
        self._send(
            page.status, page.body.encode(), {"Content-Type": "text/html; charset=utf-8", **page.headers}
        )

    def _send_json(self, status: int, body: Any, headers: dict[str, str]) -> None:
        text = json.dumps(body, indent=2).encode()
        self._send(
            status, text, {"Content-Type": "application/json", "Request-Id": "req_stand_in", **headers}
        )

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: Any) -> None:
        """Silent, except for the stand-in's own mistakes."""

    def log_error(self, format: str, *values: Any) -> None:
        BaseHTTPRequestHandler.log_message(self, format, *values)
