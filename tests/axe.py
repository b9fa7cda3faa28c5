"""What axe and a ruler find on a page as it stands, said once."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Event Calendar draws a visit as an <article>, which strictly may not be a button. Screen readers say it is.
NOT_OURS = ("aria-allowed-role", ["<article", 'class="ec-event'])


def violations(page: Page) -> list[tuple[str, str]]:
    whole(page)
    report = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    assert len(report["passes"]) > 10
    return [
        (found["id"], node["html"][:200])
        for found in report["violations"]
        for node in found["nodes"]
        if (found["id"], node["html"].split(" ")[0:2]) != NOT_OURS
    ]


def contrast(page: Page) -> list[str]:
    """Once `violations` has brought axe to the page."""
    report = page.evaluate("axe.run({ runOnly: ['color-contrast'], resultTypes: ['violations'] })")
    return [node["html"][:200] for one in report["violations"] for node in one["nodes"]]


def violations_in_the_dark_too(page: Page) -> list[Any]:
    """Without opening the page again: of a scheme only the contrast is its own."""
    found: list[Any] = [*violations(page)]
    page.emulate_media(color_scheme="dark")
    found += contrast(page)
    page.emulate_media(color_scheme="light")
    return found


def sideways(page: Page) -> int:
    """Pixels by which a page is wider than its window."""
    whole(page)
    assert page.viewport_size is not None
    needed = int(page.evaluate("document.documentElement.scrollWidth"))
    return max(0, needed - page.viewport_size["width"])


def whole(page: Page) -> None:
    """A page that somebody has just asked for by a press begins without anything on it."""
    page.wait_for_load_state()
