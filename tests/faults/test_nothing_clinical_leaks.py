"""A word that a patient or a physio wrote in confidence is typed everywhere, and found nowhere outside.

Each typing step writes one clinical text. Then the line runs as on any day: booking and paying online,
cancelling, the desk, the physio's pages, and every letter until weeks after the visit. A new clinical text is
one more function in STEPS; a page of the physio is visited as soon as its address exists.
"""

import random
import re
import string
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Patient
from booking.actions.desk.bookings import book_at_desk
from booking.actions.messages.delivery import deliver_due
from booking.gateways.mail import Mailer
from booking.models import (
    AdverseEvent,
    AfterCheck,
    CarePlan,
    Consent,
    EarlierPlan,
    RecordAddition,
    SafetyAlert,
    Screening,
    VisitRecord,
)
from booking.queries.links import token_for
from booking.words import clinic_day
from config.demo.stripe import StandIn
from tests.factories import (
    LONDON,
    make_appointment,
    make_clinic,
    make_consent_text,
    make_credential,
    make_needling,
    make_patient,
    make_screening_form,
    make_user,
)
from tests.faults.any_day import Scene, runs, the_desk_looks_everywhere
from tests.faults.canary import Watch, read_mail, watching
from tests.mailbox import Mailbox
from tests.web.patient.scene import place_of, working_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(mailbox: Mailbox, stand_in: StandIn, db: None) -> Iterator[Watch]:
    with watching(mailbox, stand_in) as running:
        yield running


def yesterday_at_ten() -> datetime:
    """Open or closed: so lately that the question of the next day is still asked, whenever this runs."""
    day = clinic_day(timezone.now()) - timedelta(days=1)
    return datetime.combine(day, time(10), tzinfo=LONDON)


@pytest.fixture
def scene(watch: Watch) -> Scene:
    now = timezone.now()
    service = make_clinic(
        slug="follow-up", name="Follow-up", start_grid_minutes=60, horizon_days=40,
        required_credential="dry-needling",
    )  # fmt: skip
    service.treatments.add(make_needling())
    maren, clerk = make_user(role="physio"), make_user(role="reception")
    practitioner = service.practitioners.get()
    practitioner.user = maren
    practitioner.save()
    make_credential(practitioner=practitioner)
    elena = make_patient(email_proved_at=now, holder=make_user(role="patient"))
    past = make_appointment(service=service, starts_at=yesterday_at_ten(), status="completed", patient=elena)
    coming = book_at_desk(
        service=service, patient=elena, practitioner=practitioner, location=place_of(service),
        starts_at=working_day(4, "11:00"), by=clerk, now=now,
    )  # fmt: skip
    physio, desk = watch.browser(), watch.browser()
    physio.force_login(maren)
    desk.force_login(clerk)
    return Scene(watch, elena, past, coming, maren, clerk, physio, desk, watch.browser())


# --- What is typed ---------------------------------------------------------------------------------------


def answers_and_their_note(scene: Scene, word: str) -> None:
    """By a stranger who goes on to book, and by Elena for the visit that is coming."""
    form = make_screening_form(treatment=scene.needling)
    said = {f"q-{code}": "no" for code in form.questions.values_list("code", flat=True)}
    wrote = {"note": f"What the physio should know: {word}"}
    scene.stranger.get("/book/follow-up/questions/")
    assert scene.stranger.post("/book/follow-up/questions/", said | wrote).status_code == 302
    link = f"/appointments/{token_for(scene.coming)}/questions/"
    answer = scene.watch.browser().post(link, said | wrote | {"q-pregnant": "unsure"})
    assert answer.status_code in (200, 302)
    assert Screening.objects.filter(note__contains=word).count() == 2


def remarks_of_a_consent(scene: Scene, word: str) -> None:
    """Signed in the room today, on Maren's phone."""
    text = make_consent_text(treatment=scene.needling)
    now = timezone.now().replace(second=0, microsecond=0)
    today = make_appointment(
        service=scene.past.service, patient=scene.elena, status="arrived",
        starts_at=now - timedelta(minutes=now.minute % 5),
    )  # fmt: skip
    typed = {
        "text": text.pk,
        "was_explained": "on", "questions_answered": "on", "signed_name": scene.elena.name,
        "remarks": f"We talked about {word}",
    }  # fmt: skip
    assert scene.physio.post(f"/physio/visits/{today.pk}/consent/", typed).status_code == 302
    assert Consent.objects.get().remarks == f"We talked about {word}"


def note_of_a_record(scene: Scene, word: str) -> None:
    """Typed by Maren, with a needle that was not found and so an adverse event."""
    if not Consent.objects.exists():
        remarks_of_a_consent(scene, "nothing much")
    key = f"t{scene.needling.pk}"
    typed = {
        "pain": "6", "function": "4", "note": f"Found {word}", key: "on", f"{key}_regions": ["neck"],
        f"{key}_in": "4", f"{key}_out": "3", f"{key}_missing": f"One bent: {word}", "do": "sign",
    }  # fmt: skip
    assert scene.physio.post(f"/physio/visits/{scene.past.pk}/record/", typed).status_code == 302
    assert VisitRecord.objects.get(appointment=scene.past).signed_at is not None


def addition_to_a_record(scene: Scene, word: str) -> None:
    note_of_a_record(scene, "nothing much")
    scene.physio.post(f"/physio/visits/{scene.past.pk}/addition/", {"text": f"Also {word}"})
    assert RecordAddition.objects.get().text == f"Also {word}"


def words_of_the_next_day(scene: Scene, word: str) -> None:
    """Asked because needles were signed for, by the link in the mail; the answer rings every bell."""
    if not AfterCheck.objects.exists():
        note_of_a_record(scene, "nothing much")
    link = asked_by_mail(scene)
    told = {
        "breathless": "yes", "chest_pain": "no", "pain": "8", "soreness": "severe",
        "note": f"It feels like {word}",
    }  # fmt: skip
    answer = scene.watch.browser().post(link, told, follow=True)
    assert answer.status_code == 200
    assert (AfterCheck.objects.get().note, SafetyAlert.objects.count()) == (f"It feels like {word}", 1)


def asked_by_mail(scene: Scene) -> str:
    """What the letter of the next day leads to, once it has gone out."""
    due_at = AfterCheck.objects.get(appointment=scene.past).due_at
    deliver_due(clock=lambda: due_at, mailer=Mailer())
    texts = [text for mail in scene.watch.mailbox.messages for text in read_mail(mail)]
    (link,) = {found for text in texts for found in re.findall(r"(/after/[^/\s\"]+/)", text)}
    return link


def outcome_of_an_alert(scene: Scene, word: str) -> None:
    """Maren rings whoever raised it, and writes down what came of it."""
    if not SafetyAlert.objects.exists():
        words_of_the_next_day(scene, "nothing much")
    alert = SafetyAlert.objects.get()
    address = reverse("physio:take-alert", args=[alert.pk])
    assert scene.physio.post(address).status_code == 200
    assert scene.physio.post(address, {"outcome": f"Rang her: {word}"}).status_code == 302
    alert.refresh_from_db()
    assert alert.outcome == f"Rang her: {word}"


def adverse_event_in_words(scene: Scene, word: str) -> None:
    typed = {
        "kind": "bruise", "severity": "minor", "description": f"As large as {word}",
        "occurred_on": f"{clinic_day(timezone.now()):%Y-%m-%d}",
    }  # fmt: skip
    assert scene.physio.post(f"/physio/visits/{scene.past.pk}/adverse-event/", typed).status_code == 302
    assert AdverseEvent.objects.filter(description__contains=word).exists()


def goal_of_a_plan(scene: Scene, word: str) -> None:
    answer = scene.physio.post(
        reverse("physio:plan", args=[scene.elena.pk]),
        {
            "service": scene.past.service_id,
            "visits": 6,
            "every_days": 7,
            "reassess_after": 3,
            "goal": f"To do {word} again",
        },
    )
    assert answer.status_code == 302
    assert CarePlan.objects.get().goal == f"To do {word} again"


def goal_that_was_changed(scene: Scene, word: str) -> None:
    """What it was before is kept, and is as confidential."""
    if not CarePlan.objects.exists():
        goal_of_a_plan(scene, word)
    typed = {"visits": 6, "every_days": 7, "reassess_after": 2, "goal": "Another", "change": "1"}
    assert scene.physio.post(reverse("physio:plan", args=[scene.elena.pk]), typed).status_code == 302
    assert word in EarlierPlan.objects.get().goal


STEPS: tuple[Callable[[Scene, str], None], ...] = (
    answers_and_their_note,
    remarks_of_a_consent,
    note_of_a_record,
    addition_to_a_record,
    words_of_the_next_day,
    outcome_of_an_alert,
    adverse_event_in_words,
    goal_of_a_plan,
    goal_that_was_changed,
)


# --- The promise -----------------------------------------------------------------------------------------


def a_word() -> str:
    """Letters only: letters greet nobody whose name holds a number."""
    return "Canary" + "".join(random.choices(string.ascii_lowercase, k=12))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_what_was_typed_in_confidence_leaves_by_no_way(
    scene: Scene, step: Callable[[Scene, str], None]
) -> None:
    word = a_word()
    step(scene, word)
    runs(scene)
    assert scene.watch.leaks(word) == {}


def test_the_desk_never_reads_it(scene: Scene) -> None:
    """No page of reception and no answer of its API shows any of it."""
    word, read = a_word(), []
    for step in STEPS:
        if step is not addition_to_a_record:  # the same visit has one record
            step(scene, word)
    scene.desk.get = _keeping(scene.desk.get, read)  # type: ignore[method-assign]
    the_desk_looks_everywhere(scene)
    assert len(read) > 8
    assert not [page for page in read if word in page]


def test_the_watch_sees_what_does_leave(scene: Scene) -> None:
    """A name is no secret: it is found in the mail, so the watch was awake."""
    word = a_word()
    Patient.objects.filter(pk=scene.elena.pk).update(name=f"{word} Marsh")
    runs(scene)
    assert {"mail", "message rows"} <= set(scene.watch.leaks(word))


def test_the_watch_sees_what_stripe_is_asked(scene: Scene, settings: Settings) -> None:
    """The clinic's name is on the pay page by right: it is found in the request itself, so that was read.

    Payment and refund are both among what was searched.
    """
    settings.CLINIC_NAME = word = a_word()
    runs(scene)
    asked = scene.watch.leaks(word)["stripe"]
    assert [line for line in asked if line.startswith("POST /v1/checkout/sessions")]
    assert [line for line in scene.watch.searched("stripe") if line.startswith("POST /v1/refunds")]


def test_there_was_something_to_look_at_on_every_way(scene: Scene) -> None:
    runs(scene)
    counted = scene.watch.counted()
    counted.pop("answers kept")  # only programs ask with a key
    counted.pop("sessions")
    assert all(counted.values()), counted


def _keeping(get: Callable[..., Any], read: list[str]) -> Callable[..., Any]:
    def kept(*args: Any, **kwargs: Any) -> Any:
        answer = get(*args, **kwargs)
        read.append(answer.content.decode())
        return answer

    return kept
