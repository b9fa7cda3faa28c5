"""A real browser: Chromium, headless, one for all the tests of a worker.

Playwright can be started only once in a thread, so every folder that looks at pages shares this one.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, or Playwright's own. Without one CI fails; elsewhere the tests say so.

    Debian's headless shell is what Playwright brings too: the same engine without the windows around it,
    which take a quarter of the processor.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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
