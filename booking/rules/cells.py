"""A stretch of time as one integer: a bit for each cell of five minutes.

    horizon   09:00                                   10:00
    cells       0   1   2   3   4   5   6   7   8   9  10  11
    open        1   1   1   1   1   1   1   1   1   1   1   1
    taken       ·   ·   ·   1   1   1   ·   ·   ·   ·   ·   ·      09:15 to 09:30
    free        1   1   1   ·   ·   ·   1   1   1   1   1   1      open & ~taken

Bit 0 is the earliest cell, so `mask >> n` looks n cells ahead. Thirty days are 8,640 bits, about a kilobyte,
and Python's integers combine them in well under a microsecond: this is what makes the search for open times
fast. Bits are drawn above from left to right; a Python integer prints them the other way round.

A mask may be negative. `~taken` is: its ones go on for ever beyond the horizon, which is what "nothing is
taken there" means. Whoever turns a mask into times (`Horizon.minutes`) cuts it to the horizon first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from booking.rules.spans import Minute, Span

Mask: TypeAlias = int

CELL = 5  # minutes; the database keeps every appointment aligned to it
ALWAYS: Mask = -1
NEVER: Mask = 0


def cells_for(minutes: int) -> int:
    """How many cells this many minutes need, a begun one counting as whole."""
    return -(-minutes // CELL)


@dataclass(frozen=True, slots=True)
class Horizon:
    """The stretch of time under consideration: `length` cells, the first of which begins at `first`."""

    first: Minute
    length: int

    @classmethod
    def covering(cls, start: Minute, end: Minute) -> "Horizon":
        first = start // CELL * CELL
        return cls(first, cells_for(end - first))

    @property
    def end(self) -> Minute:
        return self.first + self.length * CELL

    @property
    def whole(self) -> Mask:
        return (1 << self.length) - 1

    def inside(self, spans: Iterable[Span]) -> Mask:
        """The cells that lie wholly inside a span: what is open only in part is not open."""
        return self._drawn(spans, later_start=CELL - 1, later_end=0)

    def touched(self, spans: Iterable[Span]) -> Mask:
        """The cells that a span touches: what is taken only in part is taken."""
        return self._drawn(spans, later_start=0, later_end=CELL - 1)

    def _drawn(self, spans: Iterable[Span], *, later_start: int, later_end: int) -> Mask:
        """The spans as ones, rounded to cells: down, or up where so many minutes are added first."""
        mask, length = 0, self.length
        start_offset, end_offset = later_start - self.first, later_end - self.first
        for start, end in spans:
            begin, finish = (start + start_offset) // CELL, (end + end_offset) // CELL
            if begin < 0:
                begin = 0
            if finish > length:
                finish = length
            if begin < finish:
                mask |= ((1 << finish - begin) - 1) << begin
        return mask

    def minutes(self, starts: Mask) -> list[Minute]:
        """When each set cell begins, in order."""
        digits = bin(starts & self.whole)[:1:-1]
        found, cell = [], digits.find("1")
        while cell >= 0:
            found.append(self.first + cell * CELL)
            cell = digits.find("1", cell + 1)
        return found

    def has(self, starts: Mask, minute: Minute) -> bool:
        """Whether the cell that begins at this very minute is set."""
        cell, rest = divmod(minute - self.first, CELL)
        return not rest and 0 <= cell < self.length and bool(starts >> cell & 1)


def earliest(mask: Mask) -> Mask:
    """The first cell that is set, alone."""
    return mask & -mask


def unbroken(mask: Mask, length: int) -> Mask:
    """The cells from which `length` cells in a row are set.

        mask               1 1 1 1 · 1 1 ·
        unbroken, 3        1 1 · · · · · ·

    Each step doubles the run it has already proved, so a visit of 24 cells takes five steps, not 23.
    """
    proved = 1
    while proved < length:
        step = min(proved, length - proved)
        mask &= mask >> step
        proved += step
    return mask


def reaching(mask: Mask, length: int) -> Mask:
    """The cells from which a stretch of `length` cells would run into the mask.

    mask               · · · · 1 1 · ·
    reaching, 3        · · 1 1 1 1 · ·
    """
    return ~unbroken(~mask, length)


def widened(mask: Mask, *, before: int, after: int) -> Mask:
    """The mask with so many more cells before and after everything set; those before cell 0 are lost.

    mask               · · · 1 1 · · ·
    before 2, after 1  · 1 1 1 1 1 · ·
    """
    return reaching(mask << after, before + after + 1)
