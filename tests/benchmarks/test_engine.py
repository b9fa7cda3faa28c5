"""The engine against the least that could answer: what do zones, leave, notice, travel and names cost?"""

from collections.abc import Callable

from tests.benchmarks.engine import diaries, engine, prototype
from tests.benchmarks.measure import Figure, in_turn


def test_fifty_practitioners_over_ninety_days(report: Callable[[Figure], None]) -> None:
    given = diaries(practitioners=50, days=90)
    ours, theirs = in_turn(ours=lambda: engine(given), theirs=lambda: prototype(given), rounds=30)
    report(Figure("engine, 50 practitioners × 90 days", ours, "bitset prototype", theirs, limit=1.5))
