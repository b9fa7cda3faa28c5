"""The colours, light and dark: text at 4.5:1, control edges and marks at 3:1 (WCAG 2.2, AA)."""

import re
from pathlib import Path

import pytest

TOKENS = Path("static/src/styles/_tokens.scss")
TEXT = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "sunk"), ("ink", "leaf-tint"), ("ink", "warn-tint"),
    ("ink", "stop-tint"), ("ink-2", "paper"), ("ink-2", "surface"), ("ink-2", "sunk"), ("ink-2", "leaf-tint"),
    ("leaf", "paper"), ("leaf", "surface"), ("leaf-deep", "leaf-tint"), ("leaf-deep", "paper"),
    ("on-leaf", "leaf"), ("on-leaf", "leaf-deep"), ("on-oak", "oak"), ("on-oak-2", "oak"),
    ("on-oak", "on-oak-line"), ("sprout", "oak"), ("on-sprout", "sprout"), ("on-late", "late"),
    ("warn", "warn-tint"), ("stop", "stop-tint"), ("stop", "paper"), ("stop", "surface"), ("on-stop", "stop"),
]  # fmt: skip
MARKS = [
    ("edge", "paper"), ("edge", "surface"), ("leaf", "paper"), ("leaf", "surface"), ("late-mark", "paper"),
    ("late-mark", "surface"), ("stop", "paper"), ("on-oak-2", "oak"),
]  # fmt: skip


def tokens(scheme: str) -> dict[str, str]:
    """Dark restates only what changes."""
    text = TOKENS.read_text()
    blocks = re.findall(r"@mixin (\w+) \{(.*?)\n\}", text, re.S)
    values = {name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for name, block in blocks}
    return values["light"] | values[scheme]


def luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(scheme: str, front: str, back: str) -> None:
    colours = tokens(scheme)

    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_edges_and_marks_can_be_seen(scheme: str, front: str, back: str) -> None:
    colours = tokens(scheme)

    assert contrast(colours[front], colours[back]) >= 3
