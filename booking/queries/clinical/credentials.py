"""On which parts of the body somebody may use a technique on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from accounts.models import Credential, Practitioner


def regions_not_covered(
    *, practitioner: Practitioner, technique: str, regions: Iterable[str], day: date
) -> list[str]:
    """Those of these regions for which no credential is valid on this day. One query."""
    valid = Credential.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        practitioner=practitioner,
        technique=technique,
        valid_from__lte=day,
    )
    covered = set(valid.values_list("region", flat=True))
    return [] if "" in covered else [region for region in regions if region not in covered]
