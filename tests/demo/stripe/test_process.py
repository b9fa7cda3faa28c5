"""The stand-in as its own process: started, stopped, started again, and steered over HTTP."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import stripe

from config.demo.stripe import KEY
from tests.gateways.stripe_requests import session_parameters

PROJECT = Path(__file__).resolve().parents[3]


@contextmanager
def running(state: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "config.demo.stripe", "--state", str(state)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found is not None
        yield found[0]
    finally:
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert process.stdout is not None
        process.stdout.close()


def client(address: str) -> stripe.StripeClient:
    return stripe.StripeClient(KEY, base_addresses={"api": address})


def control(address: str, name: str, **arguments: object) -> httpx.Response:
    return httpx.post(
        f"{address}/_control/{name}", json=arguments, headers={"Authorization": f"Bearer {KEY}"}
    )


def test_everything_is_still_there_after_a_restart(tmp_path: Path) -> None:
    parameters, options = session_parameters(), stripe.RequestOptions(idempotency_key="kept")
    with running(tmp_path / "state") as address:
        session = client(address).v1.checkout.sessions.create(parameters, options)  # type: ignore[arg-type]
        control(address, "pay", session=session.id)
    with running(tmp_path / "state") as address:
        assert client(address).v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
        again = client(address).v1.checkout.sessions.create(parameters, options)  # type: ignore[arg-type]
        assert again.id == session.id


def test_it_is_steered_over_http_by_whoever_has_the_key(tmp_path: Path) -> None:
    with running(tmp_path / "state") as address:
        assert control(address, "fault", kind="rate_limit").status_code == 200
        refused = httpx.get(f"{address}/v1/events", headers={"Authorization": f"Bearer {KEY}"})
        assert refused.status_code == 429
        assert control(address, "unheard_of").status_code == 400
        assert httpx.post(f"{address}/_control/forget_everything", json={}).status_code == 401
