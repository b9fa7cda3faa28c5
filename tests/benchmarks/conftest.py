"""What every benchmark may ask for: a table for its figures, printed at the end."""

from collections.abc import Callable

import pytest

from tests.benchmarks.measure import Figure, table

FIGURES = pytest.StashKey[list[Figure]]()


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
