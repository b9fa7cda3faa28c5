"""Statements lead to their sources: “(Chys 2023)” in a text becomes a link to the citation below."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from catalogue.models import TreatmentSource


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSource:
    anchor: str
    citation: str
    url: str


def shown_sources(sources: Iterable[TreatmentSource]) -> list[ShownSource]:
    return [
        ShownSource(anchor=_anchor(source), citation=source.citation, url=source.url) for source in sources
    ]


def link_sources(text: SafeString, sources: Sequence[TreatmentSource]) -> SafeString:
    """The same HTML, its short references linked. Only what the list below names is linked."""
    named = {_short(source): source for source in sources}
    if not named:
        return text
    pattern = re.compile("|".join(re.escape(name) for name in sorted(named, key=len, reverse=True)))

    def link(match: re.Match[str]) -> str:
        return format_html('<a href="#{}">{}</a>', _anchor(named[match[0]]), mark_safe(match[0]))  # noqa: S308  from the text

    return mark_safe(pattern.sub(link, text))  # noqa: S308  sanitised before, links made by format_html


def _short(source: TreatmentSource) -> str:
    """Chys 2023: the first author's name, or the body's, and the year."""
    return f"{re.split(r'[ .,]', source.citation, maxsplit=1)[0]} {source.year}"


def _anchor(source: TreatmentSource) -> str:
    return f"source-{slugify(_short(source))}"
