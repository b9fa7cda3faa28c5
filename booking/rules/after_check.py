"""The days after a visit: what an answer calls for, and for how long what counts.

The gravest sign decides; nothing is added up.
"""

from datetime import timedelta
from enum import StrEnum

LATELY = timedelta(hours=72)
"""How long advice is of use, and how long a telephone call is met with the safety script."""

MAY_BE_ANSWERED_FOR = timedelta(days=7)
"""From the moment somebody was asked."""

CALL_BACK_FROM_PAIN = 8
"""Out of ten: as much as this is more than a sore muscle."""

SEVERE = "severe"


class Outcome(StrEnum):
    """From the least to the gravest."""

    WELL = "well"
    CALL_BACK = "call_back"
    EMERGENCY = "emergency"


def outcome_of(*, is_breathless: bool, has_chest_pain: bool, pain: int | None, soreness: str) -> Outcome:
    """Breathless or chest pain may be air beside the lung: that is for the emergency services, at once.

    Strong pain, or soreness that is severe or grows, is for a physio to hear of the same day. Who says yes to
    the first and leaves out the rest is answered all the same.
    """
    if is_breathless or has_chest_pain:
        return Outcome.EMERGENCY
    if (pain is not None and pain >= CALL_BACK_FROM_PAIN) or soreness == SEVERE:
        return Outcome.CALL_BACK
    return Outcome.WELL


def graver(one: Outcome, other: Outcome) -> Outcome:
    order = list(Outcome)
    return max(one, other, key=order.index)
