"""The real SDK, used as anybody would use it, against the stand-in."""

import pytest
import stripe

from config.demo.stripe import StandIn


@pytest.fixture
def client(stand_in: StandIn) -> stripe.StripeClient:
    """Retries nothing, so that a test sees each answer."""
    return stripe.StripeClient(stand_in.key, base_addresses={"api": stand_in.base_address})
