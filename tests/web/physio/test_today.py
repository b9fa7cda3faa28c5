"""/physio/: the day of one physio."""

from typing import Any

from django.test import Client

from booking.models import Appointment


def shown(client: Client, **asked: Any) -> str:
    answer = client.get("/physio/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_next_patient_stands_on_top(physio: Client, visit: Appointment) -> None:
    assert "Start with Tom" in shown(physio)
