"""Loading the demonstration clinic: on any day, whole or not at all, and never over somebody else's."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Practitioner, User
from booking.models import Location, Message
from catalogue.models import Treatment
from config.demo.clinic.load import load
from config.demo.management.commands.load_demo_clinic import Command

NOW = datetime(2026, 3, 11, 10, 37, 12, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "now",
    [
        pytest.param(datetime(2026, 3, 28, 23, 50, tzinfo=UTC), id="the night the clocks go forward"),
        pytest.param(datetime(2026, 12, 26, 15, 0, tzinfo=UTC), id="between Christmas and New Year"),
    ],
)
def test_the_clinic_loads_on_any_day(now: datetime) -> None:
    assert load(now=now) is True
    assert Message.objects.filter(state="due", due_at__range=(now, now + timedelta(minutes=1))).count() == 1


@pytest.mark.django_db
def test_the_command_loads_an_empty_database() -> None:
    said = StringIO()
    call_command(Command(), stdout=said)
    assert said.getvalue() == "The demonstration clinic is loaded.\n"
    assert Location.objects.count() == 2


@pytest.mark.django_db
def test_a_clinic_of_somebody_elses_is_left_alone() -> None:
    Location.objects.create(slug="ours", name="Ours", street="1 High Street", town="Elsewhere")
    assert load(now=NOW) is False
    assert not Practitioner.objects.exists()


@pytest.mark.django_db
def test_a_load_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("halfway")

    monkeypatch.setattr("config.demo.clinic.load.write_diary", fail)
    with pytest.raises(RuntimeError, match="halfway"):
        load(now=NOW)
    assert not any(model.objects.exists() for model in (Location, Practitioner, Treatment, User))
