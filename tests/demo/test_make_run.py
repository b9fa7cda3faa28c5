"""What `make run` starts, and what it says."""

import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from config.demo.ports import HOST
from tests.demo.running import Demo

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
Attempt = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def demo(var: Path, project: Path) -> Iterator[Demo]:
    running = Demo(var, project)
    yield running
    running.kill()


def test_database_and_redis_answer(demo: Demo) -> None:
    ready = httpx.get(f"{demo.url}/readyz").json()
    assert ready == {"state": "ready", "database": "up", "redis": "up"}


def test_every_address_it_prints_answers(demo: Demo) -> None:
    addresses = re.findall(r"http://localhost:\d+(/\S*)", demo.said)
    answers = {
        address: httpx.get(demo.url + address, follow_redirects=True).status_code for address in addresses
    }
    assert answers == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize("role", ["patient", "reception", "physio", "manager"])
def test_it_names_a_sign_in_for_each_role(demo: Demo, role: str) -> None:
    assert f"{role}@oakmont.example" in demo.said


def test_a_second_run_on_the_same_data_is_refused(demo: Demo, var: Path, try_to_run: Attempt) -> None:
    refused = try_to_run(port=demo.port, var=var)
    assert refused.returncode == 1
    assert f"is running from {var} already" in refused.stderr


def test_a_port_that_is_taken_is_said_and_nothing_is_started(tmp_path: Path, try_to_run: Attempt) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = try_to_run(port=port, var=tmp_path)
    assert f"Port {port} is taken" in refused.stderr
    assert not (tmp_path / "postgres").exists()


def test_asked_to_end_it_ends_all_of_its_parts(demo: Demo) -> None:
    """The last test here, because the others need it running."""
    assert (demo.end(signal.SIGTERM), demo.left()) == (0, [])
