"""What a physio is told of changes to today and tomorrow."""

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from accounts.models import Practitioner, User
from booking.actions.audit import Actor
from booking.actions.cancellations import cancel
from booking.actions.desk.bookings import book_at_desk
from booking.actions.desk.moves import move_at_desk, undo_move
from booking.actions.moves import move
from booking.models import Appointment, Location, Message
from booking.queries.needs_a_hand import needs_a_hand
from booking.queries.record import read_record
from tests.actions.messages.post import deliver, html_of, make_visit, text_of
from tests.factories import NOW, at, make_patient, make_user
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db

TODAY, LATER_TODAY, TOMORROW = at(30, "10:20", month=11), at(30, "14:00", month=11), at(1, "10:20")
NEXT_WEEK = at(8, "10:30")
A_MOMENT = timedelta(minutes=4)


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


def reachable(person: Practitioner, address: str) -> Practitioner:
    person.user = make_user(role="physio", email=address)
    person.save()
    return person


@pytest.fixture
def visit() -> Appointment:
    """Today at 10:20 with Maren, who has a sign-in; Ruth has one too."""
    visit = make_visit(
        service={"practitioners": 2, "name": "Needling with Maren"},
        starts_at=TODAY,
        patient=make_patient(name="Elena Rose Marsh", email=""),
        patient_note="Left hip.",
    )
    first, second = visit.service.practitioners.order_by("pk")
    reachable(first, "maren@oakmont.example")
    reachable(second, "ruth@oakmont.example")
    return visit


def drag(visit: Appointment, clerk: User, starts_at: datetime, **changes: object) -> Appointment:
    seen = Appointment.objects.get(pk=visit.pk)
    defaults = {
        "appointment_id": visit.pk,
        "practitioner": seen.practitioner,
        "location": Location.objects.get(),
        "starts_at": starts_at,
        "seen_sequence": seen.sequence,
        "by": clerk,
        "now": NOW,
    }
    return move_at_desk(**defaults | changes)


def undo(visit: Appointment, clerk: User) -> None:
    seen = Appointment.objects.get(pk=visit.pk).sequence
    undo_move(appointment_id=visit.pk, seen_sequence=seen, by=clerk, now=NOW)


def ruth() -> Practitioner:
    return Practitioner.objects.get(user__email="ruth@oakmont.example")


def planned() -> list[tuple[str, datetime | None]]:
    """To whom, and what they knew before."""
    rows = Message.objects.filter(occasion="diary_changed", state="due").order_by("practitioner_id")
    return [(row.practitioner.user.email.split("@")[0], row.moved_from) for row in rows]


def letters(mailbox: Mailbox) -> dict[str, EmailMessage]:
    deliver(NOW + A_MOMENT)
    return {str(mail["To"]).split("@")[0]: mail for mail in mailbox.messages}


def test_a_visit_cancelled_today_is_told(visit: Appointment) -> None:
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW)
    assert planned() == [("maren", TODAY)]


def test_who_no_longer_works_here_is_told_nothing(visit: Appointment) -> None:
    Practitioner.objects.filter(pk=visit.practitioner_id).update(active=False)
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW)
    assert planned() == []


def test_it_is_due_at_once(visit: Appointment) -> None:
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW)
    assert Message.objects.get(occasion="diary_changed").due_at == NOW


def test_a_visit_of_next_week_is_no_news(visit: Appointment) -> None:
    end = NEXT_WEEK + timedelta(minutes=45)
    Appointment.objects.update(starts_at=NEXT_WEEK, ends_at=end, occupied_until=end)
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW)
    assert planned() == []


def test_a_visit_moved_away_from_today_is_told(visit: Appointment) -> None:
    move(appointment_id=visit.pk, starts_at=NEXT_WEEK, by=Actor.system(), now=NOW)
    assert planned() == [("maren", TODAY)]


def test_a_visit_booked_for_tomorrow_is_told(visit: Appointment, clerk: User) -> None:
    book_at_desk(
        service=visit.service,
        patient=make_patient(name="Tom Hale"),
        practitioner=visit.practitioner,
        location=visit.location,
        starts_at=TOMORROW,
        by=clerk,
        now=NOW,
    )
    assert planned() == [("maren", None)]


def test_a_drag_is_told_after_the_grace(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, LATER_TODAY)
    assert Message.objects.get(occasion="diary_changed").due_at == NOW + timedelta(minutes=3)


def test_of_two_drags_in_a_row_the_physio_hears_once_from_what_they_knew(
    visit: Appointment, clerk: User
) -> None:
    drag(visit, clerk, at(30, "12:00", month=11))
    drag(visit, clerk, LATER_TODAY)
    assert planned() == [("maren", TODAY)]


def test_a_drag_there_and_back_is_no_news(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, LATER_TODAY)
    drag(visit, clerk, TODAY)
    assert planned() == []


def test_a_drag_that_is_undone_in_time_is_no_news(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, LATER_TODAY, practitioner=ruth())
    undo(visit, clerk)
    assert planned() == []


def test_a_drag_that_was_told_and_is_undone_is_told_again(
    visit: Appointment, clerk: User, mailbox: Mailbox
) -> None:
    drag(visit, clerk, LATER_TODAY)
    deliver(NOW + A_MOMENT)
    undo(visit, clerk)
    assert planned() == [("maren", LATER_TODAY)]


def test_from_one_physio_to_another_both_hear(visit: Appointment, clerk: User, mailbox: Mailbox) -> None:
    drag(visit, clerk, TODAY, practitioner=ruth())
    sent = letters(mailbox)
    assert sent["maren"]["Subject"] == "Not with you any more: Monday 30 November, 10:20"
    assert sent["ruth"]["Subject"] == "New: Monday 30 November, 10:20"


def test_whoever_had_it_for_a_minute_only_hears_nothing(visit: Appointment, clerk: User) -> None:
    maren = visit.practitioner
    drag(visit, clerk, TODAY, practitioner=ruth())
    drag(visit, clerk, LATER_TODAY, practitioner=maren)
    assert planned() == [("maren", TODAY)]


def test_a_physio_without_a_sign_in_is_not_written_to(visit: Appointment) -> None:
    Practitioner.objects.update(user=None)
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW)
    assert planned() == []


def test_the_letter_says_when_and_whom_by_initials_and_nothing_clinical(
    visit: Appointment, clerk: User, mailbox: Mailbox
) -> None:
    drag(visit, clerk, LATER_TODAY)
    (mail,) = letters(mailbox).values()
    assert mail["Subject"] == "Moved: now Monday 30 November, 14:00"
    for text in (text_of(mail), html_of(mail)):
        assert "E. M., 45 minutes" in text
        assert visit.location.name in text
        assert "Before, it was Monday 30 November, 10:20." in text
        assert "/physio/" in text
        assert not {"Elena", "Marsh", "Needling", "hip"} & set(text.replace(".", " ").split())


def test_it_goes_to_the_physio_within_a_minute_of_a_cancellation(
    visit: Appointment, mailbox: Mailbox
) -> None:
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW)
    deliver(NOW + timedelta(seconds=15))
    (mail,) = mailbox.messages
    assert mail["To"] == "maren@oakmont.example"
    assert mail["Subject"] == "Cancelled: Monday 30 November, 10:20"
    assert not list(mail.iter_attachments())


def test_a_letter_that_was_held_up_until_the_visit_was_over_is_not_sent(
    visit: Appointment, mailbox: Mailbox
) -> None:
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW)
    deliver(visit.ends_at)
    assert mailbox.messages == []


def test_the_patients_log_does_not_show_it(visit: Appointment) -> None:
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW)
    assert visit.patient is not None
    assert read_record(patient=visit.patient, now=NOW).messages == []


def test_reception_is_not_asked_to_see_to_one_that_failed(visit: Appointment, mailbox: Mailbox) -> None:
    drag(visit, make_user(role="reception"), LATER_TODAY)
    mailbox.refuse = "550 No such person"
    deliver(NOW + A_MOMENT)
    assert Message.objects.get(occasion="diary_changed").state == "failed"
    assert needs_a_hand(now=NOW).undelivered == []
