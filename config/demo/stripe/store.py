"""What the stand-in remembers: one SQLite file, or memory only."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

Object = dict[str, Any]

TABLES = """
CREATE TABLE IF NOT EXISTS objects (id TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    created INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY, event TEXT NOT NULL, due REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0
);
"""


class Clock:
    """The stand-in's time in whole seconds, which a test may set or move forward."""

    def __init__(self) -> None:
        self._offset = 0.0

    def now(self) -> int:
        return int(time.time() + self._offset)

    def set(self, moment: datetime) -> None:
        self._offset = moment.timestamp() - time.time()

    def advance(self, seconds: float) -> None:
        self._offset += seconds


class Store:
    """Objects by id, in the order in which they were made. One request at a time holds the lock."""

    def __init__(self, path: Path | None = None) -> None:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + TABLES)
        self._lock = threading.RLock()
        self._depth = 0

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing. Inside another transaction it is part of that one."""
        with self._lock:
            if self._depth:
                yield
                return
            self._depth = 1
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            else:
                self._connection.execute("COMMIT")
            finally:
                self._depth = 0

    def query(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def put(self, item: Object) -> Object:
        self.query(
            "INSERT INTO objects (id, kind, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = ?3",
            item["id"],
            item["object"],
            json.dumps(item),
        )
        return item

    def get(self, kind: str, identifier: str) -> Object | None:
        rows = self.query("SELECT body FROM objects WHERE id = ? AND kind = ?", identifier, kind)
        return json.loads(rows[0][0]) if rows else None

    def newest(self, kind: str, *, where: str = "1", values: tuple[Any, ...] = ()) -> list[Object]:
        """Every object of this kind, the newest first; `where` may look into the body by json_extract."""
        statement = f"SELECT body FROM objects WHERE kind = ? AND ({where}) ORDER BY rowid DESC"
        return [json.loads(body) for (body,) in self.query(statement, kind, *values)]

    def clear(self) -> None:
        with self.transaction():
            for table in ("objects", "answers", "deliveries"):
                self.query(f"DELETE FROM {table}")
