from typing import TYPE_CHECKING

import pytest

from config.demo.stripe import StandIn

if TYPE_CHECKING:
    from booking.gateways.stripe import StripeGateway
    from tests.actions.payments.scene import Scene


@pytest.fixture
def scene(db: None, stand_in: StandIn, gateway: "StripeGateway") -> "Scene":
    from tests.actions.payments.scene import Scene
    from tests.factories import NOW, make_clinic

    stand_in.set_clock(NOW)
    return Scene(service=make_clinic(turnaround_minutes=10), gateway=gateway, stand_in=stand_in)
