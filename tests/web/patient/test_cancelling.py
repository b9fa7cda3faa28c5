"""/appointments/<token>/cancel/: what goes back is said before the button, and done as said."""

import pytest
from django.test import Client

from booking.models import Appointment, AuditEntry, Payment, Refund
from booking.queries.links import token_for
from config.demo.stripe import StandIn
from tests.factories import NOW, make_appointment, make_clinic, make_patient
from tests.web.patient.scene import working_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Appointment:
    service = make_clinic(slug="follow-up", start_grid_minutes=60)
    return make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=make_patient())


@pytest.fixture
def address(visit: Appointment) -> str:
    return f"/appointments/{token_for(visit)}/cancel/"


@pytest.fixture
def paid(visit: Appointment) -> Payment:
    return Payment.objects.create(
        appointment=visit, state="paid", amount_minor=6400, currency="GBP", paid_at=NOW, created_at=NOW
    )


def make_it_late() -> None:
    Appointment.objects.update(policy_free_until_hours=24 * 30)


def test_in_time_everything_goes_back(client: Client, address: str, paid: Payment) -> None:
    html = client.get(address).content.decode()

    assert "All £64 goes back to the card you paid with." in html
    assert "Cancel, £64 back" in html


def test_late_the_share_of_the_policy_goes_back(client: Client, address: str, paid: Payment) -> None:
    make_it_late()

    html = client.get(address).content.decode()

    assert "£32 of the £64 goes back" in html
    assert "Cancel, £32 back" in html


def test_a_policy_that_gives_nothing_back_late_says_so(client: Client, address: str, paid: Payment) -> None:
    make_it_late()
    Appointment.objects.update(policy_late_refund_percent=0)

    assert "by the policy you accepted, the £64 stays with us" in client.get(address).content.decode()


def test_nothing_paid_nothing_back(client: Client, address: str) -> None:
    assert "nothing goes back and nothing is charged" in client.get(address).content.decode()


def test_opening_the_page_cancels_nothing(client: Client, visit: Appointment, address: str) -> None:
    client.get(address)

    visit.refresh_from_db()
    assert visit.status == "confirmed"


def test_pressing_the_button_does_what_it_said(
    client: Client, visit: Appointment, address: str, paid: Payment
) -> None:
    response = client.post(address, {"back": "6400", "reason": "Better."}, follow=True)
    html = response.content.decode()

    visit.refresh_from_db()
    assert (visit.status, visit.cancelled_by, visit.cancel_reason) == ("cancelled", "patient", "Better.")
    assert Refund.objects.get().amount_minor == 6400
    assert "£64 is on its way back to your card." in html
    assert "£64 refunded" in html


def test_when_what_goes_back_changed_meanwhile_it_is_said_again_first(
    client: Client, visit: Appointment, address: str, paid: Payment
) -> None:
    make_it_late()

    response = client.post(address, {"back": "6400"})

    visit.refresh_from_db()
    assert response.status_code == 409
    assert "This changed while you were reading. Nothing is cancelled yet." in response.content.decode()
    assert visit.status == "confirmed"


def test_too_long_a_reason_is_refused(client: Client, visit: Appointment, address: str) -> None:
    response = client.post(address, {"back": "0", "reason": "x" * 201})

    visit.refresh_from_db()
    assert response.status_code == 422
    assert visit.status == "confirmed"


@pytest.mark.parametrize("back", ["", "-1", "\x00", "all", "0.5"])
def test_a_forged_amount_cancels_nothing(client: Client, visit: Appointment, address: str, back: str) -> None:
    assert client.post(address, {"back": back}).status_code == 409


def test_cancelling_twice_says_it_is_done(client: Client, visit: Appointment, address: str) -> None:
    client.post(address, {"back": "0"})

    response = client.post(address, {"back": "0"})

    assert response.status_code == 409
    assert AuditEntry.objects.filter(verb="cancelled").count() == 1


def test_the_time_is_free_again(client: Client, visit: Appointment, address: str) -> None:
    client.post(address, {"back": "0"})

    make_appointment(service=visit.service, starts_at=visit.starts_at)


def test_a_visit_that_has_begun_cannot_be_cancelled_here(client: Client, address: str) -> None:
    Appointment.objects.update(status="arrived")

    assert client.get(address).status_code == 409


def test_no_copy_of_the_page_is_kept(client: Client, address: str) -> None:
    assert "no-store" in client.get(address)["Cache-Control"]


def test_a_look_ahead_cancels_nothing(client: Client, visit: Appointment, address: str) -> None:
    assert client.head(address).status_code == 200


def test_it_takes_no_delete(client: Client, address: str) -> None:
    assert client.delete(address).status_code == 405


class TestWithTheCardPageOpen:
    @pytest.fixture(autouse=True)
    def page(self, client: Client, visit: Appointment, stand_in: StandIn) -> str:
        client.post(f"/appointments/{token_for(visit)}/pay/")
        return Payment.objects.get().stripe_session_id

    def test_it_is_closed_first(self, client: Client, address: str, visit: Appointment) -> None:
        client.post(address, {"back": "0"})

        visit.refresh_from_db()
        assert (visit.status, Payment.objects.get().state) == ("cancelled", "expired")

    def test_paid_a_moment_ago_what_goes_back_is_said_before_it_is_cancelled(
        self, client: Client, address: str, visit: Appointment, page: str, stand_in: StandIn
    ) -> None:
        stand_in.pay(page)

        response = client.post(address, {"back": "0"})

        visit.refresh_from_db()
        assert (response.status_code, visit.status) == (409, "confirmed")
        assert "Cancel, £64 back" in response.content.decode()

    def test_while_the_supplier_is_away_it_is_cancelled_all_the_same(
        self, client: Client, address: str, visit: Appointment, stand_in: StandIn
    ) -> None:
        stand_in.stop_listening()

        client.post(address, {"back": "0"})

        visit.refresh_from_db()
        assert visit.status == "cancelled"
