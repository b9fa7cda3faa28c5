"""A site under gunicorn, asked over one connection that stays open, as a browser's does."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from config.demo.ports import HOST, free_port

SECONDS_TO_START = 60


class NotAnswered(Exception):
    """The site did not start, or said something else than 200."""


ONE_WORKER = ["--worker-class", "gthread", "--keep-alive", "60", "--no-control-socket"]


@dataclass(frozen=True)
class Site:
    connection: http.client.HTTPConnection

    @property
    def url(self) -> str:
        return f"http://localhost:{self.connection.port}"

    def get(self, path: str) -> bytes:
        self.connection.request("GET", path, headers={"Accept": "application/json"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise NotAnswered(f"{path}: {answer.status} {body[:500]!r}")
        return body

    def post(self, path: str, body: Any) -> bytes:
        """Make something with JSON."""
        self.connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        said = answer.read()
        if answer.status != http.HTTPStatus.CREATED:
            raise NotAnswered(f"{path}: {answer.status} {said[:500]!r}")
        return said


@contextmanager
def served(
    application: str, *, env: Mapping[str, str], options: Sequence[str] = ONE_WORKER, port: int = 0
) -> Iterator[Site]:
    """gunicorn serving `module:name` until the block ends, on a free port unless one is given."""
    port = port or free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}", *options]
    process = subprocess.Popen([*command, "--log-level=warning"], env=dict(env), stdin=subprocess.DEVNULL)
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        await_answer(process, port)
        yield Site(connection)
    finally:
        connection.close()
        process.terminate()
        process.wait()


def await_answer(process: subprocess.Popen[bytes], port: int) -> None:
    """Return once a server that was just started answers. Raises NotAnswered if it ends or is too slow."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        attempt = http.client.HTTPConnection(HOST, port, timeout=SECONDS_TO_START)
        try:
            attempt.request("GET", "/healthz")
            attempt.getresponse()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            attempt.close()
    raise NotAnswered(f"{process.args!r} did not start")
