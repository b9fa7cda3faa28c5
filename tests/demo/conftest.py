import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all runs: the first makes the clinic, the others find it."""
    folder = tmp_path_factory.mktemp("var")
    for above in folder.parents[:3]:  # PostgreSQL may run as somebody else, who must get here
        above.chmod(above.stat().st_mode | 0o011)
    return folder


@pytest.fixture
def try_to_run(project: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the demonstration where it should refuse to start."""

    def attempt(*, port: int, var: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "config.demo", "--port", str(port), "--var", str(var)],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return attempt
