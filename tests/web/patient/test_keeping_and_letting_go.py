"""“More time” and “Another time” beside the details form."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from booking.models import Appointment, Payment
from catalogue.models import Service
from config.demo.stripe import StandIn
from tests.factories import make_clinic
from tests.web.patient.scene import held, hold, slot, typed, working_day

pytestmark = pytest.mark.django_db
MORE, RELEASE, DETAILS = "/book/follow-up/more-time/", "/book/follow-up/release/", "/book/follow-up/details/"


@pytest.fixture
def service() -> Service:
    return make_clinic(slug="follow-up", start_grid_minutes=60, horizon_days=40)


@pytest.fixture
def mine(client: Client, service: Service) -> Appointment:
    return held(client, service, working_day(3, "10:00"))


def ends_in(appointment: Appointment, **left: float) -> None:
    Appointment.objects.filter(pk=appointment.pk).update(hold_expires_at=timezone.now() + timedelta(**left))


def test_more_time_starts_the_ten_minutes_again(client: Client, mine: Appointment) -> None:
    ends_in(mine, minutes=1)

    client.post(MORE, typed(mine))

    mine.refresh_from_db()
    assert mine.hold_expires_at is not None
    assert mine.hold_expires_at > timezone.now() + timedelta(minutes=9)


def test_more_time_keeps_what_was_typed(client: Client, mine: Appointment) -> None:
    response = client.post(MORE, typed(mine), follow=True)

    assert 'value="Elena Marsh"' in response.content.decode()


def test_a_time_cannot_be_kept_for_ever(client: Client, mine: Appointment) -> None:
    for _ in range(3):
        client.post(MORE, typed(mine))
    ends_in(mine, minutes=1)

    response = client.post(MORE, typed(mine), follow=True)

    mine.refresh_from_db()
    assert mine.hold_expires_at is not None
    assert mine.hold_expires_at < timezone.now() + timedelta(minutes=2)
    assert "We cannot hold this time for longer." in response.content.decode()


def test_more_time_for_a_hold_that_somebody_else_took_over_says_so(
    client: Client, service: Service, mine: Appointment
) -> None:
    ends_in(mine, seconds=-1)
    held(Client(), service, mine.starts_at)

    assert client.post(MORE, typed(mine)).status_code == 409


def test_another_time_lets_this_one_go_at_once(client: Client, service: Service, mine: Appointment) -> None:
    client.post(RELEASE, typed(mine))

    assert hold(Client(), service, mine.starts_at).status_code == 302


def test_another_time_leads_back_to_the_calendar_as_it_was(client: Client, service: Service) -> None:
    asked = f"practitioner={service.practitioners.get().slug}&day={working_day(3, '9:00'):%Y-%m-%d}"
    client.post("/book/follow-up/", {"slot": slot(service, working_day(3, "10:00")), "asked": asked})

    assert client.post(RELEASE)["Location"] == f"/book/follow-up/?{asked}"


def test_what_was_typed_waits_for_the_other_time(client: Client, service: Service, mine: Appointment) -> None:
    client.post(RELEASE, typed(mine))
    held(client, service, working_day(3, "11:00"))

    assert 'value="Elena Marsh"' in client.get(DETAILS).content.decode()


def test_letting_go_twice_is_no_error(client: Client, mine: Appointment) -> None:
    client.post(RELEASE)

    assert client.post(RELEASE)["Location"] == "/book/follow-up/"


def test_letting_go_after_booking_changes_nothing(client: Client, mine: Appointment) -> None:
    client.post(DETAILS, typed(mine))

    client.post(RELEASE)

    mine.refresh_from_db()
    assert mine.status == "confirmed"


def test_more_time_without_a_hold_says_so(client: Client, service: Service) -> None:
    assert client.post(MORE).status_code == 410


@pytest.mark.parametrize("address", [MORE, RELEASE])
def test_they_are_buttons_and_not_links(client: Client, mine: Appointment, address: str) -> None:
    response = client.get(address)

    mine.refresh_from_db()
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert mine.status == "held"


def test_another_time_on_an_older_page_leaves_the_newer_hold(
    client: Client, service: Service, mine: Appointment
) -> None:
    newer = held(client, service, working_day(3, "11:00"))

    html = client.post(RELEASE, typed(mine), follow=True).content.decode()

    newer.refresh_from_db()
    assert newer.status == "held"
    assert "You have chosen another time since" in html


class TestWithTheCardPageOpen:
    @pytest.fixture
    def leaving(self, client: Client, stand_in: StandIn, mine: Appointment) -> str:
        """The pay page that is turned back from."""
        client.post(DETAILS, typed(mine, pay="online"))
        return Payment.objects.get().stripe_session_id

    def test_while_the_supplier_is_away_it_is_said_that_it_can_still_be_paid_for(
        self, client: Client, stand_in: StandIn, mine: Appointment, leaving: str
    ) -> None:
        stand_in.stop_listening()

        html = client.post(RELEASE, typed(mine), follow=True).content.decode()

        mine.refresh_from_db()
        assert mine.status == "held"
        assert "10:00 can still be paid for until" in html

    def test_while_the_bank_thinks_it_is_said_that_it_may_still_be_booked(
        self, client: Client, stand_in: StandIn, service: Service, mine: Appointment, leaving: str
    ) -> None:
        stand_in.pay(leaving, slowly=True)

        hold(client, service, working_day(3, "11:00"))

        assert "The bank has not said yes or no yet" in client.get(DETAILS).content.decode()

    def test_closed_and_let_go_there_is_nothing_to_say(
        self, client: Client, mine: Appointment, leaving: str
    ) -> None:
        html = client.post(RELEASE, typed(mine), follow=True).content.decode()

        assert "can still be paid for" not in html
        assert "The bank has not said" not in html
