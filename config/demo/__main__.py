"""The whole clinic on one machine: `python -m config.demo --port 8000`, or simply `make run`."""

import argparse
import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from config.demo.house import House, SiteDidNotAnswer, postgres_home
from config.demo.ports import is_free
from config.demo.postgres import PostgresDidNotStart
from config.demo.processes import ChildEnded, end_leftovers
from config.demo.valkey import ValkeyDidNotStart

VAR = Path(__file__).resolve().parents[2] / "var"
WELCOME = """
Oakmont is open: {url}

  patient     patient@oakmont.example      password for all four: oakmont-demo
  reception   reception@oakmont.example
  physio      physio@oakmont.example
  manager     manager@oakmont.example

  Messages    {url}/demo/messages/   every mail it has sent

Try this
  1. Read about dry needling:   {url}/treatments/dry-needling/
  2. Book from there, without signing in, and pay with 4242 4242 4242 4242.
  3. See the confirmation:      {url}/demo/messages/
  A reminder is due within the first minute. Watch it arrive there.
  4. Sign in as the physio on a phone: {url}/physio/ is today, the next patient on top.
     Move one of those visits at {url}/reception/ and see it told there.

Ctrl-C ends everything. The data stays; make reset forgets it.
"""


class Refused(Exception):
    """Why nothing was started, in words for the person at the terminal."""


class Ended(Exception):
    """Somebody asked us to end."""


def main() -> int:
    chosen = arguments()
    var = chosen.var.resolve()
    try:
        with sole_run(var):
            return reset(var) if chosen.reset else run(var, chosen.port, follow_parent=chosen.follow_parent)
    except Refused as reason:
        print(reason, file=sys.stderr)
        return 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m config.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where the site answers (8000)")
    parser.add_argument("--var", type=Path, default=VAR, help="where everything is kept (var/)")
    parser.add_argument("--follow-parent", action="store_true", help="end when the starting process ends")
    parser.add_argument("--reset", action="store_true", help="forget everything and end")
    return parser.parse_args()


@contextmanager
def sole_run(var: Path) -> Iterator[None]:
    """Two runs on one folder would end each other's database."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                f"Oakmont is running from {var} already. End it there first, with Ctrl-C."
            ) from None
        for leftover in (var / "runs").glob("*"):
            end_leftovers(leftover)
        yield


def reset(var: Path) -> int:
    for folder in (postgres_home(var), var):
        shutil.rmtree(folder, ignore_errors=True)
    print("The demonstration's data is gone. The next make run begins afresh.")
    return 0


def run(var: Path, port: int, *, follow_parent: bool) -> int:
    if not is_free(port):
        raise Refused(
            f"Port {port} is taken by another program. Nothing was started.\n"
            f"Choose another one: make run PORT={port + 2}"
        )
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _end)
    parent = os.getppid()
    house = House(var, port)
    try:
        house.open()
        print(WELCOME.format(url=house.url), flush=True)
        while not follow_parent or os.getppid() == parent:
            house.watch()
            time.sleep(0.2)
    except Ended:
        print("\nEnding everything", flush=True)
        return 0
    except ChildEnded as fallen:
        print(f"{fallen} Its last lines:\n\n{fallen.child.last_lines()}\n", file=sys.stderr)
        print(f"Everything else is being ended too. All of its log: {fallen.child.log}", file=sys.stderr)
        return 1
    except (PostgresDidNotStart, ValkeyDidNotStart, SiteDidNotAnswer) as problem:
        print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
        return 1
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        house.close()
    return 0


def _end(signal_number: int, frame: FrameType | None) -> None:
    raise Ended


if __name__ == "__main__":
    sys.exit(main())
