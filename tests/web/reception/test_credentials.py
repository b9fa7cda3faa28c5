"""/reception/credentials/: what runs out, and what a manager does about it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Credential, Practitioner
from catalogue.models import Service
from tests.factories import at, make_appointment, make_credential, make_needling, make_practitioner, make_user
from tests.web.patient.scene import NAUGHTY
from tests.web.reception.desk import text

PAGE = "/reception/credentials/"
TODAY = date(2026, 12, 3)


@pytest.fixture
def manager(client: Client, db: None) -> Client:
    client.force_login(make_user(role="manager"))
    return client


@pytest.fixture
def maren(service: Service) -> Practitioner:
    make_needling()
    Service.objects.update(required_credential="dry-needling")
    service.refresh_from_db()
    return service.practitioners.get()


@pytest.fixture
def held(maren: Practitioner) -> Credential:
    return make_credential(practitioner=maren, region="neck", valid_until=TODAY + timedelta(days=10))


def shown(client: Client) -> str:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return text(answer)


def add(client: Client, **changes: Any) -> HttpResponse:
    typed = {
        "practitioner": "maren", "technique": "dry-needling", "region": "low-back", "issued_by": "A college",
        "number": "DN-7", "valid_from": "2026-12-03", "valid_until": "2028-12-02",
    }  # fmt: skip
    answer: Any = client.post(PAGE, typed | changes)
    return answer


def renew(client: Client, held: Credential, **changes: Any) -> HttpResponse:
    typed = {"number": "DN-8", "valid_from": "2026-12-14", "valid_until": "2028-12-13"}
    answer: Any = client.post(reverse("reception:renew-credential", args=[held.pk]), typed | changes)
    return answer


def end(client: Client, held: Credential, last_day: str) -> HttpResponse:
    answer: Any = client.post(reverse("reception:end-credential", args=[held.pk]), {"last_day": last_day})
    return answer


def test_it_shows_who_may_do_what_where_and_until_when(manager: Client, held: Credential) -> None:
    page = shown(manager)
    assert "Maren Holt" in page
    assert "Dry needling, neck" in page
    assert "10 days left" in page
    assert "13 December 2026" in page


def test_one_that_has_run_out_says_so(manager: Client, maren: Practitioner) -> None:
    make_credential(practitioner=maren, valid_until=TODAY - timedelta(days=1))
    assert "Expired" in shown(manager)


def test_the_visits_after_its_last_day_are_counted_and_lead_to_the_list(
    manager: Client, held: Credential, service: Service
) -> None:
    make_appointment(service=service, starts_at=at(18, "10:00"))
    page = shown(manager)
    assert "1 booked visit falls after it" in page
    assert "/reception/lists/#credentials" in page


def test_a_visit_that_no_credential_covers_can_be_moved_or_cancelled_from_the_list(
    manager: Client, held: Credential, service: Service
) -> None:
    visit = make_appointment(service=service, starts_at=at(18, "10:00"))
    lists = text(manager.get(reverse("reception:lists")))
    assert "Credential not valid" in lists
    assert reverse("reception:move", args=[visit.pk]) in lists
    assert reverse("reception:cancel", args=[visit.pk]) in lists


def test_a_new_one_is_written_down(manager: Client, maren: Practitioner) -> None:
    assert add(manager)["Location"] == PAGE
    row = Credential.objects.get()
    assert (row.technique, row.region, row.number) == ("dry-needling", "low-back", "DN-7")
    assert (row.valid_from, row.valid_until) == (TODAY, date(2028, 12, 2))


def test_a_renewal_begins_the_day_after_unless_told_otherwise(manager: Client, held: Credential) -> None:
    page = text(manager.get(reverse("reception:renew-credential", args=[held.pk])))
    assert 'value="2026-12-14"' in page


def test_after_a_gap_a_renewal_begins_today(manager: Client, maren: Practitioner) -> None:
    row = make_credential(practitioner=maren, valid_until=date(2026, 6, 1))
    page = text(manager.get(reverse("reception:renew-credential", args=[row.pk])))
    assert 'value="2026-12-03"' in page


def test_a_renewed_one_presses_no_more(manager: Client, held: Credential) -> None:
    assert renew(manager, held)["Location"] == PAGE
    assert "days left" not in shown(manager)
    assert Credential.objects.count() == 2


def test_one_can_be_ended_and_the_page_says_what_is_left_to_do(
    manager: Client, held: Credential, service: Service
) -> None:
    make_appointment(service=service, starts_at=at(7, "10:00"))
    assert end(manager, held, "2026-12-03")["Location"] == PAGE
    assert "1 booked visit stands on reception’s list" in shown(manager)
    held.refresh_from_db()
    assert held.valid_until == TODAY


@pytest.mark.parametrize("last_day", ["", "tomorrow", "2019-01-01", "2027-01-01", "9999-12-31"])
def test_one_cannot_end_on_a_day_that_makes_no_sense(
    manager: Client, held: Credential, last_day: str
) -> None:
    assert end(manager, held, last_day).status_code == 422
    held.refresh_from_db()
    assert held.valid_until == date(2026, 12, 13)


@pytest.mark.parametrize("name", ["practitioner", "technique", "region", "valid_from", "valid_until"])
@pytest.mark.parametrize("naughty", NAUGHTY)
def test_nothing_odd_is_written_down(manager: Client, maren: Practitioner, name: str, naughty: str) -> None:
    assert add(manager, **{name: naughty}).status_code in (400, 422)
    assert not Credential.objects.exists()


def test_one_that_ends_before_it_begins_is_refused(manager: Client, held: Credential) -> None:
    answer = renew(manager, held, valid_until="2026-12-01")
    assert answer.status_code == 422
    assert "before the first day" in text(answer)
    assert Credential.objects.count() == 1


def test_one_that_is_not_there_is_not_found(manager: Client) -> None:
    for name in ("renew-credential", "end-credential"):
        assert manager.post(reverse(f"reception:{name}", args=[7])).status_code == 404


@pytest.mark.parametrize("role", ["patient", "physio", "reception"])
def test_only_managers_get_in(client: Client, held: Credential, role: str) -> None:
    client.force_login(make_user(role=role))
    for answer in (client.get(PAGE), add(client), renew(client, held), end(client, held, "2026-12-03")):
        assert answer.status_code == 403
    assert Credential.objects.get() == held


def test_a_stranger_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")


def test_nothing_is_ended_by_following_a_link(manager: Client, held: Credential) -> None:
    assert manager.get(reverse("reception:end-credential", args=[held.pk])).status_code == 405


@pytest.mark.parametrize(("role", "leads_there"), [("manager", True), ("reception", False)])
def test_only_managers_are_led_there(client: Client, db: None, role: str, leads_there: bool) -> None:
    client.force_login(make_user(role=role))
    assert (PAGE in text(client.get(reverse("reception:lists")))) is leads_there


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_a_fixed_number_of_queries(manager: Client, db: None, count: int) -> None:
    for _ in range(count):
        make_credential(practitioner=make_practitioner(), valid_until=TODAY)
    shown(manager)
    with CaptureQueriesContext(connection) as queries:
        shown(manager)
    assert len(queries) == 10
