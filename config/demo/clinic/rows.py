"""From what is in a file to what goes into a row."""

from collections.abc import Collection
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeAlias

from accounts.models import Practitioner
from booking.models import Location

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Physios: TypeAlias = dict[str, Practitioner]
Locations: TypeAlias = dict[str, Location]


def plain(value: "DataclassInstance", *, without: Collection[str] = ()) -> dict[str, Any]:
    """The fields that become columns of the same name; lists become rows of their own."""
    every = {part.name: getattr(value, part.name) for part in fields(value)}
    return {name: item for name, item in every.items() if name not in without and not isinstance(item, list)}
