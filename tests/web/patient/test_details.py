"""/book/<service>/details/: who is coming, and the button that books."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Patient
from booking.models import Appointment, Message
from booking.words import say_until
from catalogue.models import Service
from tests.factories import make_appointment, make_clinic, make_patient, make_user
from tests.web.patient.scene import NAUGHTY, book, held, typed, working_day

pytestmark = pytest.mark.django_db
DETAILS = "/book/follow-up/details/"


@pytest.fixture
def service() -> Service:
    return make_clinic(slug="follow-up", name="Follow-up", start_grid_minutes=60, horizon_days=40)


@pytest.fixture
def mine(client: Client, service: Service) -> Appointment:
    return held(client, service, working_day(3, "10:00"))


def details(client: Client) -> str:
    response = client.get(DETAILS)
    assert response.status_code == 200
    return response.content.decode()


def lapse(appointment: Appointment) -> None:
    """The ten minutes are over."""
    Appointment.objects.filter(pk=appointment.pk).update(
        hold_expires_at=timezone.now() - timedelta(seconds=1)
    )


def test_it_says_who_when_where_and_for_how_much(client: Client, mine: Appointment) -> None:
    html = details(client)

    assert "10:00 to 10:45" in html
    assert f"Follow-up with {mine.practitioner.name}" in html
    assert mine.location.address in html
    assert "£64" in html


def test_it_counts_the_seconds_of_the_hold(client: Client, mine: Appointment) -> None:
    left = int(details(client).split('data-left="')[1].split('"')[0])

    assert 540 <= left <= 600


def test_it_says_the_exact_moment_until_which_plans_may_change(client: Client, mine: Appointment) -> None:
    until = say_until(mine.starts_at - timedelta(hours=24), now=timezone.now())

    assert f"Until {until}, move or cancel for nothing and get all £64 back." in details(client)


def test_paid_at_the_clinic_nothing_is_said_to_go_back(client: Client, service: Service) -> None:
    Service.objects.update(pays="at_clinic")
    held(client, service, working_day(3, "10:00"))

    html = details(client)

    assert "move or cancel for nothing. After that, ring us" in html
    assert "goes back" not in html


def test_a_visit_that_is_soon_says_that_it_is_not_free_to_cancel(client: Client) -> None:
    service = make_clinic(slug="follow-up", minimum_notice_minutes=0, start_grid_minutes=60)
    service.policy.free_until_hours = 24 * 30
    service.policy.save()
    held(client, service, working_day(1, "10:00"))

    html = details(client)

    assert "It is soon: moving or cancelling for nothing ended on" in html
    assert "If you cancel now, £32 goes back and we keep £32." in html


def test_the_button_says_the_result(client: Client, mine: Appointment) -> None:
    html = details(client)

    assert "Pay £64 and book 10:00" in html
    assert "Book 10:00, pay at the clinic" in html


@pytest.mark.parametrize(
    ("pays", "offered", "missing"),
    [
        ("online", "Pay £64 and book", "pay at the clinic"),
        ("at_clinic", "pay at the clinic", "Pay £64 and book"),
    ],
)
def test_only_the_ways_to_pay_that_the_visit_allows_are_offered(
    client: Client, service: Service, pays: str, offered: str, missing: str
) -> None:
    Service.objects.update(pays=pays)
    held(client, service, working_day(3, "10:00"))

    html = details(client)

    assert offered in html
    assert missing not in html


def test_a_visit_paid_at_the_clinic_is_booked_at_once(client: Client, mine: Appointment) -> None:
    response = client.post(DETAILS, typed(mine))

    mine.refresh_from_db()
    assert response["Location"].startswith("/booked/")
    assert (mine.status, mine.pays_at_clinic, mine.patient_note) == (
        "confirmed",
        True,
        "Right shoulder blade.",
    )


def test_a_free_visit_is_booked_at_once(client: Client, service: Service) -> None:
    Service.objects.update(price_minor=0, pays="online")

    response = book(client, service, working_day(3, "10:00"), pay=None)

    assert response["Location"].startswith("/booked/")


def test_the_patient_is_written_down_as_typed(client: Client, mine: Appointment) -> None:
    client.post(DETAILS, typed(mine))

    patient = Patient.objects.get()
    assert (patient.name, patient.email) == ("Elena Marsh", "elena.marsh@mail.example")
    assert (patient.phone, str(patient.date_of_birth)) == ("+447400123456", "1984-08-03")
    assert patient.holder is None


def test_the_confirmation_is_on_its_way(client: Client, mine: Appointment) -> None:
    client.post(DETAILS, typed(mine))

    assert Message.objects.filter(appointment=mine, occasion="confirmed").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Write the name of who is coming."),
        ({"phone": "07700 90014"}, "One digit is missing: this has 10, a UK mobile has 11."),
        ({"email": "elena"}, "This is not a whole e-mail address."),
        ({"date_of_birth_year": ""}, "The year is missing."),
        ({"accepts_policy": None}, "Tick this to book"),
        ({"pay": "gold"}, "Select a valid choice."),
        ({"note": "x" * 1001}, "Keep it below 1000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_booked(
    client: Client, mine: Appointment, wrong: dict[str, str | None], said: str
) -> None:
    response = client.post(DETAILS, typed(mine, **wrong))

    mine.refresh_from_db()
    assert response.status_code == 422
    assert said in response.content.decode()
    assert mine.status == "held"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phone": "07700 90014"}, "Please look at this again."),
        ({"phone": "07700 90014", "email": "elena"}, "Please look at these 2 things again."),
    ],
)
def test_how_many_things_are_wrong_is_said_with_a_link_to_each(
    client: Client, mine: Appointment, wrong: dict[str, str], said: str
) -> None:
    html = client.post(DETAILS, typed(mine, **wrong)).content.decode()

    assert said in html
    assert "is missing. Nothing" not in html
    assert [name for name in ("name", "phone", "email") if f'<a href="#id_{name}">' in html] == list(wrong)


def test_nothing_that_was_typed_is_lost_over_an_error(client: Client, mine: Appointment) -> None:
    html = client.post(DETAILS, typed(mine, phone="07700 90014")).content.decode()

    assert 'value="Elena Marsh"' in html
    assert 'value="07700 90014"' in html
    assert 'value="August"' in html
    assert "Right shoulder blade." in html


def test_what_was_typed_is_still_there_when_the_page_is_opened_again(
    client: Client, mine: Appointment
) -> None:
    client.post(DETAILS, typed(mine, phone="07700 90014"))

    html = details(client)

    assert 'value="Elena Marsh"' in html
    assert 'value="August"' in html


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings_never_break_the_page(client: Client, mine: Appointment, text: str) -> None:
    fields = {name: text for name in typed() if name not in ("hold", "pay")}

    response = client.post(DETAILS, typed(mine, **fields))

    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()


def test_a_hold_that_ran_out_while_typing_is_taken_again(client: Client, mine: Appointment) -> None:
    lapse(mine)
    mine.refresh_from_db()

    response = client.post(DETAILS, typed(mine))

    mine.refresh_from_db()
    assert response["Location"].startswith("/booked/")
    assert mine.status == "confirmed"


def test_a_hold_that_ran_out_says_so_and_keeps_the_form(client: Client, mine: Appointment) -> None:
    lapse(mine)

    html = details(client)

    assert "is over. What you type is kept" in html
    assert 'data-left="0"' in html


def test_when_somebody_else_has_it_meanwhile_the_nearest_times_are_offered(
    client: Client, service: Service, mine: Appointment
) -> None:
    lapse(mine)
    held(Client(), service, mine.starts_at)

    response = client.post(DETAILS, typed(mine))
    html = response.content.decode()

    assert response.status_code == 409
    assert "10:00 was taken a moment ago" in html
    assert f"{mine.practitioner.first_name} is free at 9:00, 11:00 and 12:00." in html


def test_what_was_typed_is_kept_for_the_time_taken_instead(
    client: Client, service: Service, mine: Appointment
) -> None:
    lapse(mine)
    held(Client(), service, mine.starts_at)
    client.post(DETAILS, typed(mine))

    held(client, service, working_day(3, "11:00"))

    assert 'value="Elena Marsh"' in details(client)


def test_a_page_opened_after_somebody_else_took_it_says_so(
    client: Client, service: Service, mine: Appointment
) -> None:
    lapse(mine)
    held(Client(), service, mine.starts_at)

    assert client.get(DETAILS).status_code == 409


def test_without_a_hold_there_is_nothing_to_fill_in(client: Client, service: Service) -> None:
    response = client.get(DETAILS)

    assert response.status_code == 410
    assert "No time is held for you" in response.content.decode()


def test_the_hold_of_somebody_else_cannot_be_booked(
    client: Client, service: Service, mine: Appointment
) -> None:
    response = Client().post(DETAILS, typed(mine))

    mine.refresh_from_db()
    assert response.status_code == 410
    assert mine.status == "held"


def test_a_forged_hold_in_the_session_opens_nothing(
    client: Client, service: Service, mine: Appointment
) -> None:
    session = client.session
    session["booking.hold"] = {"appointment": mine.pk.hex, "secret": "guessed", "asked": "", "prolonged": 0}
    session.save()

    assert client.get(DETAILS).status_code == 410


def test_a_hold_that_no_longer_exists_is_no_error(
    client: Client, service: Service, mine: Appointment
) -> None:
    session = client.session
    session["booking.hold"] = {**session["booking.hold"], "appointment": uuid4().hex}
    session.save()

    assert client.get(DETAILS).status_code == 410


def test_a_form_from_another_tab_never_books_a_time_it_did_not_show(
    client: Client, service: Service, mine: Appointment
) -> None:
    other = held(client, service, working_day(3, "11:00"))

    response = client.post(DETAILS, typed(mine), follow=True)

    other.refresh_from_db()
    assert other.status == "held"
    assert "You have chosen another time since" in response.content.decode()
    assert 'value="Elena Marsh"' in response.content.decode()


def test_the_page_of_another_visit_leads_to_what_is_held(client: Client, service: Service) -> None:
    held(client, make_clinic(slug="gym"), working_day(3, "10:00"))

    assert client.get(DETAILS)["Location"] == "/book/gym/details/"


def test_back_after_booking_leads_to_what_was_booked(client: Client, mine: Appointment) -> None:
    client.post(DETAILS, typed(mine))

    assert client.get(DETAILS)["Location"].startswith("/booked/")


def test_sending_the_form_twice_books_once(client: Client, mine: Appointment) -> None:
    client.post(DETAILS, typed(mine))

    response = client.post(DETAILS, typed(mine))

    assert response["Location"].startswith("/booked/")
    assert Patient.objects.count() == 1


def test_somebody_signed_in_finds_their_people(client: Client, service: Service) -> None:
    user = make_user(email="elena@mail.example")
    make_patient(name="Elena Marsh", email="elena@mail.example", holder=user)
    make_patient(name="Tom Marsh", email="", holder=user)
    client.force_login(user)
    held(client, service, working_day(3, "10:00"))

    html = details(client)

    assert html.index("Elena Marsh") < html.index("Tom Marsh") < html.index("Somebody else")


def test_a_visit_for_a_child_under_the_same_sign_in(client: Client, service: Service) -> None:
    user = make_user(email="elena@mail.example")
    child = make_patient(name="Tom Marsh", email="elena@mail.example", holder=user)
    client.force_login(user)
    mine = held(client, service, working_day(3, "10:00"))
    nothing = dict.fromkeys(["name", "phone", "email", "date_of_birth_day", "date_of_birth_month"], "")

    client.post(DETAILS, typed(mine, who=str(child.pk), **nothing))

    mine.refresh_from_db()
    assert (mine.status, mine.patient) == ("confirmed", child)


def test_somebody_new_is_added_to_the_same_sign_in(client: Client, service: Service) -> None:
    user = make_user(email="elena.marsh@mail.example")
    make_patient(name="Tom Marsh", holder=user)
    client.force_login(user)
    mine = held(client, service, working_day(3, "10:00"))

    client.post(DETAILS, typed(mine, who="new"))

    mine.refresh_from_db()
    assert mine.patient is not None
    assert (mine.patient.name, mine.patient.holder) == ("Elena Marsh", user)


def test_the_people_of_others_cannot_be_chosen(client: Client, service: Service) -> None:
    stranger = make_patient(name="Not Mine", holder=make_user())
    user = make_user()
    make_patient(holder=user)
    client.force_login(user)
    mine = held(client, service, working_day(3, "10:00"))

    assert client.post(DETAILS, typed(mine, who=str(stranger.pk))).status_code == 422


def test_a_way_to_pay_that_was_withdrawn_meanwhile_books_nothing(client: Client, mine: Appointment) -> None:
    Service.objects.update(pays="online")

    response = client.post(DETAILS, typed(mine, pay="clinic"))

    mine.refresh_from_db()
    assert response.status_code == 422
    assert "How this visit is paid has changed since." in response.content.decode()
    assert mine.status == "held"


def test_no_copy_of_the_page_is_kept(client: Client, mine: Appointment) -> None:
    assert "no-store" in client.get(DETAILS)["Cache-Control"]


def test_it_takes_no_delete(client: Client, mine: Appointment) -> None:
    assert client.delete(DETAILS).status_code == 405


def test_a_fuller_diary_asks_no_more_questions(client: Client, service: Service, mine: Appointment) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            details(client)
        return len(asked)

    few = questions()
    for hour in (9, 11, 12, 13, 14, 15, 16):
        make_appointment(service=service, starts_at=working_day(3, f"{hour}:00"))

    assert questions() == few


def test_somebody_who_books_by_telephone_is_asked_to_ring(client: Client, mine: Appointment) -> None:
    make_patient(email="elena.marsh@mail.example", online_blocked=True)

    response = client.post(DETAILS, typed(mine))

    html = response.content.decode()
    assert response.status_code == 409
    assert "Please ring us to book" in html
    assert "0117 496 0120" in html
    assert "block" not in html.split("<main")[1].split("</main>")[0]


def test_their_time_is_let_go_for_whoever_answers_the_telephone(client: Client, mine: Appointment) -> None:
    make_patient(email="elena.marsh@mail.example", online_blocked=True)

    client.post(DETAILS, typed(mine))

    mine.refresh_from_db()
    assert mine.status == "lapsed"
