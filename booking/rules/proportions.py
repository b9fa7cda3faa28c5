"""How often something happened, and between what it may truly lie."""

from dataclasses import dataclass
from math import sqrt

NORMAL_95 = 1.959963984540054
"""Nineteen in twenty of a normal distribution lie within so many standard deviations."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """`low` and `high` enclose the true share, nineteen times in twenty."""

    share: float
    low: float
    high: float


def wilson(*, events: int, of: int, z: float = NORMAL_95) -> Proportion | None:
    """Wilson's score interval, which stays honest for few sessions and for none that went wrong.

    Nothing, when there was nothing to count in.
    """
    if not 0 <= events <= of:
        raise ValueError(f"{events} of {of} is no share")
    if of == 0:
        return None
    share, square = events / of, z * z
    middle = share + square / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    scale = 1 + square / of
    low = 0.0 if events == 0 else (middle - spread) / scale
    high = 1.0 if events == of else (middle + spread) / scale
    return Proportion(share=share, low=low, high=high)
