"""The geometry of the small chart."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from booking.rules.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Score, draw_chart, y_of

FIRST = date(2026, 11, 2)


def scores(*pairs: tuple[int, int]) -> list[Score]:
    return [Score(day=FIRST + timedelta(days=days), value=value) for days, value in pairs]


def test_the_first_day_stands_left_and_the_last_right() -> None:
    chart = draw_chart(scores((0, 8), (7, 6), (14, 3)))
    assert chart is not None
    assert [point.x for point in chart.lines[0]] == [LEFT, (LEFT + WIDTH - RIGHT) / 2, WIDTH - RIGHT]


def test_days_are_as_far_apart_as_they_were() -> None:
    chart = draw_chart(scores((0, 8), (1, 6), (10, 3)))
    assert chart is not None
    first, second, last = (point.x for point in chart.lines[0])
    assert (second - first) / (last - first) == pytest.approx(0.1, abs=0.001)


def test_nought_lies_at_the_bottom_and_ten_at_the_top() -> None:
    assert (y_of(0), y_of(10)) == (HEIGHT - BOTTOM, TOP)


@pytest.mark.parametrize("value", [-1, 11])
def test_what_is_no_score_is_not_drawn(value: int) -> None:
    with pytest.raises(ValueError, match="nought and ten"):
        y_of(value)


def test_one_day_alone_stands_in_the_middle() -> None:
    chart = draw_chart(scores((0, 5)))
    assert chart is not None
    assert chart.lines[0][0].x == (LEFT + WIDTH - RIGHT) / 2
    assert len(chart.days) == 1


def test_two_lines_share_their_days() -> None:
    chart = draw_chart(scores((0, 8)), scores((10, 4)))
    assert chart is not None
    assert (chart.lines[0][0].x, chart.lines[1][0].x) == (LEFT, WIDTH - RIGHT)


def test_labels_never_run_into_each_other() -> None:
    chart = draw_chart(scores(*((day, 5) for day in range(60))))
    assert chart is not None
    xs = [label.x for label in chart.days]
    assert len(xs) == 3
    assert min(after - before for before, after in pairwise(xs)) >= 118


def test_of_nothing_there_is_no_chart() -> None:
    assert draw_chart([], []) is None
