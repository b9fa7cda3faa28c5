"""What is in the database once the demonstration clinic is loaded."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F, Max
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import Credential, Patient, Practitioner, User
from booking.actions.messages.delivery import deliver_due
from booking.gateways.mail import Mailer
from booking.models import Appointment, CarePlan, Closure, Leave, Location, Message, Room
from booking.queries.clinical.plans import with_progress
from booking.queries.clinical.screening import Stand, stands_of
from booking.queries.needs_a_hand import needs_a_hand
from booking.queries.visits import money_now
from booking.rules.lifecycle import Status
from catalogue.models import Condition, Service, Treatment
from catalogue.texts import to_html
from config.demo.clinic.load import load
from config.demo.management.commands.load_demo_clinic import Command
from tests.mailbox import Mailbox

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 11, 10, 37, 12, tzinfo=UTC)
"""A Wednesday morning."""

OURS = ["accounts", "catalogue", "booking", "account"]


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loading takes a moment, so the tests that only look share one clinic, and undo it at the end."""
    outermost = transaction.atomic()
    with django_db_blocker.unblock():
        outermost.__enter__()
        load(now=NOW)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outermost.__exit__(None, None, None)


@pytest.fixture
def clinic(_loaded: None, db: None) -> None:
    """The loaded clinic; what a test changes in it is undone."""


def everything() -> dict[str, tuple[int, object]]:
    """How many rows each table has, and what is in them."""
    return {
        model._meta.label: (model.objects.count(), sorted(map(repr, model.objects.values_list())))  # type: ignore[attr-defined]
        for label in OURS
        for model in apps.get_app_config(label).get_models()
    }


@pytest.mark.usefixtures("clinic")
def test_coming_visits_stand_at_every_colour_mostly_green() -> None:
    coming = Appointment.objects.filter(status=Status.CONFIRMED, starts_at__gt=NOW).with_names()
    stands = Counter(stands_of(coming).values())
    assert set(stands) == set(Stand)
    assert stands.most_common(1)[0][0] == Stand.GREEN


@pytest.mark.usefixtures("clinic")
def test_each_trouble_that_needling_suits_leads_to_a_booking_that_knows_both(client: Client) -> None:
    suits = str(to_html(Treatment.objects.get(slug="dry-needling").who_it_suits))
    links = [html.unescape(link) for link in re.findall(r'href="(/book/[^"]*)"', suits)]
    about = {link: client.get(link).content.decode().lower() for link in links}
    assert len(links) == 8
    assert all("dry needling" in page for page in about.values())
    named = {"sports-injury", "overuse-injury", "tension-headache", "jaw-pain", "fibromyalgia"}
    assert named <= {link.rpartition("condition=")[2] for link in links}
    assert "jaw pain" in about["/book/?treatment=dry-needling&condition=jaw-pain"]


@pytest.mark.usefixtures("clinic")
def test_one_plan_can_be_booked_on_and_one_waits_for_its_physio() -> None:
    physio = Practitioner.objects.get(user__email="physio@oakmont.example")
    found = with_progress(list(CarePlan.objects.filter(practitioner=physio, state="active")))
    waits = [one.progress for one in found if one.progress.reassessment_is_due]
    runs = [one.progress for one in found if one.progress.may_be_booked and one.progress.booked]
    assert (len(found), len(waits), len(runs)) == (2, 1, 1)


@pytest.mark.usefixtures("clinic")
class TestOnce:
    def test_loading_twice_changes_nothing(self) -> None:
        before = everything()
        assert load(now=NOW + timedelta(days=3)) is False
        assert everything() == before

    def test_what_staff_edited_stays_as_they_left_it(self) -> None:
        Treatment.objects.filter(slug="dry-needling").update(summary="Ours now.")
        Service.objects.filter(slug="report").update(online=True, price_minor=1)
        load(now=NOW)
        assert Treatment.objects.get(slug="dry-needling").summary == "Ours now."
        assert Service.objects.get(slug="report").price_minor == 1

    def test_the_command_says_that_there_is_a_clinic_already(self) -> None:
        said = StringIO()
        call_command(Command(), stdout=said)
        assert said.getvalue() == "There is a clinic already. Nothing was changed.\n"


@pytest.mark.usefixtures("clinic")
class TestWhatIsThere:
    def test_every_row_passes_the_validation_of_its_model(self) -> None:
        for label in ["accounts", "catalogue"]:
            for model in apps.get_app_config(label).get_models():
                for row in model.objects.all():  # type: ignore[attr-defined]
                    row.full_clean(validate_unique=False, validate_constraints=False)
        for row in [*Location.objects.all(), *Room.objects.all(), *Closure.objects.all()]:
            row.full_clean(validate_unique=False)

    def test_every_treatment_can_be_booked(self) -> None:
        for treatment in Treatment.objects.published():
            assert treatment.services.bookable_online().exists(), treatment

    def test_every_treatment_and_condition_is_published_and_linked(self) -> None:
        assert Treatment.objects.published().filter(conditions__isnull=False).distinct().count() == 3
        assert Condition.objects.published().filter(treatments__isnull=False).distinct().count() == 11

    def test_treatments_of_a_condition_keep_their_order(self) -> None:
        jaw = Condition.objects.get(slug="jaw-pain")
        assert [link.treatment.slug for link in jaw.links.all()] == [
            "manual-therapy",
            "rehabilitation-exercise",
            "dry-needling",
        ]

    def test_no_cap_is_stored_where_the_file_says_0(self) -> None:
        assert Service.objects.get(slug="follow-up").daily_cap is None
        assert Service.objects.get(slug="longer-assessment").daily_cap == 1

    def test_each_physio_works_at_both_locations(self) -> None:
        for physio in Practitioner.objects.all():
            assert {hours.location_id for hours in physio.working_hours.all()} == set(
                Location.objects.values_list("pk", flat=True)
            )

    def test_public_holidays_shut_the_whole_clinic(self) -> None:
        holidays = Closure.objects.filter(location=None)
        assert {"Good Friday", "Easter Monday", "Christmas Day"} <= {day.name for day in holidays}
        assert {day.first_day.year for day in holidays} == {2026, 2027}

    def test_every_physio_takes_leave(self) -> None:
        assert Leave.objects.aggregate(physios=Count("practitioner", distinct=True))["physios"] == 3

    def test_a_credential_runs_out_within_the_time_that_can_be_booked(self) -> None:
        soonest = Credential.objects.earliest("valid_until")
        horizon = Service.objects.aggregate(longest=Max("horizon_days"))["longest"]
        assert soonest.valid_until is not None
        assert NOW.date() < soonest.valid_until < NOW.date() + timedelta(days=horizon)

    def test_staff_and_patient_sign_in_with_a_proved_address(self) -> None:
        for name, role in [
            ("patient", "patient"),
            ("reception", "reception"),
            ("physio", "physio"),
            ("manager", "manager"),
        ]:
            user = User.objects.get(email=f"{name}@oakmont.example")
            assert user.role == role
            assert user.check_password("oakmont-demo")
            assert EmailAddress.objects.get(user=user, email=user.email).verified

    def test_the_physio_who_signs_in_is_one_of_the_physios(self) -> None:
        assert User.objects.get(email="physio@oakmont.example").practitioner.slug == "imogen-hale"


@pytest.mark.usefixtures("clinic")
class TestTheDiary:
    def test_the_patient_has_one_visit_behind_and_two_before_them(self) -> None:
        user = User.objects.get(email="patient@oakmont.example")
        visits = Appointment.objects.for_user(user)
        assert visits.filter(starts_at__lt=NOW).values_list("status", flat=True).get() == "completed"
        assert list(visits.still_to_come(now=NOW).values_list("status", flat=True)) == ["confirmed"] * 2

    def test_about_forty_people_come(self) -> None:
        assert 35 <= Patient.objects.filter(appointments__isnull=False).distinct().count() <= 41

    def test_there_are_visits_behind_and_before_us_with_every_physio(self) -> None:
        for physio in Practitioner.objects.all():
            assert physio.appointments.filter(ends_at__lt=NOW).count() >= 5, physio
            assert physio.appointments.filter(starts_at__gt=NOW).count() >= 5, physio

    def test_the_day_of_loading_has_visits(self) -> None:
        midnight = NOW.astimezone(LONDON).replace(hour=0, minute=0, second=0)
        today = Appointment.objects.filter(
            starts_at__range=(midnight, midnight + timedelta(days=1)),
            status__in=["completed", "in_room", "arrived", "confirmed"],
        )
        assert today.count() >= 8

    def test_no_visit_that_is_over_is_still_waiting_for_its_patient(self) -> None:
        over = Appointment.objects.filter(ends_at__lte=NOW).values_list("status", flat=True).distinct()
        assert set(over) == {Status.COMPLETED, Status.NO_SHOW, Status.CANCELLED}

    def test_nobody_is_done_or_missed_before_the_end(self) -> None:
        early = Appointment.objects.filter(ends_at__gt=NOW, status__in=[Status.COMPLETED, Status.NO_SHOW])
        assert not early.exists()

    def test_whoever_was_treated_has_paid_at_the_desk(self) -> None:
        for visit in Appointment.objects.filter(status=Status.COMPLETED):
            assert money_now(visit).due == 0
            assert visit.receipts.get().taken_at == visit.ends_at

    def test_the_desk_knows_when_each_patient_came_and_went(self) -> None:
        done = Appointment.objects.filter(status=Status.COMPLETED)
        in_order = done.filter(
            arrived_at__lt=F("started_at"), started_at__lt=F("completed_at"), completed_at__lte=NOW
        )
        assert in_order.count() == done.count() > 0

    def test_no_hold_is_left_over(self) -> None:
        assert not Appointment.objects.filter(status=Status.HELD).exists()

    def test_every_visit_was_booked_before_it_began_and_before_now(self) -> None:
        assert not Appointment.objects.filter(created_at__gte=F("starts_at")).exists()
        assert not Appointment.objects.filter(created_at__gt=NOW).exists()

    def test_every_visit_lies_in_the_hours_of_its_physio(self) -> None:
        for visit in Appointment.objects.select_related("practitioner"):
            start, end = visit.starts_at.astimezone(LONDON), visit.ends_at.astimezone(LONDON)
            assert visit.practitioner.working_hours.filter(
                weekday=start.weekday(),
                opens__lte=start.time(),
                closes__gte=end.time(),
                location=visit.location_id,
            ).exists(), visit

    def test_nobody_works_while_the_clinic_is_shut_or_they_are_away(self) -> None:
        for visit in Appointment.objects.all():
            day = visit.starts_at.astimezone(LONDON).date()
            assert not Closure.objects.filter(location=None, first_day__lte=day, last_day__gte=day).exists()
            assert not visit.practitioner.leave.filter(
                starts_at__lt=visit.ends_at, ends_at__gt=visit.starts_at
            ).exists(), visit

    def test_every_visit_has_a_room_of_its_kind_at_its_location(self) -> None:
        for visit in Appointment.objects.select_related("room", "service"):
            assert visit.room is not None
            assert (visit.room.location_id, visit.room.kind) == (visit.location_id, visit.service.room_kind)

    def test_a_first_visit_is_nobodys_second(self) -> None:
        for visit in Appointment.objects.filter(service__visit_kind="first"):
            earlier = Appointment.objects.filter(patient=visit.patient, starts_at__lt=visit.starts_at)
            assert not earlier.exists(), visit


@pytest.mark.usefixtures("clinic")
class TestMessages:
    def test_a_reminder_falls_due_within_the_first_minute(self) -> None:
        reminder = Message.objects.get(state="due", due_at__lte=NOW + timedelta(minutes=1))
        assert reminder.occasion == "reminder"
        assert reminder.due_at > NOW
        assert reminder.appointment.status == Status.CONFIRMED
        assert reminder.patient.email == "patient@oakmont.example"

    def test_that_reminder_is_the_only_mail_of_the_first_minute(self, mailbox: Mailbox) -> None:
        outcome = deliver_due(clock=lambda: NOW + timedelta(minutes=1), mailer=Mailer())
        assert dict(outcome) == {"sent": 1}
        (mail,) = mailbox.messages
        assert mail["To"] == "patient@oakmont.example"

    def test_nothing_is_due_from_before_the_clinic_was_loaded(self) -> None:
        assert not Message.objects.filter(state="due", due_at__lte=NOW).exists()

    def test_messages_of_the_past_were_sent_to_their_patient_when_they_were_due(self) -> None:
        sent = Message.objects.filter(state="sent")
        assert sent.exists()
        assert not sent.exclude(sent_at=F("due_at"), recipient=F("patient__email")).exists()

    def test_messages_of_the_past_can_be_read_in_the_log(self) -> None:
        for message in Message.objects.filter(state="sent", practitioner=None).select_related("patient"):
            assert message.subject, message
            assert message.patient.first_name in message.text, message

    def test_visits_to_come_have_their_reminders_planned(self) -> None:
        far = Appointment.objects.filter(status="confirmed", starts_at__gt=NOW + timedelta(days=4))
        assert far.exists()
        assert all(visit.messages.filter(occasion="reminder", state="due").count() == 2 for visit in far)


@pytest.mark.usefixtures("_loaded", "db")
def test_reception_has_a_few_to_ring_and_not_everybody() -> None:
    assert 1 <= len(needs_a_hand(now=NOW).unconfirmed) <= 3


def test_a_time_is_free_for_somebody_who_would_come_sooner(clinic: None) -> None:
    match = needs_a_hand(now=NOW).waitlist[0]
    assert match.instead_of is not None
    assert match.time.start < match.instead_of.starts_at
