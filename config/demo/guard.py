"""Ends a family of processes when the one that started them is gone, even if that one was killed.

Run as `python guard.py FOLDER [REMOVE…]` with the read end of a pipe as standard input. The starter holds the
other end and never writes; when it ends, in whatever way, the pipe closes. Then every process noted in FOLDER
is ended, the highest level first (the site before its database), and the folders to REMOVE are removed.
Standard library only, so that it starts at once and needs nothing of the project.
"""

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

PATIENCE_SECONDS = 8.0


class Note(NamedTuple):
    """What FOLDER/<name>.json says: how to end one process and everything it started."""

    level: int
    pid: int
    stop_signal: int


def notes(folder: Path) -> list[Note]:
    found = []
    for file in folder.glob("*.json"):
        try:
            found.append(Note(**json.loads(file.read_text())))
        except (OSError, ValueError, TypeError):  # half-written: its process was never announced
            continue
    return sorted(found, reverse=True)


def is_gone(pid: int) -> bool:
    """No process of this group is left; one that only waits to be reaped counts as gone."""
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # macOS answers this for a group of which only zombies are left
        return True
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state == "Z" and not any(True for _ in members(pid))


def members(group: int) -> Iterator[int]:
    """The living processes of a group, where the system has /proc."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = entry.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(its_group) == group and state != "Z":
            yield int(entry.parent.name)


def signal_group(pid: int, which: int) -> None:
    try:
        os.killpg(pid, which)
    except (ProcessLookupError, PermissionError):
        pass


def end(folder: Path) -> None:
    for _level, same_level in groupby(notes(folder), key=lambda note: note.level):
        group = list(same_level)
        for note in group:
            # PostgreSQL passes the signal on in its own order, so only the first process hears it.
            try:
                os.kill(note.pid, note.stop_signal)
            except ProcessLookupError:
                continue
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and not all(is_gone(note.pid) for note in group):
            time.sleep(0.02)
        for note in group:
            signal_group(note.pid, signal.SIGKILL)


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    folder, *remove = (Path(argument) for argument in sys.argv[1:])
    sys.stdin.buffer.read()
    end(folder)
    for path in (folder, *remove):
        shutil.rmtree(path, ignore_errors=True)


if __name__ == "__main__":
    main()
