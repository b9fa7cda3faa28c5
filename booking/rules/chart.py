"""A small chart of scores from nought to ten over time, worked out in the units of its drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 360, 200
LEFT, RIGHT, TOP, BOTTOM = 30, 8, 12, 34
HIGHEST = 10
MOST_LABELS = 5
ROOM_FOR_A_LABEL = 118


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What somebody said on one day. Several on one day stand above each other."""

    day: date
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    x: float
    y: float
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLabel:
    x: float
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`lines` are in the order of the scores given; a line of one point is a mark alone."""

    lines: Sequence[Sequence[Point]]
    levels: Sequence[tuple[float, int]]
    days: Sequence[DayLabel]
    left: float = LEFT
    right: float = WIDTH - RIGHT
    width: int = WIDTH
    height: int = HEIGHT


def draw_chart(*series: Sequence[Score]) -> Chart | None:
    """Days are as far apart as they were; nothing, when there is nothing to draw."""
    days = sorted({score.day for scores in series for score in scores})
    if not days:
        return None
    return Chart(
        lines=[
            [
                Point(x=x_of(score.day, days[0], days[-1]), y=y_of(score.value), score=score)
                for score in sorted(scores, key=lambda score: score.day)
            ]
            for scores in series
        ],
        levels=[(y_of(value), value) for value in (0, 5, 10)],
        days=_labels(days),
    )


def x_of(day: date, first: date, last: date) -> float:
    """The first day stands left, the last right; one day alone stands in the middle."""
    room = WIDTH - LEFT - RIGHT
    if first == last:
        return LEFT + room / 2
    return round(LEFT + room * ((day - first).days / (last - first).days), 1)


def y_of(value: int) -> float:
    """Nought lies at the bottom, ten at the top. What lies beyond is no score."""
    if not 0 <= value <= HIGHEST:
        raise ValueError(f"{value} does not lie between nought and ten")
    room = HEIGHT - TOP - BOTTOM
    return round(TOP + room * (1 - value / HIGHEST), 1)


def _labels(days: Sequence[date]) -> list[DayLabel]:
    """The first and the last day, and as many between them as are far enough apart to be read."""
    first, last = days[0], days[-1]
    chosen = [DayLabel(x=x_of(first, first, last), day=first)]
    end = x_of(last, first, last)
    for day in days[1:-1]:
        x = x_of(day, first, last)
        is_apart = x - chosen[-1].x >= ROOM_FOR_A_LABEL and end - x >= ROOM_FOR_A_LABEL
        if is_apart and len(chosen) < MOST_LABELS - 1:
            chosen.append(DayLabel(x=x, day=day))
    if last != first:
        chosen.append(DayLabel(x=end, day=last))
    return chosen
