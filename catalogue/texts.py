"""Markdown, as staff write it, into HTML that is safe to print, and into plain words."""

import html
import re
from functools import lru_cache

import nh3
from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "h5", "h6", "blockquote", "hr"}
ATTRIBUTES = {"a": {"href", "title"}}
SCHEMES = {"https", "http", "mailto", "tel"}


def to_html(text: str) -> SafeString:
    """The text of a page: its headings start at level 3, below those of the page itself.

    {emergency_number}, {emergency_place} and {urgent_advice_number} become the country's, numbers as links.
    """
    numbers = (settings.EMERGENCY_NUMBER, settings.EMERGENCY_PLACE, settings.URGENT_ADVICE_NUMBER)
    return mark_safe(_rendered(text, *numbers))  # noqa: S308  sanitised by nh3 below


def to_plain(text: str) -> str:
    """The same words without markup, for search engines and messages."""
    breathing = re.sub(r"</(p|li|h\d|blockquote)>", r"</\1> ", to_html(text))
    return " ".join(html.unescape(strip_tags(breathing)).split())


def fill_in(text: str) -> str:
    """The same Markdown with the country's numbers as plain words, for a paper."""
    return (
        text.replace("{emergency_number}", settings.EMERGENCY_NUMBER)
        .replace("{emergency_place}", settings.EMERGENCY_PLACE)
        .replace("{urgent_advice_number}", settings.URGENT_ADVICE_NUMBER)
    )


@lru_cache(maxsize=512)
def _rendered(text: str, emergency_number: str, emergency_place: str, urgent_advice_number: str) -> str:
    filled = (
        text.replace("{emergency_number}", f"[{emergency_number}](tel:{emergency_number})")
        .replace("{emergency_place}", emergency_place)
        .replace("{urgent_advice_number}", f"[{urgent_advice_number}](tel:{urgent_advice_number})")
    )
    return nh3.clean(
        _markdown.render(filled), tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener"
    )


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"


_markdown = MarkdownIt("commonmark", {"html": False})
_markdown.core.ruler.push("lower_headings", _lower_headings)
