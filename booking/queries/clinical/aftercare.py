"""The advice that goes with what was recorded."""

from uuid import UUID

from booking.models import TechniqueUsed


def aftercare_lines(appointment_id: UUID) -> list[str]:
    """What the recorded treatments advise, each sentence once, in the order of the treatments. One query."""
    texts = (
        TechniqueUsed.objects.filter(record__appointment_id=appointment_id, record__signed_at__isnull=False)
        .order_by("treatment__position", "treatment_id")
        .values_list("treatment__aftercare", flat=True)
    )
    lines = (line.strip() for text in texts for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))
