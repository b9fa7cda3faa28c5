"""What an address or a form may ask the desk for, before the database hears of it."""

from typing import TypeVar

from accounts.models import Practitioner
from booking.models import Location

YEARS = range(2000, 2100)
"""Days outside are a mistake in the address, and some calendars end soon after."""

Named = TypeVar("Named", Practitioner, Location)


def named(model: type[Named], slug: str) -> Named | None:
    """The active physio or place of this name; nothing for a name that none can have."""
    if not slug.isprintable():
        return None
    return model._default_manager.filter(active=True, slug=slug).first()
