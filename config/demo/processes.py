"""A family of processes that live and die together: however the first one ends, none is left behind."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from config.demo import guard

PATIENCE_SECONDS = 8.0
SERVERS, SITE = 0, 1  # levels: the site is ended before the servers it speaks to


@dataclass
class Child:
    """One started process, and where it writes what it has to say."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_lines(self, count: int = 15) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


class ChildEnded(Exception):
    """A child that should go on has ended, or one that should succeed has failed."""

    def __init__(self, child: Child) -> None:
        super().__init__(f"{child.name} ended with code {child.process.returncode}.")
        self.child = child


@dataclass
class Family:
    """Children are noted in `folder`, so that another process of the same run can add its own.

    The folder and everything in `remove` is removed at the end. A child that goes on `patience` seconds after
    it was asked to end is killed.
    """

    folder: Path
    remove: Sequence[Path] = ()
    patience: float = PATIENCE_SECONDS
    children: list[Child] = field(default_factory=list)
    guard: subprocess.Popen[bytes] | None = None

    def watch(self) -> None:
        """Start the guard, which ends every child once this process is gone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.guard = subprocess.Popen(
            [sys.executable, "-I", "-S", guard.__file__, str(self.patience), self.folder, *self.remove],
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
        """Start a child in a group of its own, its output written to `log`."""
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                start_new_session=True,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )
        child = Child(name, process, log)
        self._write_note(child, level=level, stop_signal=stop_signal)
        self.children.append(child)
        return child

    def run(self, name: str, command: Sequence[str | Path], *, log: Path, env: Mapping[str, str]) -> None:
        """Start a child and wait until it has done its work."""
        child = self.start(name, command, log=log, env=env)
        child.process.wait()
        self.children.remove(child)
        (self.folder / f"{name}.json").unlink()
        if child.process.returncode:
            raise ChildEnded(child)

    def check(self) -> None:
        """Raise ChildEnded if a child has ended by itself."""
        for child in self.children:
            if child.process.poll() is not None:
                raise ChildEnded(child)

    def end(self) -> None:
        """End every child and wait until it is gone."""
        if self.guard is None or self.guard.stdin is None:
            return
        self.guard.stdin.close()
        while self.guard.poll() is None:
            for child in self.children:
                child.process.poll()  # asking reaps those that have ended
            time.sleep(0.02)
        for child in self.children:
            child.process.wait(self.patience)
        self.guard = None

    def _write_note(self, child: Child, *, level: int, stop_signal: signal.Signals) -> None:
        try:
            born = psutil.Process(child.process.pid).create_time()
        except psutil.NoSuchProcess:
            born = 0.0
        note = guard.Note(level=level, pid=child.process.pid, stop_signal=int(stop_signal), born=born)
        unfinished = self.folder / f"{child.name}.new"
        unfinished.write_text(json.dumps(note._asdict()))
        unfinished.rename(self.folder / f"{child.name}.json")


def end_leftovers(folder: Path) -> None:
    """End what is left of a run whose guard was killed too, and remove its notes."""
    for file in folder.glob("*.json"):
        note = guard.Note(**json.loads(file.read_text()))
        try:
            is_ours = abs(psutil.Process(note.pid).create_time() - note.born) < 1
        except psutil.NoSuchProcess:
            is_ours = note.born > psutil.boot_time() and any(guard.members(note.pid))
        if not is_ours:
            file.unlink()
    guard.end(folder, patience=PATIENCE_SECONDS)
    shutil.rmtree(folder, ignore_errors=True)


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to run PostgreSQL as: it refuses to be root. None means as ourselves."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def may_enter(folder: Path) -> bool:
    """Whether everybody may pass through every folder above this one."""
    return all(parent.stat().st_mode & 0o001 for parent in folder.resolve().parents)


def temporary_folder(purpose: str) -> Path:
    """A new folder with a path short enough for Unix sockets, which an unprivileged user may pass through."""
    usual = Path(tempfile.gettempdir())
    base = usual if may_enter(usual / "any") and len(str(usual)) < 50 else Path("/tmp")
    folder = Path(tempfile.mkdtemp(prefix=f"oakmont-{purpose}-", dir=base))
    folder.chmod(0o711)
    return folder
