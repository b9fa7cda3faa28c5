"""/after/<token>/: how are you today?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from booking.models import AfterCheck, AuditEntry, SafetyAlert
from booking.queries.links import after_token_for, token_for
from tests.factories import at, make_patient, make_user
from tests.needled import make_check, needled_visit
from tests.web.patient.scene import NAUGHTY

pytestmark = pytest.mark.django_db

NOW = at(3, "10:30")
WELL = {"breathless": "no", "chest_pain": "no", "pain": "3", "soreness": "mild"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    shown = [NOW]
    monkeypatch.setattr(timezone, "now", lambda: shown[0])

    def stands_at(moment: datetime) -> None:
        shown[0] = moment

    return stands_at


@pytest.fixture
def check() -> AfterCheck:
    visit = needled_visit(patient=make_patient(name="Elena Marsh"))
    return make_check(visit, due_at=at(3, "10:00"))


def url(check: AfterCheck) -> str:
    return f"/after/{after_token_for(check.appointment)}/"


def send(client: Client, check: AfterCheck, **said: Any) -> Any:
    return client.post(url(check), {**WELL, **said})


def test_it_asks_by_first_name_and_names_no_treatment(client: Client, check: AfterCheck) -> None:
    html = client.get(url(check)).content.decode()
    main = html[html.index("<main") : html.index("</main")]
    assert "How are you today, Elena?" in main
    assert not any(
        word in main.lower() for word in ("marsh", "needl", check.appointment.service.name.lower())
    )


def test_an_ordinary_answer_is_thanked_with_what_is_usual(client: Client, check: AfterCheck) -> None:
    html = send(client, check).content.decode()
    assert "Thank you, Elena" in html
    assert "What is usual" in html


def test_a_worrying_answer_is_answered_at_once(client: Client, check: AfterCheck) -> None:
    response = send(client, check, breathless="yes")
    assert 'href="tel:999"' in response.content.decode()
    assert "We have been told" in response.content.decode()
    assert SafetyAlert.objects.get().kind == "emergency"


def test_an_emergency_is_not_asked_to_fill_in_the_rest(client: Client, check: AfterCheck) -> None:
    response = client.post(url(check), {"chest_pain": "yes", "pain": "99", "note": "x" * 5000})
    assert response.status_code == 200
    assert SafetyAlert.objects.get().kind == "emergency"


def test_strong_pain_is_told_that_we_ring(client: Client, check: AfterCheck) -> None:
    assert "ring you today" in send(client, check, pain="9").content.decode()


def test_what_is_missing_is_asked_for_and_nothing_is_lost(client: Client, check: AfterCheck) -> None:
    response = client.post(url(check), {"breathless": "no", "pain": "4", "note": "Better than before"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Nothing you typed is lost" in html
    assert "Better than before" in html


@pytest.mark.parametrize("typed", NAUGHTY)
def test_naughty_input_is_refused_or_kept_as_text(client: Client, check: AfterCheck, typed: str) -> None:
    assert send(client, check, note=typed).status_code in (200, 422)
    assert send(client, check, pain=typed, soreness=typed).status_code == 422


def test_who_comes_back_reads_how_it_stands_and_may_answer_again(client: Client, check: AfterCheck) -> None:
    send(client, check)
    assert "Thank you, Elena" in client.get(url(check)).content.decode()
    assert "Three questions" in client.get(f"{url(check)}?again=1").content.decode()


def test_the_emergency_stays_on_the_page_until_somebody_rings(client: Client, check: AfterCheck) -> None:
    send(client, check, breathless="yes")
    assert "tel:999" in client.get(url(check)).content.decode()
    assert "can’t wait" in send(client, check).content.decode()


def test_after_a_week_it_is_closed_and_says_what_to_do_in_an_emergency(
    client: Client, check: AfterCheck, clock: Callable[[datetime], None]
) -> None:
    clock(check.due_at + timedelta(days=7, minutes=1))
    response = client.get(url(check))
    assert response.status_code == 404
    assert "Ring 999 now" in response.content.decode()
    assert send(client, check).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 32, "a:b:c"])
def test_a_link_that_was_never_ours_opens_nothing(client: Client, token: str) -> None:
    assert client.get(f"/after/{token}/").status_code == 404


def test_the_link_to_the_visit_is_another_one(client: Client, check: AfterCheck) -> None:
    assert client.get(f"/after/{token_for(check.appointment)}/").status_code == 404
    assert client.get(f"/appointments/{after_token_for(check.appointment)}/").status_code == 404


def test_too_many_answers_are_slowed_down_and_told_what_to_do(
    client: Client, check: AfterCheck, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"after_check": "1/10m/ip"}
    send(client, check)
    response = send(client, check)
    assert response.status_code == 429
    assert "Ring 999 now" in response.content.decode()


def test_reception_fills_it_in_with_somebody_on_the_telephone(client: Client, check: AfterCheck) -> None:
    client.force_login(make_user(role="reception"))
    send(client, check)
    assert AuditEntry.objects.get(verb="said how they are").actor_kind == "staff"


def test_no_cache_keeps_the_page(client: Client, check: AfterCheck) -> None:
    assert "no-store" in client.get(url(check))["Cache-Control"]
