"""The Idempotency-Key header: sent twice, carried out once, answered alike."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse

from booking.actions.idempotency import forget_old_answers
from booking.api.views.base import ApiView
from booking.models import Appointment, IdempotentAnswer, Refund
from booking.queries.links import token_for
from catalogue.models import Service
from config.demo.stripe import StandIn
from tests.api.client import Api, bearer, problem, wrong_fields
from tests.api.steps import TEN, book_request, hold, hold_request
from tests.factories import NOW, at, make_appointment, make_clinic, make_user

pytestmark = pytest.mark.django_db
KEY = "8f14e45f-ceea-467f-9575-1c6d8a2f0c11"


def ask(api: Api, body: Any = None, *, key: str = KEY, path: str = "holds/", **headers: str) -> HttpResponse:
    return api.post(path, hold_request() if body is None else body, **headers, **{"Idempotency-Key": key})


def test_the_second_answer_is_the_first(api: Api, service: Service) -> None:
    first, second = ask(api), ask(api)
    assert (second.status_code, second.json()) == (201, first.json())
    assert Appointment.objects.count() == 1


def test_a_repeated_answer_says_so(api: Api, service: Service) -> None:
    first, second = ask(api), ask(api)
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"


def test_the_order_of_the_fields_does_not_matter(api: Api, service: Service) -> None:
    ask(api)
    assert ask(api, dict(reversed(hold_request().items()))).status_code == 201


def test_a_key_is_not_taken_for_another_request(api: Api, service: Service) -> None:
    ask(api)
    answer = ask(api, hold_request(starts_at=at(4, "10:00").isoformat()))
    assert (answer.status_code, problem(answer)) == (422, "idempotency-key-reused")
    assert Appointment.objects.count() == 1


def test_another_key_is_another_request(api: Api, service: Service) -> None:
    ask(api)
    assert problem(ask(api, key=str(uuid.uuid4()))) == "time-taken"


def test_a_key_at_another_address_is_another_request(api: Api, service: Service) -> None:
    held = ask(api).json()
    assert ask(api, book_request(held), path=f"holds/{held['id']}/book/").json()["status"] == "confirmed"


def test_a_key_of_somebody_signed_in_is_theirs(api: Api, service: Service) -> None:
    ask(api)
    api.client.force_login(make_user())
    assert problem(ask(api)) == "time-taken"


def test_a_no_is_remembered_too(api: Api, service: Service) -> None:
    visit = make_appointment(service=service, starts_at=TEN)
    first = ask(api)
    Appointment.objects.filter(pk=visit.pk).update(status="cancelled")
    second = ask(api)
    assert (problem(second), second.json()) == ("time-taken", first.json())


def test_a_request_that_was_wrong_leaves_its_key_free(api: Api, service: Service) -> None:
    ask(api, hold_request(starts_at="soon"))
    assert ask(api).status_code == 201


def test_a_cancellation_refunds_once(api: Api, service: Service) -> None:
    visit = make_appointment(service=service, starts_at=TEN)
    visit.payments.create(
        state="paid", amount_minor=6400, currency="GBP", idempotency_key="p", created_at=NOW, paid_at=NOW
    )
    for _ in range(2):
        answer = ask(api, {}, path=f"appointments/{visit.pk}/cancel/", **bearer(token_for(visit)))
        assert answer.json()["refunded"]["amount_minor"] == 6400
    assert Refund.objects.count() == 1


def test_a_booking_repeated_is_booked_not_gone(api: Api, service: Service) -> None:
    held = hold(api)
    path, body = f"holds/{held['id']}/book/", book_request(held)
    first, second = ask(api, body, path=path), ask(api, body, path=path)
    assert (second.status_code, second.json()) == (201, first.json())


def test_a_booking_whose_pay_page_could_not_be_reached_goes_on_with_the_same_key(
    api: Api, service: Service, stand_in: StandIn
) -> None:
    stand_in.set_clock(NOW)
    held = hold(api)
    path, body = f"holds/{held['id']}/book/", book_request(held, pay="online")
    stand_in.fault("unreachable", times=None)
    assert problem(ask(api, body, path=path)) == "payment-unreachable"
    stand_in.clear_faults()
    assert ask(api, body, path=path).json()["pay_url"]


@pytest.mark.parametrize("key", ["", "short", "with a space in it", "ключ-из-шестнадцати-букв", "x" * 256])
def test_a_key_that_others_could_choose_is_refused(api: Api, service: Service, key: str) -> None:
    assert wrong_fields(ask(api, key=key)) == {"Idempotency-Key"}
    assert not Appointment.objects.exists()


def test_a_key_is_kept_as_a_hash_only(api: Api, service: Service) -> None:
    ask(api)
    assert KEY not in IdempotentAnswer.objects.get().key


def test_while_the_first_still_runs_the_second_is_told_to_wait(api: Api, service: Service) -> None:
    ask(api)
    IdempotentAnswer.objects.update(status=None, body=None)
    answer = ask(api)
    assert (answer.status_code, problem(answer)) == (409, "idempotency-key-in-use")
    assert answer.headers["Retry-After"]


def test_a_request_that_died_half_way_may_be_made_again(
    api: Api, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(api)
    Appointment.objects.all().delete()  # what it did was rolled back with its answer
    IdempotentAnswer.objects.update(status=None, body=None)
    monkeypatch.setattr(ApiView, "clock", staticmethod(lambda: NOW + timedelta(minutes=2)))
    assert ask(api).status_code == 201


def test_the_work_and_its_answer_are_kept_together(
    api: Api, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("the line dropped")

    monkeypatch.setattr("booking.actions.idempotency.keep", lost)
    with pytest.raises(ConnectionError):
        ask(api)
    assert not Appointment.objects.exists()


def test_after_a_day_an_answer_is_forgotten(api: Api, service: Service) -> None:
    ask(api)
    assert forget_old_answers(now=NOW + timedelta(hours=23)) == 0
    assert forget_old_answers(now=NOW + timedelta(hours=24)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_with_one_key_one_does_the_work() -> None:
    make_clinic(slug="follow-up", practitioners=8)
    ready, answers = threading.Barrier(8), []

    def run() -> None:
        ready.wait()
        answers.append(ask(Api()))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Appointment.objects.count() == 1
    held = [answer.json()["id"] for answer in answers if answer.status_code == 201]
    others = [problem(answer) for answer in answers if answer.status_code != 201]
    assert len(set(held)) == 1
    assert set(others) <= {"idempotency-key-in-use"}
