"""One free time as it stands behind a button: when, where and, if it was said, with whom."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from accounts.models import Practitioner
from booking.models import Location

FORM = re.compile(r"([0-9]{8}T[0-9]{4}Z)\.([-a-zA-Z0-9_]{1,50})\.([-a-zA-Z0-9_]{0,50})")
MOMENT = "%Y%m%dT%H%MZ"


class NotASlot(Exception):
    """Not something one of our buttons says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    starts_at: datetime
    location: str
    practitioner: str = ""

    def __str__(self) -> str:
        return f"{self.starts_at.astimezone(UTC):{MOMENT}}.{self.location}.{self.practitioner}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises NotASlot for anything that `str` did not write."""
        found = FORM.fullmatch(text)
        if found is None:
            raise NotASlot(text)
        moment, location, practitioner = found.groups()
        try:
            starts_at = datetime.strptime(moment, MOMENT).replace(tzinfo=UTC)
        except ValueError:
            raise NotASlot(text) from None
        if not 2000 <= starts_at.year < 2200:  # further away, calendars run out
            raise NotASlot(text)
        return cls(starts_at=starts_at, location=location, practitioner=practitioner)

    def rows(self) -> tuple[Location, Practitioner | None]:
        """Where and with whom. Raises NotASlot when that place or person is no longer ours."""
        location = Location.objects.filter(slug=self.location, active=True).first()
        practitioner = Practitioner.objects.filter(slug=self.practitioner, active=True).first()
        if location is None or (self.practitioner and practitioner is None):
            raise NotASlot(str(self))
        return location, practitioner
