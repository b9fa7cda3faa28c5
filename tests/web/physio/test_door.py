"""What the door to the physios' pages does besides: who gets in is in test_who_gets_in.py."""

from django.test import Client
from django.urls import reverse

from accounts.models import Practitioner
from booking.models import Appointment
from tests.factories import make_appointment, make_patient, make_practitioner, make_user


def test_a_manager_who_treats_gets_in(client: Client, db: None) -> None:
    treats = make_practitioner(user=make_user(role="manager"))
    client.force_login(treats.user)
    assert client.get("/physio/").status_code == 200


def test_no_cache_keeps_what_the_physio_saw(physio: Client, visit: Appointment) -> None:
    answer = physio.get(reverse("physio:visit", args=[visit.pk]))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_post_without_the_token_is_refused(maren: Practitioner, visit: Appointment) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(maren.user)
    answer = client.post(reverse("physio:step", args=[visit.pk]), {"step": "start"})
    assert (answer.status_code, Appointment.objects.get().status) == (403, "confirmed")


def test_an_open_page_whose_session_ended_goes_to_the_sign_in(client: Client, db: None) -> None:
    answer = client.get("/physio/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/physio/"


def test_what_is_done_with_a_patient_of_a_colleague_stays_with_them(
    physio: Client, visit: Appointment
) -> None:
    """A patient of mine who also sees a colleague is mine, their visits there are not."""
    theirs = make_appointment(
        service=visit.service,
        starts_at=visit.starts_at,
        practitioner=make_practitioner(),
        location=visit.location,
        room=visit.location.rooms.create(name="Other room"),
        patient=visit.patient,
    )
    assert physio.get(reverse("physio:patient", args=[visit.patient_id])).status_code == 200
    assert physio.get(reverse("physio:visit", args=[theirs.pk])).status_code == 403


def test_whoever_treats_a_patient_is_sent_on_to_the_record_theirs_was_merged_into(
    physio: Client, visit: Appointment
) -> None:
    other = make_patient(merged_into=visit.patient)
    answer = physio.get(reverse("physio:patient", args=[other.pk]))
    assert answer["Location"] == reverse("physio:patient", args=[visit.patient_id])


def test_nobody_else_learns_where_a_record_went(client: Client, visit: Appointment) -> None:
    other = make_patient(merged_into=visit.patient)
    colleague = make_practitioner(user=make_user(role="physio"))
    client.force_login(colleague.user)
    assert client.get(reverse("physio:patient", args=[other.pk])).status_code == 403
