"""/book/<service>/: choose a time, and hold it."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Practitioner
from booking.models import Appointment
from booking.words import say_day
from catalogue.models import Service
from tests.factories import (
    make_appointment,
    make_clinic,
    make_location,
    make_practitioner,
    make_treatment,
    make_weekly_hours,
)
from tests.web.patient.scene import NAUGHTY, held, hold, place_of, slot, working_day

pytestmark = pytest.mark.django_db

FREE = re.compile(r": \d free times?\.")  # late on a working day, one is left of it


@pytest.fixture
def service() -> Service:
    return make_clinic(slug="follow-up", name="Follow-up", start_grid_minutes=60, horizon_days=40)


def times(client: Client, query: str = "") -> str:
    response = client.get(f"/book/follow-up/{query}")
    assert response.status_code == 200
    return response.content.decode()


def on(day: str) -> str:
    return f"?day={day}"


def test_a_free_day_is_shown_in_detail(client: Client, service: Service) -> None:
    day = working_day(3, "9:00")

    html = times(client, on(f"{day:%Y-%m-%d}"))

    assert f"{say_day(day)}: 8 free times." in html
    assert html.count('class="o-chip"') == 8


def test_a_day_in_the_calendar_says_how_many_times_are_free(client: Client, service: Service) -> None:
    day = working_day(3, "9:00")

    assert f'aria-label="{say_day(day)}, 8 free times"' in times(client)


def test_five_weeks_have_no_name_of_a_part_twice(client: Client, service: Service) -> None:
    """The 28th of two months may stand on one sheet, and the keyboard finds its place again by name."""
    names = re.findall(r' id="([^"]+)"', times(client))

    assert len(names) == len(set(names))


def test_a_day_on_which_nobody_works_is_closed(client: Client, service: Service) -> None:
    saturday = timezone.now() + timedelta(days=1 + (4 - timezone.now().weekday()) % 7)

    assert f"{say_day(saturday)}, closed" in times(client)


def test_a_day_without_a_free_time_left_is_full(client: Client) -> None:
    service = make_clinic(
        slug="follow-up", duration_minutes=480, start_grid_minutes=480, horizon_days=20, turnaround_minutes=0
    )
    day = working_day(3, "9:00")
    make_appointment(service=service, starts_at=day)

    assert f"{say_day(day)}, full" in times(client)


def test_the_next_free_time_is_one_press_away(client: Client, service: Service) -> None:
    html = times(client)
    button = html.split("Soonest:")[1].split('value="')[1].split('"')[0]

    response = client.post("/book/follow-up/", {"slot": button})

    assert response["Location"] == "/book/follow-up/details/"


def test_choosing_a_time_holds_it(client: Client, service: Service) -> None:
    starts_at = working_day(3, "10:00")

    response = hold(client, service, starts_at)

    assert response["Location"] == "/book/follow-up/details/"
    assert Appointment.objects.get().starts_at == starts_at


def test_a_physio_can_be_chosen(client: Client) -> None:
    service = make_clinic(slug="follow-up", practitioners=2, start_grid_minutes=60, horizon_days=20)
    one, other = service.practitioners.order_by("pk")
    day = working_day(3, "9:00")

    html = times(client, f"?practitioner={other.slug}&day={day:%Y-%m-%d}")

    assert f".{other.slug}" in html
    assert f".{one.slug}" not in html


def test_with_anyone_a_time_that_several_could_take_names_nobody(client: Client) -> None:
    make_clinic(slug="follow-up", practitioners=2, start_grid_minutes=60, horizon_days=20)

    assert "2 physios" in times(client)


def test_a_place_can_be_chosen(client: Client, service: Service) -> None:
    elsewhere = make_location(name="Harrow Green", slug="harrow-green")
    other = make_practitioner()
    service.practitioners.add(other)
    make_weekly_hours(practitioner=other, location=elsewhere)

    html = times(client, "?location=harrow-green")

    assert ".harrow-green." in html
    assert f".{Practitioner.objects.order_by('pk')[0].slug}" not in html


def test_a_day_that_is_full_gives_way_to_the_next_free_one(client: Client) -> None:
    service = make_clinic(
        slug="follow-up", duration_minutes=480, start_grid_minutes=480, horizon_days=20, turnaround_minutes=0
    )
    day = working_day(3, "9:00")
    make_appointment(service=service, starts_at=day)

    assert f"{say_day(day)}: 0" not in times(client, on(f"{day:%Y-%m-%d}"))


def test_later_weeks_are_one_press_away(client: Client, service: Service) -> None:
    html = times(client)
    later = html.split('id="later" href="')[1].split('"')[0].replace("&amp;", "&")

    assert client.get(later).status_code == 200
    assert 'id="earlier"' in client.get(later).content.decode()


def test_a_physio_without_a_free_time_leads_to_anyone(client: Client, service: Service) -> None:
    idle = make_practitioner(slug="idle", name="Ruth Idle")
    service.practitioners.add(idle)

    html = times(client, "?practitioner=idle")

    assert "Ruth Idle has no free time in the next 40 days." in html
    assert "See times with anyone" in html


def test_a_time_that_was_just_taken_is_refused_with_the_nearest_ones(
    client: Client, service: Service
) -> None:
    starts_at = working_day(3, "10:00")
    make_appointment(service=service, starts_at=starts_at)

    response = hold(client, service, starts_at)
    html = response.content.decode()

    assert response.status_code == 409
    assert "10:00 was taken a moment ago" in html
    assert slot(service, working_day(3, "9:00"), service.practitioners.get().slug) in html
    assert slot(service, working_day(3, "11:00"), service.practitioners.get().slug) in html


def test_the_physio_who_was_asked_for_is_named_with_their_other_times(
    client: Client, service: Service
) -> None:
    starts_at = working_day(3, "10:00")
    make_appointment(service=service, starts_at=starts_at)
    maren = service.practitioners.get()

    response = client.post("/book/follow-up/", {"slot": slot(service, starts_at, maren.slug)})

    assert f"{maren.first_name} is free at 9:00, 11:00 and 12:00." in response.content.decode()


def test_a_time_that_has_passed_says_so(client: Client, service: Service) -> None:
    response = hold(client, service, working_day(-9, "10:00"))

    assert response.status_code == 409
    assert "10:00 has passed" in response.content.decode()


def test_a_time_that_is_too_soon_says_how_early_to_book(client: Client, service: Service) -> None:
    service.minimum_notice_minutes = 60 * 24 * 10
    service.save()

    response = hold(client, service, working_day(3, "10:00"))

    html = response.content.decode()
    assert response.status_code == 409
    assert "10:00 is too soon to book here" in html
    assert "booked at least 240 hours ahead" in html
    assert "taken a moment ago" not in html


def test_a_time_beyond_the_horizon_is_not_held(client: Client, service: Service) -> None:
    response = hold(client, service, working_day(500, "10:00"))

    assert response.status_code == 409
    assert not Appointment.objects.exists()


def test_ones_own_hold_looks_free(client: Client, service: Service) -> None:
    starts_at = working_day(3, "10:00")
    held(client, service, starts_at)

    assert slot(service, starts_at, service.practitioners.get().slug) in times(
        client, on(f"{starts_at:%Y-%m-%d}")
    )


def test_the_hold_of_somebody_else_does_not(client: Client, service: Service) -> None:
    starts_at = working_day(3, "10:00")
    held(Client(), service, starts_at)

    assert slot(service, starts_at, service.practitioners.get().slug) not in times(
        client, on(f"{starts_at:%Y-%m-%d}")
    )


def test_the_way_back_to_what_one_holds_is_shown(client: Client, service: Service) -> None:
    held(client, service, working_day(3, "10:00"))

    assert "Back to 10:00" in times(client)


def test_holding_another_time_lets_the_first_one_go(client: Client, service: Service) -> None:
    first = held(client, service, working_day(3, "10:00"))

    held(client, service, working_day(3, "11:00"))

    first.refresh_from_db()
    assert first.status == "lapsed"


def test_a_hold_is_kept_when_the_other_time_turns_out_to_be_taken(client: Client, service: Service) -> None:
    first = held(client, service, working_day(3, "10:00"))
    make_appointment(service=service, starts_at=working_day(3, "12:00"))

    hold(client, service, working_day(3, "12:00"))

    first.refresh_from_db()
    assert first.status == "held"


def test_pressing_twice_holds_once(client: Client, service: Service) -> None:
    held(client, service, working_day(3, "10:00"))

    response = hold(client, service, working_day(3, "10:00"))

    assert response["Location"] == "/book/follow-up/details/"
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    "text", [*NAUGHTY, "", "20261203T1020Z", "20269903T1020Z.a.b", "99991231T2355Z.place.", "today.place."]
)
def test_a_button_we_did_not_make_is_refused(client: Client, service: Service, text: str) -> None:
    response = client.post("/book/follow-up/", {"slot": text})

    assert response.status_code == 400
    assert not Appointment.objects.exists()


def test_a_time_between_two_cells_is_not_held(client: Client, service: Service) -> None:
    assert hold(client, service, working_day(3, "10:02")).status_code == 409


def test_a_place_we_have_left_is_refused(client: Client, service: Service) -> None:
    button = slot(service, working_day(3, "10:00"))
    place = place_of(service)
    place.active = False
    place.save()

    assert client.post("/book/follow-up/", {"slot": button}).status_code == 400


@pytest.mark.parametrize("day", ["2026-02-31", "tomorrow", "0000-00-00", "-1", "2026-1-1"])
def test_a_day_that_no_calendar_has_is_refused(client: Client, service: Service, day: str) -> None:
    response = client.get("/book/follow-up/", {"day": day})

    assert response.status_code == 400
    assert "There is no such day" in response.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2001-01-01"])
def test_a_day_far_away_shows_the_next_free_one_instead(client: Client, service: Service, day: str) -> None:
    assert FREE.search(times(client, on(day)))


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings_in_the_address_are_passed_over(client: Client, service: Service, text: str) -> None:
    assert FREE.search(times(client, f"?practitioner={quote(text)}&location={quote(text)}"))


def test_a_visit_that_does_not_exist_is_said_to(client: Client) -> None:
    response = client.get("/book/acupuncture/")

    assert response.status_code == 404
    assert "We do not offer this visit online" in response.content.decode()


def test_a_visit_that_is_not_shown_online_cannot_be_held(client: Client, service: Service) -> None:
    Service.objects.update(online=False)

    assert hold(client, service, working_day(3, "10:00")).status_code == 404


def test_the_way_back_carries_the_choice(client: Client, service: Service) -> None:
    make_treatment(slug="dry-needling")

    assert 'href="/book/?treatment=dry-needling"' in times(client, "?treatment=dry-needling")


def test_no_copy_of_the_calendar_is_kept(client: Client, service: Service) -> None:
    assert "no-store" in client.get("/book/follow-up/")["Cache-Control"]


def test_it_takes_no_put(client: Client, service: Service) -> None:
    assert client.put("/book/follow-up/").status_code == 405


def test_holding_again_and_again_is_slowed_down(client: Client, service: Service, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"place_hold": "1/10m/ip"}
    hold(client, service, working_day(3, "10:00"))

    assert hold(client, service, working_day(3, "11:00")).status_code == 429


def test_a_fuller_diary_asks_no_more_questions(client: Client, service: Service) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            times(client)
        return len(asked)

    few = questions()
    for hour in range(9, 17):
        for day in (3, 10, 17):
            make_appointment(service=service, starts_at=working_day(day, f"{hour}:00"))

    assert questions() == few
