"""The life of an appointment: which status may follow which, and what each set of statuses is for.

    held ──► confirmed ──► arrived ──► in_room ──► completed
     │  ▲        │  │         └────────────────────────▲
     │  │        │  └────► no_show
     ▼  │        └───────► cancelled ◄── held
    lapsed ──► confirmed

A lapsed hold may come back while the time is still free: held again by its owner, or confirmed by money
that arrived late. Corrections by staff go back one step. Everything else is refused.
"""

from enum import StrEnum


class Status(StrEnum):
    HELD = "held"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_ROOM = "in_room"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


OCCUPIES_TIME = frozenset(
    {Status.HELD, Status.CONFIRMED, Status.ARRIVED, Status.IN_ROOM, Status.COMPLETED, Status.NO_SHOW}
)
"""Nobody else can have this time. A visit that was missed still took place in the diary."""

STILL_TO_COME = frozenset({Status.CONFIRMED})
"""Reminders are sent, and the patient may move or cancel."""

MADE = frozenset(set(Status) - {Status.HELD, Status.LAPSED})
"""The patient finds it under “my appointments”. A hold that came to nothing is not shown."""

PAYABLE = frozenset({Status.CONFIRMED, Status.ARRIVED, Status.IN_ROOM, Status.COMPLETED})
"""What is left of the price can be paid, before the visit or after it."""

FORWARD: dict[Status, frozenset[Status]] = {
    Status.HELD: frozenset({Status.CONFIRMED, Status.LAPSED, Status.CANCELLED}),
    Status.CONFIRMED: frozenset({Status.ARRIVED, Status.CANCELLED, Status.NO_SHOW}),
    Status.ARRIVED: frozenset({Status.IN_ROOM, Status.COMPLETED}),
    Status.IN_ROOM: frozenset({Status.COMPLETED}),
    Status.COMPLETED: frozenset(),
    Status.NO_SHOW: frozenset(),
    Status.CANCELLED: frozenset(),
    Status.LAPSED: frozenset({Status.HELD, Status.CONFIRMED}),
}

CORRECTION: dict[Status, Status] = {
    Status.ARRIVED: Status.CONFIRMED,
    Status.IN_ROOM: Status.ARRIVED,
    Status.COMPLETED: Status.IN_ROOM,
    Status.NO_SHOW: Status.CONFIRMED,
}


class NotAllowed(Exception):
    """This status cannot follow that one."""

    def __init__(self, *, current: Status, wanted: Status) -> None:
        super().__init__(f"{current} cannot become {wanted}")
        self.current = current
        self.wanted = wanted


def require_move(*, current: str, wanted: Status) -> None:
    """Refuse a step that the life of an appointment does not know."""
    if wanted not in FORWARD[Status(current)]:
        raise NotAllowed(current=Status(current), wanted=wanted)


def require_correction(*, current: str, wanted: Status) -> None:
    """Refuse anything but one step back."""
    if CORRECTION.get(Status(current)) != wanted:
        raise NotAllowed(current=Status(current), wanted=wanted)
