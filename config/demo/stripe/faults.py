"""Faults that can be switched on: what networks and suppliers do on a bad day."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal[
    "unreachable",  # the connection closes before anything was read
    "drop",  # everything happened, and the connection closes without an answer
    "error_before",  # 500, nothing happened
    "error_after",  # 500, everything happened
    "conflict",  # 409, as when the same object is being changed
    "rate_limit",  # 429
    "delay",  # answers after `seconds`
]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass
class Fault:
    kind: Kind
    on: str = ""
    """Only requests whose `METHOD /path` begins like this; every request if empty."""
    times: int | None = 1
    """How often it strikes; None until it is cleared."""
    seconds: float = 0.0


@dataclass
class Faults:
    """The faults that are switched on, in the order in which they strike."""

    waiting: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, kind: Kind, *, on: str = "", times: int | None = 1, seconds: float = 0.0) -> None:
        if kind not in KINDS:
            raise ValueError(f"{kind} is not a fault; choose one of {', '.join(KINDS)}.")
        with self._lock:
            self.waiting.append(Fault(kind, on, times, seconds))

    def clear(self) -> None:
        with self._lock:
            self.waiting.clear()

    def strike(self, request: str) -> Fault | None:
        """The fault that strikes this request, used up by one."""
        with self._lock:
            for fault in self._matching(request):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times == 0:
                        self.waiting.remove(fault)
                return fault
        return None

    def _matching(self, request: str) -> Iterator[Fault]:
        return (fault for fault in list(self.waiting) if request.startswith(fault.on))


@dataclass
class WebhookFaults:
    """How webhooks go wrong. They stay wrong until changed back."""

    copies: int = 1
    shuffled: bool = False
    delay_seconds: float = 0.0
    dropped: bool = False
    wrongly_signed: bool = False
    stale_seconds: int = 0
    """Signed as if this long ago; negative for a signature from the future."""
