"""The parts of a patient's card, in the order in which they are read."""

from collections.abc import Sequence

from booking.web.physio.card import screening
from booking.web.physio.card.section import DrawsSection

SECTIONS: Sequence[DrawsSection] = (screening.section,)
