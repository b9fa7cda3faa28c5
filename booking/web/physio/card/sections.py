"""What stands on a patient's card, from top to bottom. Each part draws its own section and adds it here."""

from collections.abc import Sequence

from booking.web.physio.card import consent, plan, progress, record, screening
from booking.web.physio.card.section import DrawsSection

SECTIONS: Sequence[DrawsSection] = (
    screening.section,
    consent.section,
    record.section,
    progress.section,
    plan.section,
)
