"""Whether it is known that the patient reads a page which a link has opened."""

from django.http import HttpRequest

from booking.models import Appointment
from booking.queries.links import went_to
from booking.queries.record import is_all_there_is


def is_known(request: HttpRequest, visit: Appointment, token: str) -> bool:
    """By their sign-in, or by the link from a letter to the address of their record.

    A visit booked online may be a guest's who typed the details of somebody else, and was shown its link
    there and then: that link speaks for nobody. Where the record holds nothing but this visit, whoever booked
    it finds nothing of anybody else's, and is asked for no proof.
    """
    patient = visit.patient
    if patient is None:
        return False
    return patient.is_held_by(request.user) or went_to(patient.email, token=token) or is_all_there_is(visit)
