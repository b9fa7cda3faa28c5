"""However `make run` ends, nothing of it is left running, and it starts again."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.running import Demo

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.fixture
def demo(var: Path, project: Path) -> Iterator[Demo]:
    running = Demo(var, project)
    yield running
    running.kill()


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
    assert seconds < 60, "a second start takes seconds: 10 where nothing else runs"
