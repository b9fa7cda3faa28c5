"""How far a plan of several visits has come, and how many more may be booked before the next reassessment."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVisit:
    """One visit of a plan that took place or is to come. What was cancelled or missed is none."""

    is_done: bool
    is_reassessment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`gate` is how many visits may have been booked in all before somebody reassesses.

    It never lies beyond the last visit. At the last visit there is nothing left to reassess for.
    """

    visits: int
    done: int
    booked: int
    gate: int

    @property
    def may_be_booked(self) -> int:
        return max(0, self.gate - self.done - self.booked)

    @property
    def to_book_later(self) -> int:
        """Those that wait behind the gate."""
        return max(0, self.visits - max(self.gate, self.done + self.booked))

    @property
    def has_gate(self) -> bool:
        return self.gate < self.visits

    @property
    def reassessment_is_due(self) -> bool:
        return self.has_gate and self.done >= self.gate

    @property
    def is_all_booked(self) -> bool:
        return self.done + self.booked >= self.visits


def progress_of(*, visits: int, reassess_after: int, made: Sequence[PlanVisit]) -> Progress:
    """`made` are the visits of the plan in the order of their times.

    A reassessment opens the next stretch: so many visits more, counted from the one at which it was made.
    """
    done, reassessed_at = 0, 0
    for visit in made:
        done += visit.is_done
        if visit.is_done and visit.is_reassessment:
            reassessed_at = done
    return Progress(
        visits=visits,
        done=done,
        booked=len(made) - done,
        gate=min(reassessed_at + reassess_after, visits),
    )
