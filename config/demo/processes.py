"""A family of processes that live and die together: however the first one ends, none is left behind."""

import json
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SERVERS, SITE = 0, 1  # levels: the site is ended before the servers it speaks to


@dataclass
class Child:
    """One started process, and where it writes what it has to say."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_lines(self, count: int = 15) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


@dataclass
class Family:
    """Children are noted in `folder`, so that another process of the same run can add its own."""

    folder: Path
    remove: Sequence[Path] = ()
    children: list[Child] = field(default_factory=list)
    guard: subprocess.Popen[bytes] | None = None

    def watch(self) -> None:
        """Start the guard, which ends every child once this process is gone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.guard = subprocess.Popen(
            [sys.executable, "-I", "-S", Path(__file__).with_name("guard.py"), self.folder, *self.remove],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        level: int = SITE,
        stop_signal: signal.Signals = signal.SIGTERM,
        env: Mapping[str, str] | None = None,
        user: pwd.struct_passwd | None = None,
    ) -> Child:
        """Start a child in a group of its own, its output appended to `log`."""
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                start_new_session=True,
                **(as_user(user) if user else {}),
            )
        note = {"level": level, "pid": process.pid, "stop_signal": int(stop_signal)}
        unfinished = self.folder / f"{name}.new"
        unfinished.write_text(json.dumps(note))
        unfinished.rename(self.folder / f"{name}.json")
        child = Child(name, process, log)
        self.children.append(child)
        return child

    def fallen(self) -> Child | None:
        """A child that has ended by itself, if one has."""
        return next((child for child in self.children if child.process.poll() is not None), None)

    def end(self) -> None:
        """End every child and wait until it is gone."""
        if self.guard is None or self.guard.stdin is None:
            return
        self.guard.stdin.close()
        while self.guard.poll() is None:
            self.fallen()  # asking reaps those that have ended
            time.sleep(0.02)
        for child in self.children:
            child.process.wait()
        self.guard = None


def as_user(user: pwd.struct_passwd) -> dict[str, object]:
    """What subprocess needs to be told to run a program as somebody else."""
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to run PostgreSQL as: it refuses to be root. None means as ourselves."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def may_enter(folder: Path) -> bool:
    """Whether everybody may pass through every folder above, and so reach this one."""
    return all(parent.stat().st_mode & 0o001 for parent in folder.resolve().parents)
