"""What reception sees of screenings: the colour, never an answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from booking.models import Appointment, AuditEntry, Screening
from catalogue.models import ScreeningForm, Service
from tests.factories import NOW, at, make_appointment, make_needling, make_screening_form
from tests.web.reception.desk import get, text


@pytest.fixture
def form(service: Service) -> ScreeningForm:
    service.treatments.add(make_needling())
    return make_screening_form(treatment=service.treatments.get())


def screened(visit: Appointment, form: ScreeningForm, **fields: Any) -> Screening:
    screening = Screening.objects.create(
        **{
            "form": form, "patient": visit.patient, "answers": {"pregnant": "yes"}, "note": "OTTER",
            "colour": "amber", "advice": "longer_visit", "answered_at": NOW,
            "expires_at": NOW + timedelta(days=90),
        }
        | fields
    )  # fmt: skip
    Appointment.objects.filter(pk=visit.pk).update(screening=screening)
    return screening


@pytest.mark.parametrize(
    ("colour", "advice", "word", "icon"),
    [("green", "", "Clear", "#clear"), ("amber", "longer_visit", "Check first", "#warn"),
     ("red", "call_us", "Stop", "#stop")],
)  # fmt: skip
def test_the_visit_shows_shape_and_word(
    desk: Client, visit: Appointment, form: ScreeningForm, colour: str, advice: str, word: str, icon: str
) -> None:
    screened(visit, form, colour=colour, advice=advice)
    html = text(get(desk, "visit", visit.pk))
    assert f"<span>{word}</span>" in html
    assert icon in html


def test_a_visit_that_was_not_asked_says_so(desk: Client, visit: Appointment, form: ScreeningForm) -> None:
    assert "Not asked" in text(get(desk, "visit", visit.pk))


def test_a_visit_that_asks_nothing_says_nothing(desk: Client, visit: Appointment) -> None:
    assert "Screening" not in text(get(desk, "visit", visit.pk))


def test_no_page_of_receptions_shows_an_answer(desk: Client, visit: Appointment, form: ScreeningForm) -> None:
    screened(visit, form)
    assert visit.patient is not None
    pages = [
        reverse("reception:visit", args=[visit.pk]),
        reverse("reception:record", args=[visit.patient.pk]),
        reverse("reception:lists"),
        f"{reverse('reception:diary')}?day=2026-12-03",
        reverse("reception:day-sheet"),
    ]
    html = "".join(text(desk.get(path)) for path in pages)
    assert "Check first" in html
    assert not any(word in html for word in ("OTTER", "pregnant", "Because of that", "longer visit"))


def test_the_record_shows_the_mark_of_each_visit(
    desk: Client, visit: Appointment, form: ScreeningForm
) -> None:
    screened(visit, form)
    assert visit.patient is not None
    assert "Check first" in text(desk.get(reverse("reception:record", args=[visit.patient.pk])))


def seen(desk: Client, visit: Appointment, **sent: str) -> Any:
    return desk.post(reverse("reception:see-to", args=["screening-seen", visit.pk]), sent)


def test_it_stands_on_the_list_until_somebody_has_seen_to_it(
    desk: Client, visit: Appointment, form: ScreeningForm
) -> None:
    screening = screened(visit, form)
    assert "Screenings to check" in text(desk.get(reverse("reception:lists")))
    assert seen(desk, visit, note="Rung, moved to the longer visit.").status_code == 302
    assert "Screenings to check" not in text(desk.get(reverse("reception:lists")))
    screening.refresh_from_db()
    assert screening.seen_at is not None
    assert AuditEntry.objects.filter(verb="saw to screening", appointment_id=visit.pk).count() == 1


def test_a_visit_not_asked_is_seen_to_as_well(desk: Client, service: Service, form: ScreeningForm) -> None:
    near = make_appointment(service=service, starts_at=at(4, "10:00"))
    assert "Not asked" in text(desk.get(reverse("reception:lists")))
    assert seen(desk, near, note="Asked on the telephone.").status_code == 302
    assert "Screenings to check" not in text(desk.get(reverse("reception:lists")))


def test_seeing_to_it_needs_a_word(desk: Client, visit: Appointment, form: ScreeningForm) -> None:
    screened(visit, form)
    assert seen(desk, visit).status_code == 422


def test_whoever_is_second_is_told(desk: Client, visit: Appointment, form: ScreeningForm) -> None:
    screened(visit, form)
    seen(desk, visit, note="Done.")
    assert seen(desk, visit, note="Done.").status_code == 409
