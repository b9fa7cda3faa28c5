"""What a patient's card is made of, in the order in which it is read."""

from collections.abc import Sequence

from booking.web.physio.card import consent, record
from booking.web.physio.card.section import DrawsSection

SECTIONS: Sequence[DrawsSection] = (consent.section, record.section)
