"""A clinic behind the API, at the fixed moment of the factories."""

from typing import TYPE_CHECKING

import pytest

from tests.api.client import Api

if TYPE_CHECKING:  # read before Django is set up
    from catalogue.models import Service


@pytest.fixture(autouse=True)
def _at_the_fixed_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    from booking.api.views.base import ApiView
    from tests.factories import NOW

    monkeypatch.setattr(ApiView, "clock", staticmethod(lambda: NOW))


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def service(db: None) -> "Service":
    """One physio, one room, 45 minutes, weekdays from nine to five."""
    from tests.factories import make_clinic

    return make_clinic(slug="follow-up")
