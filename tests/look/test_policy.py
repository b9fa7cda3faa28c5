"""The Content-Security-Policy allows no inline script and no inline style, so no template may need one."""

import re
from pathlib import Path

import pytest

# Mail programs know no policy and no style sheets; those templates carry their styles inline.
MAIL = ("templates/messages/", "templates/account/email/")
TEMPLATES = sorted(path for path in Path("templates").rglob("*.html") if not str(path).startswith(MAIL))
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style[\s>]",
    "a script without an address": r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))[^>]*>",
    "an event handler": r"<[^>]*\son[a-z]+\s*=",
    "an address that runs": r"(?:href|src|action)\s*=\s*[\"']javascript:",
    "an expression that htmx would evaluate": r"hx-(?:on|vals\s*=\s*[\"']js:)",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_obeys_the_policy(path: Path) -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(), flags=re.S)

    assert [name for name, pattern in FORBIDDEN.items() if re.search(pattern, text, re.I)] == []


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 30
