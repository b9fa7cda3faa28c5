"""Who gets the visit when the patient says "anyone".

Work is spread by what people already have, not by drawing lots: the same question always gets the same
answer, and the next patient goes to somebody else because the first visit now counts.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from booking.rules.working_hours import Key

Candidate = TypeVar("Candidate")


def in_fair_order(
    candidates: Iterable[Candidate],
    *,
    who: Callable[[Candidate], Key],
    booked_that_day: Mapping[Key, int],
    booked_that_week: Mapping[Key, int],
) -> list[Candidate]:
    """Fewest booked minutes that day first, then fewest that week, then the order in which they came.

    `who` says which practitioner a candidate stands for. Nobody booked yet is not named in the mappings.
    """
    return sorted(
        candidates,
        key=lambda candidate: (
            booked_that_day.get(who(candidate), 0),
            booked_that_week.get(who(candidate), 0),
        ),
    )
