"""What somebody chose on their way here, carried from page to page in the address and stored nowhere."""

import re
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import HttpRequest

from accounts.models import Practitioner
from catalogue.models import Condition, Treatment

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")
CARRIED = ("treatment", "condition", "practitioner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Names as they stand in addresses, each known to exist; what was mistyped or withdrawn is left out."""

    treatment: Treatment | None = None
    condition: Condition | None = None
    practitioner: Practitioner | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        wanted = {name: slug for name in CARRIED if (slug := clean_slug(request.GET.get(name)))}
        return cls(
            treatment=_found(Treatment.objects.published(), wanted.get("treatment")),
            condition=_found(Condition.objects.published(), wanted.get("condition")),
            practitioner=_found(Practitioner.objects.filter(active=True), wanted.get("practitioner")),
        )

    def without(self, name: str) -> Self:
        return replace(self, **{name: None})

    def query(self) -> str:
        """As the end of an address: ?treatment=dry-needling, or nothing."""
        chosen = {name: row.slug for name in CARRIED if (row := getattr(self, name)) is not None}
        return f"?{urlencode(chosen)}" if chosen else ""


def clean_slug(text: str | None) -> str:
    """What could be a slug, or nothing: the database is never asked for a NUL byte or a novel."""
    return (
        text
        if text and len(text) <= 50 and text.replace("-", "").replace("_", "").isalnum() and text.isascii()
        else ""
    )


def _found(rows: Any, slug: str | None) -> Any:
    return rows.filter(slug=slug).first() if slug else None
