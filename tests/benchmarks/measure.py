"""Measuring one thing against another in the same minutes, because machines differ and drift."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `limit` is the ratio that `ours` may reach; what is best is always least."""

    name: str
    ours: float
    against: str
    theirs: float
    limit: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def is_kept(self) -> bool:
        return self.ratio <= self.limit


def in_turn(*, ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """The median time of each in milliseconds, after a first round that nobody counts.

    They take turns, so whatever else the machine is doing slows down both; who begins alternates too.
    """
    times: dict[Callable[[], Any], list[float]] = {ours: [], theirs: []}
    gc.collect()
    for number in range(rounds + 1):
        for work in (ours, theirs) if number % 2 else (theirs, ours):
            begin = perf_counter()
            work()
            if number:
                times[work].append((perf_counter() - begin) * MILLISECONDS)
    return median(times[ours]), median(times[theirs])


def table(figures: list[Figure]) -> str:
    """As a person reads it, a line for each figure."""
    width = max(len(figure.name) for figure in figures)
    lines = [f"{'what':{width}}  {'ours':>12}  {'against':>12}  {'ratio':>7}  {'at most':>7}"]
    for figure in figures:
        ours, theirs = (f"{value:.2f} {figure.unit}" for value in (figure.ours, figure.theirs))
        lines.append(
            f"{figure.name:{width}}  {ours:>12}  {theirs:>12}  {figure.ratio:>7.3g}  {figure.limit:>7.3g}"
            f"{'' if figure.is_kept else '  MISSED'}  {figure.against}"
        )
    return "\n".join(lines)
