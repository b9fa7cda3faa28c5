"""Reception and the physio load different sheets: what one of them wears must be in the sheets it loads."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLASS = re.compile(r"\.([a-zA-Z_][\w-]*)")
TAGS = re.compile(r"{%.*?%}|{{.*?}}")


def texts_of(*sheets: str) -> list[str]:
    return [(ROOT / "static" / "dist" / f"{sheet}.css").read_text() for sheet in sheets]


def classes_in(*sheets: str) -> set[str]:
    """All that the built sheets know."""
    return {found for text in texts_of(*sheets) for found in CLASS.findall(text)}


def worn_in(folder: str) -> set[str]:
    """All that stands in the templates of a folder, but for what a tag works out."""
    texts = (path.read_text() for path in (ROOT / "templates" / folder).rglob("*.html"))
    attributes = (found for text in texts for found in re.findall(r'class="([^"]*)"', text))
    return {name for attribute in attributes for name in TAGS.sub(" ", attribute).split()}


@pytest.mark.parametrize(
    ("folder", "own", "other"), [("reception", "desk", "physio"), ("physio", "physio", "desk")]
)
def test_nothing_is_worn_that_only_the_other_door_dresses(folder: str, own: str, other: str) -> None:
    lost = worn_in(folder) & (classes_in(other) - classes_in("oakmont", "staff", own))
    assert lost == set()


def test_no_rule_is_for_whatever_follows() -> None:
    """Each box that comes onto the diary would restyle all the others: in a week of everybody it is felt."""
    texts = texts_of("oakmont", "staff", "desk", "event-calendar")
    assert [found for text in texts for found in re.findall(r"[^{}]*[+~]\s*\*[^{}]*{", text)] == []
