"""Money given back from the panel of a visit: asked, said, done."""

import pytest
from django.test import Client

from accounts.models import Patient
from booking.models import Appointment, Receipt, Refund
from tests.actions.messages.post import make_payment
from tests.web.reception.desk import get, post, text


@pytest.fixture
def paid(visit: Appointment) -> Appointment:
    make_payment(visit)
    return visit


def test_what_is_left_is_filled_in(desk: Client, paid: Appointment) -> None:
    html = text(get(desk, "refund", paid.pk))
    assert 'value="64.00"' in html
    assert "To the card, paid online, of £64" in html


def test_what_will_happen_is_said_before_it_does(desk: Client, paid: Appointment) -> None:
    html = text(post(desk, "refund", paid.pk, online="30", reason="goodwill", left="6400"))
    assert "£30 goes back by itself to the card it came from." in html
    assert "The visit stays as it is." in html
    assert "It is not owed again." in html
    assert Refund.objects.count() == 0


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("tom@mail.example", "The patient hears of it by e-mail."),
        ("", "There is no e-mail address, so tell them."),
    ],
)
def test_whether_the_patient_hears_of_it_is_said_too(
    desk: Client, paid: Appointment, email: str, said: str
) -> None:
    Patient.objects.update(email=email)
    assert said in text(post(desk, "refund", paid.pk, online="30", reason="goodwill", left="6400"))


def test_then_it_is_done_and_its_state_is_shown(desk: Client, paid: Appointment) -> None:
    sent = {"online": "30", "reason": "goodwill", "left": "6400", "sure": "yes"}
    html = text(post(desk, "refund", paid.pk, **sent))
    assert Refund.objects.get().amount_minor == 3000
    assert "£30 of £64 refunded" in html
    assert "£30 on its way back to the card, goodwill" in html


def test_cash_is_handed_over(desk: Client, visit: Appointment) -> None:
    post(desk, "take", visit.pk, amount="64", method="cash")
    sent = {"cash": "64", "reason": "other_way", "left": "6400"}
    assert "Hand over £64 in cash now" in text(post(desk, "refund", visit.pk, **sent))
    html = text(post(desk, "refund", visit.pk, **sent, sure="yes"))
    assert Receipt.objects.filter(refund_reason="other_way").get().amount_minor == -6400
    assert "£64 to pay" in html


def test_sent_twice_it_is_done_once(desk: Client, paid: Appointment) -> None:
    sent = {"online": "30", "reason": "goodwill", "left": "6400", "sure": "yes"}
    answers = [post(desk, "refund", paid.pk, **sent).status_code for _ in range(2)]
    assert (answers, Refund.objects.count()) == ([200, 409], 1)


@pytest.mark.parametrize(
    ("amount", "reason"), [("64.01", "goodwill"), ("0", "goodwill"), ("lots", "goodwill"), ("-1", "goodwill"),
                           ("30", ""), ("30", "twice")],
)  # fmt: skip
def test_what_cannot_be_is_explained_and_nothing_goes(
    desk: Client, paid: Appointment, amount: str, reason: str
) -> None:
    answer = post(desk, "refund", paid.pk, online=amount, reason=reason, left="6400", sure="yes")
    assert (answer.status_code, Refund.objects.count()) == (422, 0)


def test_a_refund_that_failed_says_so(desk: Client, visit: Appointment) -> None:
    make_payment(visit).refunds.create(
        amount_minor=3000, currency="GBP", reason="goodwill", created_at=visit.created_at, state="failed",
        problem="The money did not go back: expired card.",
    )  # fmt: skip
    html = text(get(desk, "visit", visit.pk))
    assert "£30 did not go back to the card" in html
    assert "expired card" in html


@pytest.mark.parametrize(("role", "status"), [("manager", 200), ("physio", 403), ("patient", 403)])
def test_only_the_desk_and_managers_give_money_back(
    client: Client, paid: Appointment, role: str, status: int
) -> None:
    from tests.factories import make_user

    client.force_login(make_user(role=role))
    assert get(client, "refund", paid.pk).status_code == status


def test_where_nothing_came_nothing_is_offered(desk: Client, visit: Appointment) -> None:
    assert "Give money back" not in text(get(desk, "visit", visit.pk))
    assert get(desk, "refund", visit.pk).status_code == 409
