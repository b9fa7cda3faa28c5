"""The parts of a patient's card, from top to bottom."""

from collections.abc import Sequence

from booking.web.physio.card import progress
from booking.web.physio.card.section import DrawsSection

SECTIONS: Sequence[DrawsSection] = (progress.section,)
