"""The demonstration: every process of it, in the order in which they are started."""

import hashlib
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from config.demo.ports import HOST, free_port
from config.demo.postgres import Postgres
from config.demo.processes import Family, may_enter, temporary_folder, unprivileged_user
from config.demo.valkey import Valkey

WEBHOOK_PATH = "/webhooks/stripe/"
# Between the site and the stand-in on this machine; neither opens anything anywhere else.
STRIPE_KEY, WEBHOOK_SECRET = "sk_test_demonstration", "whsec_demonstration"
PYTHON = sys.executable


class SiteDidNotAnswer(Exception):
    """The web server runs, and yet nothing answers."""


@dataclass
class House:
    """Everything of one demonstration lives in `var`; the site answers on `port`."""

    var: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @cached_property
    def family(self) -> Family:
        return Family(self.var / "runs" / str(os.getpid()), remove=[self.sockets])

    @cached_property
    def sockets(self) -> Path:
        return temporary_folder("run")

    @cached_property
    def postgres(self) -> Postgres:
        return Postgres(home=postgres_home(self.var), sockets=self.sockets / "postgres")

    @cached_property
    def valkey(self) -> Valkey:
        return Valkey(home=self.var / "valkey", sockets=self.sockets)

    @cached_property
    def env(self) -> dict[str, str]:
        """What the site is told: as in production, but every supplier is on this machine."""
        mail_port, stripe_port = free_port(), free_port(preferred=self.port + 1)
        return {
            **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMO": "true",
            "DEMO_FOLDER": str(self.var),
            "DEBUG": "false",
            "SECRET_KEY": self._secret_key(),
            "SITE_URL": self.url,
            "DATABASE_URL": self.postgres.url("oakmont"),
            "REDIS_URL": self.valkey.url(),
            "EMAIL_URL": f"smtp://{HOST}:{mail_port}",
            "STRIPE_API_BASE": f"http://{HOST}:{stripe_port}",
            "STRIPE_SECRET_KEY": STRIPE_KEY,
            "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "STATIC_ROOT": str(self.var / "static"),
            "LOG_JSON": "false",
        }

    def open(self) -> None:
        """Start everything and return when the site answers."""
        self.family.watch()
        if not self.postgres.data.exists():
            say("Making a database")
        self.postgres.start(self.family)
        self.valkey.start(self.family)
        self.postgres.create_database("oakmont")
        self._start("messages", ["-m", "config.demo.mailbox", *self._mailbox_options()])
        self._start("stripe", ["-m", "config.demo.stripe", *self._stripe_options()])
        if not (self.var / "static").exists():
            say("Making tables and the demonstration clinic (once, about half a minute)")
        self.family.run(
            "preparation", [PYTHON, "-m", "config.demo.prepare"], log=self._log("preparation"), env=self.env
        )
        bind = ["--bind", f"{HOST}:{self.port}"]
        self._start("web", ["-m", "gunicorn", "config.wsgi", *bind, *WEB_OPTIONS])
        self._start("worker", ["-m", "celery", "--app", "config", "worker", *WORKER_OPTIONS])
        beat_schedule = self.var / "beat-schedule"
        self._start(
            "beat",
            ["-m", "celery", "--app", "config", "beat", "--schedule", str(beat_schedule), "--pidfile="],
        )
        self._await_answer()

    def watch(self) -> None:
        """Raise ChildEnded if a part has ended."""
        self.family.check()

    def close(self) -> None:
        self.family.end()

    def _start(self, name: str, arguments: list[str]) -> None:
        self.family.start(name, [PYTHON, *arguments], log=self._log(name), env=self.env)

    def _log(self, name: str) -> Path:
        folder = self.var / "logs"
        folder.mkdir(exist_ok=True)
        return folder / f"{name}.log"

    def _mailbox_options(self) -> list[str]:
        port = self.env["EMAIL_URL"].rpartition(":")[2]
        return ["--port", port, "--folder", str(self.var / "messages")]

    def _stripe_options(self) -> list[str]:
        port = self.env["STRIPE_API_BASE"].rpartition(":")[2]
        webhook_url = f"http://{HOST}:{self.port}{WEBHOOK_PATH}"
        secret, state = WEBHOOK_SECRET, str(self.var / "stripe.db")
        return ["--port", port, "--webhook-url", webhook_url, "--webhook-secret", secret, "--state", state]

    def _secret_key(self) -> str:
        """Kept, so that whoever signed in stays signed in after a restart."""
        file = self.var / "secret-key"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(50))
        return file.read_text()

    def _await_answer(self, *, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        # Not through the proxy of this machine, if it has one.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while time.monotonic() < until:
            self.watch()
            try:
                opener.open(f"http://{HOST}:{self.port}/healthz", timeout=5).close()
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
            else:
                return
        raise SiteDidNotAnswer(f"Nothing answered on {self.url} within {seconds:.0f} seconds.")


WEB_OPTIONS = [
    "--preload", "--workers", "2", "--worker-class", "gthread", "--threads", "4",
    "--graceful-timeout", "3", "--no-control-socket",
]  # fmt: skip
# Threads share one process: quick to start, and quick to end.
WORKER_OPTIONS = [
    "--pool", "threads", "--concurrency", "4", "--loglevel", "INFO",
    "--without-gossip", "--without-mingle", "--without-heartbeat",
]  # fmt: skip


def say(line: str) -> None:
    print(line, flush=True)


def postgres_home(var: Path) -> Path:
    """Where the database lies: in `var`, unless root must lend it to a user who may not enter there."""
    home = var / "postgres"
    if unprivileged_user() is None or may_enter(home):
        return home
    return Path("/var/tmp") / f"oakmont-{hashlib.sha256(str(var).encode()).hexdigest()[:12]}"
