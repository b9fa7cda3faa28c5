"""The clinic that `make bench` measures: the answer is right, and finding it takes little memory."""

import tracemalloc

from tests.benchmarks.engine import diaries, engine, prototype

MEBIBYTE = 1024 * 1024


def test_the_engine_agrees_with_the_prototype_it_is_measured_against() -> None:
    given = diaries(practitioners=5, days=30)
    assert engine(given) == prototype(given)
    assert engine(given)


def test_fifty_practitioners_over_ninety_days_fit_into_four_mebibytes() -> None:
    given = diaries(practitioners=50, days=90)
    tracemalloc.start()
    try:
        engine(given)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * MEBIBYTE
