"""One part of a patient's card: screening, consent, notes, progress, plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from accounts.models import Patient, Practitioner
from booking.models import Appointment


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`template` lies in templates/physio/card/ and prints `facts`, which it finds under that name."""

    key: str
    title: str
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class DrawsSection(Protocol):
    """A fixed number of queries. `visit` is the visit the card was opened for, if it was opened for one."""

    def __call__(
        self, *, patient: Patient, me: Practitioner, visit: Appointment | None, now: datetime
    ) -> Section | None: ...
