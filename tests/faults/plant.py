"""The moving parts of production, small enough to be killed: a broker of our own, workers, and a beat."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import redis

from config.celery import app
from config.demo.house import WEB_OPTIONS
from config.demo.ports import HOST
from config.demo.processes import Child, Family, temporary_folder
from config.demo.valkey import Valkey
from tests.benchmarks.site import await_answer

PATIENCE_SECONDS = 60  # for machines that are busy with other things
TICKS = {entry["task"]: entry for entry in app.conf.beat_schedule.values()}


@dataclass
class Plant:
    """Started empty. Whatever a test starts here is ended with it, however the test ends."""

    folder: Path
    family: Family
    environment: dict[str, str]
    numbers: Iterator[int] = field(default_factory=count)
    broker: Child | None = None

    @property
    def valkey(self) -> Valkey:
        return Valkey(home=self.folder / "valkey", sockets=self.folder)

    def start_broker(self) -> None:
        self.broker = self.valkey.start(self.family)

    def kill_broker(self) -> None:
        """With all it held: nothing is written to disk."""
        assert self.broker is not None
        kill(self.broker)

    def start_worker(self, **environment: str) -> Child:
        """A worker as in production, one process for the work and one that watches over it."""
        name = f"worker-{next(self.numbers)}"
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency=1"]
        quicker = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=INFO"]
        return self.family.start(
            name,
            [*command, *quicker],
            log=self.folder / f"{name}.log",
            env={**self.environment, "REDIS_URL": self.valkey.url(), **environment},
        )

    def start_web(self, port: int, **environment: str) -> Child:
        """The site as `make run` serves it. Returns once it answers."""
        name = f"web-{next(self.numbers)}"
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}", *WEB_OPTIONS]
        web = self.family.start(
            name,
            command,
            log=self.folder / f"{name}.log",
            env={**self.environment, "REDIS_URL": self.valkey.url(), **environment},
        )
        await_answer(web.process, port)
        return web

    def tick(self, task: str = "booking.tasks.deliver_due_messages") -> None:
        """Ask for a task in the very words of the beat table."""
        entry = TICKS[task]
        with app.connection_for_write(self.broker_url) as connection:
            app.send_task(task, kwargs=entry.get("kwargs"), connection=connection, **entry["options"])

    @property
    def broker_url(self) -> str:
        return self.valkey.broker_url()

    def flush(self) -> None:
        with redis.Redis.from_url(self.valkey.url()) as client:
            client.flushall()


def kill(child: Child) -> None:
    """As the kernel does when memory runs out: the whole group at once, and no last words."""
    os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()


def wait_until(is_so: Callable[[], bool], *, tick: Callable[[], None]) -> None:
    """Look again and again, ticking every second as beat does every fifteen."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until, "it did not come to pass"
        tick()
        next_tick = time.monotonic() + 1
        while not is_so() and time.monotonic() < next_tick:
            time.sleep(0.05)


@contextmanager
def plant(environment: dict[str, str]) -> Iterator[Plant]:
    folder = temporary_folder("faults")
    family = Family(folder / "processes", remove=[folder])
    family.watch()
    try:
        yield Plant(folder=folder, family=family, environment=environment)
    finally:
        family.end()
