"""However `make run` ends, nothing of it is left running, and it starts again."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.running import Demo

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("make run"), pytest.mark.timeout(240)]


@pytest.fixture
def demo(var: Path, project: Path) -> Iterator[Demo]:
    running = Demo(var, project)
    yield running
    if running.process.poll() is None:
        running.end(signal.SIGKILL)
    running.left()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_it_ends_all_of_its_parts(demo: Demo, how: signal.Signals) -> None:
    assert (demo.end(how), demo.left()) == (0, [])


def test_when_one_part_dies_the_rest_ends_and_the_dead_one_is_named(demo: Demo) -> None:
    demo.part("gunicorn").kill()
    assert (demo.wait(), demo.left()) == (1, [])
    assert "web ended" in demo.said


def test_when_it_is_killed_no_part_outlives_it_and_it_starts_again(
    demo: Demo, var: Path, project: Path
) -> None:
    demo.end(signal.SIGKILL)
    assert demo.left() == []
    started = time.monotonic()
    again = Demo(var, project)
    seconds = time.monotonic() - started
    assert (again.end(signal.SIGINT), again.left()) == (0, [])
    assert seconds < 30, "a second start takes seconds: 10 where nothing else runs"
