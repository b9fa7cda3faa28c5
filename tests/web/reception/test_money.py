"""Money across the counter."""

import pytest
from django.test import Client

from booking.models import Appointment, Receipt
from tests.web.reception.desk import get, post, text


def test_what_is_due_is_filled_in(desk: Client, visit: Appointment) -> None:
    html = text(get(desk, "visit", visit.pk))
    assert "£64 to pay" in html
    assert 'value="64.00"' in html


@pytest.mark.parametrize(("status", "looks"), [("completed", "btn-ink"), ("in_room", "btn-line")])
def test_taking_what_is_due_is_next_once_the_visit_is_done(
    desk: Client, visit: Appointment, status: str, looks: str
) -> None:
    Appointment.objects.update(status=status)
    html = text(get(desk, "visit", visit.pk))
    assert f'<button class="btn {looks}" data-take="Take {{sum}}"' in " ".join(html.split())


def test_cash_is_written_down(desk: Client, visit: Appointment) -> None:
    html = text(post(desk, "take", visit.pk, amount="64", method="cash"))
    receipt = Receipt.objects.get()
    assert (receipt.amount_minor, receipt.method) == (6400, "cash")
    assert "Paid, £64" in html


def test_a_part_can_be_taken(desk: Client, visit: Appointment) -> None:
    html = text(post(desk, "take", visit.pk, amount="20.50", method="terminal"))
    assert "£43.50 to pay" in html


def test_nobody_pays_twice(desk: Client, visit: Appointment) -> None:
    post(desk, "take", visit.pk, amount="64", method="cash")
    answer = post(desk, "take", visit.pk, amount="64", method="cash")
    assert (answer.status_code, Receipt.objects.count()) == (409, 1)


def test_a_part_sent_twice_is_taken_once(desk: Client, visit: Appointment) -> None:
    post(desk, "take", visit.pk, amount="30", method="cash", due="6400")
    answer = post(desk, "take", visit.pk, amount="30", method="cash", due="6400")
    assert (answer.status_code, Receipt.objects.count()) == (409, 1)
    assert "£34 is left to pay. Nothing more was taken." in text(answer)


def test_the_form_says_what_it_saw_to_be_due(desk: Client, visit: Appointment) -> None:
    assert '<input type="hidden" name="due" value="6400">' in text(get(desk, "visit", visit.pk))


def test_an_amount_that_is_none_is_explained(desk: Client, visit: Appointment) -> None:
    answer = post(desk, "take", visit.pk, amount="lots", method="cash")
    assert answer.status_code == 422
    assert "Nothing was taken" in text(answer)


def test_a_receipt_is_reversed_by_a_second_one(desk: Client, visit: Appointment) -> None:
    post(desk, "take", visit.pk, amount="64", method="cash")
    html = text(post(desk, "void", Receipt.objects.get().pk, reason="Wrong person"))
    assert sum(Receipt.objects.values_list("amount_minor", flat=True)) == 0
    assert "Wrong person" in html


def test_reversing_wants_a_reason(desk: Client, visit: Appointment) -> None:
    post(desk, "take", visit.pk, amount="64", method="cash")
    answer = post(desk, "void", Receipt.objects.get().pk, reason=" ")
    assert (answer.status_code, Receipt.objects.count()) == (422, 1)


def test_a_receipt_is_reversed_once(desk: Client, visit: Appointment) -> None:
    post(desk, "take", visit.pk, amount="64", method="cash")
    receipt = Receipt.objects.get()
    for _ in range(2):
        answer = post(desk, "void", receipt.pk, reason="Wrong person")
    assert (answer.status_code, Receipt.objects.count()) == (409, 2)


def test_enter_in_the_amount_never_guesses_how_it_was_paid(desk: Client, visit: Appointment) -> None:
    answer = post(desk, "take", visit.pk, amount="20")
    assert (answer.status_code, Receipt.objects.count()) == (422, 0)
    assert "Choose card terminal or cash. Nothing was taken." in text(answer)
    assert 'value="20"' in text(answer)


def test_no_way_to_pay_is_chosen_beforehand(desk: Client, visit: Appointment) -> None:
    assert " checked" not in text(get(desk, "visit", visit.pk))
