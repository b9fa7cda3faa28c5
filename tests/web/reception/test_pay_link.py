"""A link to pay by, sent from the panel of a visit."""

import pytest
from django.test import Client
from pytest_django import Settings

from booking.models import Appointment, Message, Payment
from catalogue.models import Service
from config.demo.stripe import StandIn
from tests.actions.messages.post import make_message, make_payment
from tests.factories import at, make_appointment, make_patient
from tests.web.reception.conftest import MORNING
from tests.web.reception.desk import get, post, text


@pytest.fixture
def online(stand_in: StandIn) -> StandIn:
    stand_in.set_clock(MORNING)
    return stand_in


def test_it_is_offered_with_the_address(desk: Client, visit: Appointment, online: StandIn) -> None:
    html = text(get(desk, "visit", visit.pk))
    assert "Send a payment link" in html
    assert visit.patient.email in html


def test_it_is_planned_and_shown(desk: Client, visit: Appointment, online: StandIn) -> None:
    html = text(post(desk, "pay-link", visit.pk))
    assert Message.objects.get().occasion == "pay_link"
    assert "Payment link on its way" in html
    assert "Send a payment link" not in html


def test_once_sent_it_says_when_and_can_go_again(desk: Client, visit: Appointment, online: StandIn) -> None:
    make_message(visit, "pay_link", state="sent", sent_at=MORNING, recipient="tom@mail.example")
    html = text(get(desk, "visit", visit.pk))
    assert "Payment link sent Thu 3 Dec, 9:00 to tom@mail.example" in html
    assert "Send the payment link again" in html


def test_paid_by_it_the_panel_says_when(desk: Client, visit: Appointment, online: StandIn) -> None:
    make_payment(visit, paid_at=MORNING)
    assert "£64 by card, online, Thu 3 Dec, 9:00" in text(get(desk, "visit", visit.pk))


def test_without_an_address_the_counter_is_named(desk: Client, service: Service, online: StandIn) -> None:
    visit = make_appointment(service=service, starts_at=at(3, "10:00"), patient=make_patient(email=""))
    html = text(get(desk, "visit", visit.pk))
    assert "No e-mail address is on the record" in html
    assert "Send a payment link" not in html
    assert post(desk, "pay-link", visit.pk).status_code == 409


def test_where_nothing_is_due_nothing_is_sent(desk: Client, visit: Appointment, online: StandIn) -> None:
    make_payment(visit)
    assert "Send a payment link" not in text(get(desk, "visit", visit.pk))
    assert post(desk, "pay-link", visit.pk).status_code == 409
    assert Message.objects.count() == 0


def test_a_clinic_that_takes_no_cards_online_sends_none(
    desk: Client, visit: Appointment, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = ""
    assert "Send a payment link" not in text(get(desk, "visit", visit.pk))
    assert post(desk, "pay-link", visit.pk).status_code == 409


def test_taken_at_the_desk_the_open_card_page_is_closed_first(
    desk: Client, visit: Appointment, online: StandIn
) -> None:
    from booking.queries.links import token_for

    desk.post(f"/appointments/{token_for(visit)}/pay/")
    assert "The card page is open" in text(get(desk, "visit", visit.pk))
    post(desk, "take", visit.pk, amount="64", method="cash")
    assert Payment.objects.get().state == "expired"
    assert online.objects("checkout.session")[0]["status"] == "expired"


def test_paid_online_a_moment_ago_it_is_not_taken_at_the_desk_too(
    desk: Client, visit: Appointment, online: StandIn
) -> None:
    from booking.queries.links import token_for

    desk.post(f"/appointments/{token_for(visit)}/pay/")
    online.pay(online.objects("checkout.session")[0]["id"])
    answer = post(desk, "take", visit.pk, amount="64", method="cash")
    assert (answer.status_code, visit.receipts.count()) == (409, 0)


def test_cancelled_at_the_desk_the_open_card_page_is_closed_first(
    desk: Client, visit: Appointment, online: StandIn
) -> None:
    from booking.queries.links import token_for

    desk.post(f"/appointments/{token_for(visit)}/pay/")
    post(desk, "cancel", visit.pk, code="ill")
    assert Payment.objects.get().state == "expired"
