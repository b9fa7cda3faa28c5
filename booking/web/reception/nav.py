"""The way to reception's other pages. A page that does not exist yet is not offered."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAGES: Sequence[tuple[str, str | Promise]] = (
    ("reception:diary", _("Diary")),
    ("reception:lists", _("Needs a hand")),
    ("reception:absences", _("Leave and closures")),
    ("reception:day-sheet", _("Day sheet")),
    ("reception:takings", _("Takings")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    url: str
    text: str


def nav_links() -> list[NavLink]:
    links = []
    for name, text in PAGES:
        try:
            links.append(NavLink(url=reverse(name), text=str(text)))
        except NoReverseMatch:
            continue
    return links
