"""Wilson's interval, against values worked out elsewhere."""

import pytest

from booking.rules.proportions import wilson


@pytest.mark.parametrize(
    ("events", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 1998;17:857–872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_it_agrees_with_the_published_examples(events: int, of: int, low: float, high: float) -> None:
    found = wilson(events=events, of=of)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_all_of_them_mirrors_none_of_them() -> None:
    none, every = wilson(events=0, of=20), wilson(events=20, of=20)
    assert none is not None
    assert every is not None
    assert every.high == 1.0
    assert every.low == pytest.approx(1 - none.high)


def test_of_nothing_there_is_no_share() -> None:
    assert wilson(events=0, of=0) is None


@pytest.mark.parametrize(("events", "of"), [(-1, 5), (6, 5)])
def test_more_than_there_were_is_no_share(events: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(events=events, of=of)
