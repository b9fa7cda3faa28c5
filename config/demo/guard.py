"""Ends a family of processes when the one that started them is gone, even if that one was killed.

Run as `python guard.py SECONDS FOLDER [REMOVE…]` with the read end of a pipe as standard input. The starter
holds the other end and never writes; when it ends, in whatever way, the pipe closes. Then every process noted
in FOLDER is asked to end, the highest level first (the site before its database), and killed if it has not
after SECONDS; then the folders to REMOVE are removed.
Standard library only, so that it starts at once and needs nothing of the project.
"""

import contextlib
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


class Note(NamedTuple):
    """What FOLDER/<name>.json says: how to end one process and everything it started.

    `born` is when the process began, so that a note older than the machine's last start, whose number now
    belongs to somebody else, can be told from a true one.
    """

    level: int
    pid: int
    stop_signal: int
    born: float


def notes(folder: Path) -> list[Note]:
    """The notes in the folder, those to be ended first at the front."""
    return sorted((Note(**json.loads(file.read_text())) for file in folder.glob("*.json")), reverse=True)


def is_gone(group: int) -> bool:
    """No process of this group is left; those that only wait to be reaped count as gone."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):  # macOS refuses where only zombies are left
        return True
    return Path("/proc/self/stat").exists() and not any(members(group))


def members(group: int) -> Iterator[int]:
    """The living processes of a group, on a system with /proc."""
    # The names alone: a glob that looks into a folder fails when its process has just ended.
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # ended while we looked
            state, _parent, its_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                yield int(entry.name)


def wait_until_gone(group: list[Note], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not all(is_gone(note.pid) for note in group):
        time.sleep(0.02)


def end(folder: Path, *, patience: float) -> None:
    """End every noted process, politely first, and return when none is left."""
    for _level, same_level in groupby(notes(folder), key=lambda note: note.level):
        group = list(same_level)
        for note in group:
            # Only the first process of each group: it tells its own in the order they need.
            with contextlib.suppress(ProcessLookupError):
                os.kill(note.pid, note.stop_signal)
        wait_until_gone(group, seconds=patience)
        for note in group:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(note.pid, signal.SIGKILL)
        wait_until_gone(group, seconds=patience)


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    folder, *remove = (Path(argument) for argument in sys.argv[2:])
    sys.stdin.buffer.read()
    end(folder, patience=float(sys.argv[1]))
    for path in (folder, *remove):
        shutil.rmtree(path, ignore_errors=True)


if __name__ == "__main__":
    main()
