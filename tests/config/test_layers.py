"""Rules of the house that import-linter can't see."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CLOCKS = {"date.today", "datetime.now", "datetime.today", "time.time", "timezone.localdate", "timezone.now"}
BELOW_THE_DOORS = [
    "accounts/models",
    "accounts/roles.py",
    "booking/actions",
    "booking/gateways",
    "booking/models",
    "booking/queries",
    "booking/rules",
    "catalogue/models",
]


def python_files(project: Path, part: str) -> list[Path]:
    return [project / part] if part.endswith(".py") else sorted((project / part).rglob("*.py"))


def clock_readings(file: Path) -> Iterator[str]:
    """Places where a file looks at the clock."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(tuple(CLOCKS)):
            yield f"{file.name}:{node.lineno}"


def test_only_doors_read_the_clock(project: Path) -> None:
    files = [file for part in BELOW_THE_DOORS for file in python_files(project, part)]
    assert len(files) > 20
    assert [reading for file in files for reading in clock_readings(file)] == []


def test_the_rules_load_nothing_but_the_standard_library(project: Path) -> None:
    script = (
        "import importlib, pathlib, sys\n"
        "for file in pathlib.Path('booking/rules').glob('[a-z]*.py'):\n"
        "    importlib.import_module(f'booking.rules.{file.stem}')\n"
        "print('\\n'.join(name.partition('.')[0] for name in sys.modules))"
    )
    # -S: without the packages that are installed, so whatever else is needed can't be found.
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", script], cwd=project, capture_output=True, text=True, check=True
    )
    assert "booking" in loaded.stdout.split()
    others = set(loaded.stdout.split()) - sys.stdlib_module_names - {"booking"}
    assert {name for name in others if not name.startswith("_")} == set()
