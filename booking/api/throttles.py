"""How often one caller may ask. Counted in the cache; while Redis is away nobody is turned down."""

from django.conf import settings
from rest_framework.throttling import ScopedRateThrottle


class RateThrottle(ScopedRateThrottle):
    """By signed-in user, otherwise by the address that TRUSTED_PROXIES lets us believe.

    Each view names its scope, and API_RATES the scope's rate; an empty one means no limit.
    """

    def get_rate(self) -> str | None:
        rate: str | None = settings.API_RATES[str(self.scope)]
        return rate or None
