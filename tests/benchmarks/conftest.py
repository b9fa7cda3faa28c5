"""What every benchmark may ask for: a table for its figures, printed at the end."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.benchmarks.measure import Figure, table
from tests.browser import SHELL, WHOLE, started

FIGURES = pytest.StashKey[list[Figure]]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """What people wait for, they wait for in a whole browser."""
    yield from started((*WHOLE, SHELL))


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Callable[[Figure], None]:
    """Put a figure into the table, and fail if it is past its limit."""

    def take(figure: Figure) -> None:
        request.config.stash.setdefault(FIGURES, []).append(figure)
        assert figure.is_kept, table([figure])

    return take


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if figures := config.stash.get(FIGURES, []):
        terminalreporter.section("figures")
        terminalreporter.write_line(table(figures))
