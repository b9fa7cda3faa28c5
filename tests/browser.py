"""A real browser: Chromium, headless, one for all the tests of a worker.

Playwright can be started only once in a thread, so every folder that looks at pages shares this one.
"""

import os
import shutil
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, sync_playwright

# As people have it, windows and all.
WHOLE = ("chromium", "chromium-browser", "google-chrome")
# The same engine without the windows, as Playwright brings it too: a quarter less for the processor to do.
SHELL = "chromium-headless-shell"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    yield from started((SHELL, *WHOLE))


def started(names: Sequence[str]) -> Iterator[Browser]:
    """The first of these that this machine has, or Playwright’s own. Without one CI fails, a desk says so."""
    program = next((path for name in names if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        if program is None and not os.path.exists(playwright.chromium.executable_path):
            missing = "No browser: install Chromium, or run `python -m playwright install chromium`."
            if os.environ.get("CI") == "true":
                pytest.fail(missing)
            pytest.skip(missing)
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()
