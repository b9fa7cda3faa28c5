"""Markdown as a list of blocks for the typesetter, which is handed data and never markup."""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

Block = dict[str, Any]
_markdown = MarkdownIt("commonmark", {"html": False})


def blocks_of(text: str) -> list[Block]:
    """Headings, paragraphs and list items, each with its runs of plain, strong and emphasised words."""
    blocks: list[Block] = []
    kind = "paragraph"
    for token in _markdown.parse(text):
        match token.type:
            case "heading_open":
                kind = "heading"
            case "list_item_open":
                kind = "item"
            case "list_item_close" | "heading_close":
                kind = "paragraph"
            case "inline":
                blocks.append({"kind": kind, "runs": _runs(token)})
    return blocks


def _runs(inline: Token) -> list[Block]:
    strong = emphasis = 0
    runs: list[Block] = []
    for token in inline.children or []:
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        emphasis += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        words = " " if token.type in ("softbreak", "hardbreak") else token.content
        if words:
            runs.append({"text": words, "strong": strong > 0, "emphasis": emphasis > 0})
    return runs
