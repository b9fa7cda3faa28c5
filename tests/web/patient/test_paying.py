"""To the card page and back, against the stand-in: the page that follows states the truth."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from booking.models import Appointment, Payment, Refund
from booking.queries.links import token_for
from booking.web.patient.new_visit.paying import return_url
from catalogue.models import Service
from config.demo.stripe import DECLINED, StandIn
from tests.actions.messages.post import make_message, make_payment, make_receipt, make_refund
from tests.factories import make_appointment, make_clinic
from tests.web.patient.scene import booked, held, typed, working_day

pytestmark = pytest.mark.django_db
DETAILS = "/book/follow-up/details/"


@pytest.fixture
def service(stand_in: StandIn) -> Service:
    return make_clinic(slug="follow-up", start_grid_minutes=60, horizon_days=40)


@pytest.fixture
def mine(client: Client, service: Service) -> Appointment:
    """Held, with the details given and the card page open."""
    appointment = held(client, service, working_day(3, "10:00"))
    client.post(DETAILS, typed(appointment, pay="online"))
    appointment.refresh_from_db()
    return appointment


def session_of(appointment: Appointment) -> str:
    return Payment.objects.get(appointment=appointment).stripe_session_id


def come_back(client: Client, appointment: Appointment) -> str:
    response = client.get(return_url(appointment), follow=True)
    return response.content.decode()


def test_the_button_leads_to_the_suppliers_page(client: Client, service: Service, stand_in: StandIn) -> None:
    appointment = held(client, service, working_day(3, "10:00"))

    response = client.post(DETAILS, typed(appointment, pay="online"))

    assert response["Location"].startswith(stand_in.base_address)


def test_the_way_back_names_no_link_that_opens_the_visit(mine: Appointment) -> None:
    told = Payment.objects.get(appointment=mine).parameters

    assert token_for(mine) not in str(told)


def test_pressing_again_leads_to_the_same_page(client: Client, mine: Appointment) -> None:
    client.post(DETAILS, typed(mine, pay="online"))

    assert Payment.objects.filter(appointment=mine).count() == 1


def test_paid_is_booked(client: Client, mine: Appointment, stand_in: StandIn) -> None:
    stand_in.pay(session_of(mine))

    html = come_back(client, mine)

    mine.refresh_from_db()
    assert mine.status == "confirmed"
    assert "Paid £64" in html


def test_coming_back_again_and_again_changes_nothing(
    client: Client, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.pay(session_of(mine))

    for _ in range(3):
        assert client.get(return_url(mine))["Location"].startswith("/booked/")

    assert Payment.objects.get(appointment=mine).state == "paid"


def test_paid_in_another_browser_is_said_without_the_persons_link(
    client: Client, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.pay(session_of(mine))

    html = come_back(Client(), mine)

    assert "Booked: " in html
    assert token_for(mine) not in html
    assert "elena.marsh" not in html


def test_turning_back_keeps_the_hold_and_says_nothing_was_charged(client: Client, mine: Appointment) -> None:
    html = come_back(client, mine)

    mine.refresh_from_db()
    assert mine.status == "held"
    assert "Nothing was charged. We still hold 10:00 for you until" in html
    assert 'value="Elena Marsh"' in html


def test_a_declined_card_may_be_tried_again(client: Client, mine: Appointment, stand_in: StandIn) -> None:
    stand_in.pay(session_of(mine), DECLINED)

    assert "Nothing was charged." in come_back(client, mine)


def test_after_turning_back_the_clinic_can_be_chosen(
    client: Client, mine: Appointment, stand_in: StandIn
) -> None:
    response = client.post(DETAILS, typed(mine, pay="clinic"))

    mine.refresh_from_db()
    assert response["Location"].startswith("/booked/")
    assert (mine.status, mine.pays_at_clinic) == ("confirmed", True)
    assert Payment.objects.get(appointment=mine).state == "expired"


def test_choosing_the_clinic_after_having_paid_in_another_tab_asks_for_nothing_more(
    client: Client, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.pay(session_of(mine))

    response = client.post(DETAILS, typed(mine, pay="clinic"), follow=True)

    mine.refresh_from_db()
    assert (mine.status, mine.pays_at_clinic) == ("confirmed", False)
    assert "Paid £64" in response.content.decode()


def test_another_time_closes_the_card_page_first(client: Client, mine: Appointment) -> None:
    client.post("/book/follow-up/release/")

    mine.refresh_from_db()
    assert mine.status == "lapsed"
    assert Payment.objects.get(appointment=mine).state == "expired"


def test_holding_another_time_closes_the_card_page_of_the_first(
    client: Client, service: Service, mine: Appointment
) -> None:
    held(client, service, working_day(3, "11:00"))

    mine.refresh_from_db()
    assert mine.status == "lapsed"


def test_another_time_after_having_paid_keeps_what_was_paid_for(
    client: Client, service: Service, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.pay(session_of(mine))

    response = client.post("/book/follow-up/release/", follow=True)

    mine.refresh_from_db()
    assert mine.status == "confirmed"
    assert "Paid £64" in response.content.decode()


def test_a_slow_bank_is_waited_for(client: Client, mine: Appointment, stand_in: StandIn) -> None:
    stand_in.pay(session_of(mine), slowly=True)

    response = client.get(return_url(mine))
    html = response.content.decode()

    assert response.status_code == 200
    assert "Waiting for the bank" in html
    assert '<meta http-equiv="refresh" content="5">' in html.split("<noscript>")[1].split("</noscript>")[0]


def test_a_script_that_looks_again_hears_when_there_is_something_to_say(
    client: Client, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.pay(session_of(mine), slowly=True)
    assert client.get(return_url(mine), headers={"X-Look-Again": "1"}).status_code == 204

    stand_in.settle_payment(Payment.objects.get().stripe_payment_intent_id)

    assert client.get(return_url(mine), headers={"X-Look-Again": "1"}).status_code == 200


def test_money_for_a_time_that_was_gone_goes_back_and_is_said(
    client: Client, service: Service, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.pay(session_of(mine))
    Appointment.objects.filter(pk=mine.pk).update(status="lapsed")
    make_appointment(service=service, starts_at=mine.starts_at)

    response = client.get(return_url(mine))
    html = response.content.decode()

    assert response.status_code == 409
    assert "Not booked: 10:00 was gone when the money came" in html
    assert "All £64 is on its way back to your card" in html
    assert Refund.objects.get().amount_minor == 6400


def test_money_for_a_visit_that_was_cancelled_goes_back_whole_and_is_said(
    client: Client, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.pay(session_of(mine))
    Appointment.objects.filter(pk=mine.pk).update(status="cancelled")

    html = come_back(client, mine)

    assert "All £64 is on its way back to your card" in html
    assert "policy" not in html.split("<h1")[1].split("</main>")[0]


def test_of_a_visit_that_was_cancelled_unpaid_it_is_said_that_nothing_was_charged(
    client: Client, mine: Appointment
) -> None:
    Payment.objects.update(state="expired")
    Appointment.objects.filter(pk=mine.pk).update(status="cancelled")

    assert "Nothing was charged." in come_back(client, mine)


def test_money_that_did_not_reach_the_card_is_given_back_another_way(
    client: Client, service: Service, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.pay(session_of(mine))
    Appointment.objects.filter(pk=mine.pk).update(status="lapsed")
    make_appointment(service=service, starts_at=mine.starts_at)
    client.get(return_url(mine))
    Refund.objects.update(state="failed")

    html = come_back(client, mine)

    assert "on its way back" not in html
    assert "We give it back another way, and ring you." in html


def test_a_second_try_is_not_judged_by_the_first_that_went_back(client: Client, mine: Appointment) -> None:
    Payment.objects.update(state="expired")
    make_refund(make_payment(mine), 6400, "too_late")
    Payment.objects.filter(state="paid").update(created_at=mine.created_at - timedelta(hours=1))

    html = come_back(Client(), mine)

    assert "Not booked: 10:00 was gone" not in html
    assert "othing was charged" in html


def test_a_page_that_timed_out_is_neither_booked_nor_charged(
    client: Client, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.advance_clock(60 * 60)
    Appointment.objects.filter(pk=mine.pk).update(
        status="lapsed", hold_expires_at=timezone.now() - timedelta(minutes=1)
    )

    response = client.get(return_url(mine))

    assert response.status_code == 409
    assert "Not booked, and nothing was charged" in response.content.decode()


def test_when_the_supplier_does_not_answer_the_page_waits(
    client: Client, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.fault("error_before", times=None)

    response = client.get(return_url(mine))

    assert response.status_code == 200
    assert "We cannot reach the payment supplier at this moment." in response.content.decode()


def test_when_no_card_page_can_be_made_nothing_is_lost(
    client: Client, service: Service, stand_in: StandIn
) -> None:
    appointment = held(client, service, working_day(3, "10:00"))
    stand_in.fault("error_before", times=None)

    response = client.post(DETAILS, typed(appointment, pay="online"))

    appointment.refresh_from_db()
    assert response.status_code == 503
    assert "Nothing was charged, and what you typed is kept." in response.content.decode()
    assert appointment.status == "held"


@pytest.mark.parametrize("token", ["x", "x:y", "00000000000000000000000000000000:forged"])
def test_a_forged_way_back_opens_nothing(client: Client, service: Service, token: str) -> None:
    assert client.get(f"/paid/{token}/").status_code == 404


def test_the_link_of_the_visit_is_no_way_back(client: Client, mine: Appointment) -> None:
    assert client.get(f"/paid/{token_for(mine)}/").status_code == 404


def test_the_way_back_takes_no_post(client: Client, mine: Appointment) -> None:
    assert client.post(return_url(mine)).status_code == 405


def test_what_is_due_can_be_paid_from_the_visit(client: Client, service: Service, stand_in: StandIn) -> None:
    appointment = booked(client, service, working_day(3, "10:00"))

    response = client.post(f"/appointments/{token_for(appointment)}/pay/")

    assert response["Location"].startswith(stand_in.base_address)


def test_a_visit_paid_for_later_says_so(client: Client, service: Service, stand_in: StandIn) -> None:
    appointment = booked(Client(), service, working_day(3, "10:00"))
    client.post(f"/appointments/{token_for(appointment)}/pay/")
    stand_in.pay(session_of(appointment))

    response = client.get(return_url(appointment), follow=True)

    assert urlsplit(response.redirect_chain[-1][0]).path == f"/appointments/{token_for(appointment)}/"
    assert "£64 is paid for your visit on " in response.content.decode()


def test_nothing_is_asked_twice(
    client: Client, service: Service, mine: Appointment, stand_in: StandIn
) -> None:
    stand_in.pay(session_of(mine))
    come_back(client, mine)

    response = client.post(f"/appointments/{token_for(mine)}/pay/", follow=True)

    assert "There is nothing to pay online for this visit." in response.content.decode()


def test_paying_needs_the_button(client: Client, service: Service) -> None:
    appointment = booked(client, service, working_day(3, "10:00"))

    assert client.get(f"/appointments/{token_for(appointment)}/pay/").status_code == 405


def test_what_is_left_of_a_visit_that_is_over_is_paid_by_the_same_door(
    client: Client, service: Service, stand_in: StandIn
) -> None:
    visit = make_appointment(service=service, starts_at=working_day(3, "10:00"), status="completed")
    make_receipt(visit, 2400)
    assert "Pay £40 now" in client.get(f"/appointments/{token_for(visit)}/").content.decode()
    client.post(f"/appointments/{token_for(visit)}/pay/")
    assert (Payment.objects.get().kind, Payment.objects.get().amount_minor) == ("balance", 4000)


def test_a_visit_paid_at_the_clinic_has_the_button_once_reception_has_asked(
    client: Client, service: Service, stand_in: StandIn
) -> None:
    Service.objects.update(pays="at_clinic")
    visit = make_appointment(service=service, starts_at=working_day(3, "10:00"))
    assert "Pay £64 now" not in client.get(f"/appointments/{token_for(visit)}/").content.decode()
    make_message(visit, "pay_link", state="sent")
    assert "Pay £64 now" in client.get(f"/appointments/{token_for(visit)}/").content.decode()


def test_paid_at_the_desk_meanwhile_the_patient_hears_that_it_goes_back(
    client: Client, service: Service, stand_in: StandIn
) -> None:
    visit = make_appointment(service=service, starts_at=working_day(3, "10:00"))
    client.post(f"/appointments/{token_for(visit)}/pay/")
    stand_in.pay(session_of(visit))
    make_receipt(visit, 6400)
    html = client.get(return_url(visit), follow=True).content.decode()
    assert "£64 is on its way back to your card." in html


def test_a_part_that_went_back_is_one_mark(client: Client, service: Service) -> None:
    visit = make_appointment(service=service, starts_at=working_day(3, "10:00"))
    make_refund(make_payment(visit), 3000, "goodwill")
    html = client.get(f"/appointments/{token_for(visit)}/").content.decode()
    assert "£30 of £64 refunded" in html
    assert "Paid £" not in html
