"""The chip for whoever had needles lately: it stands wherever reception looks up who is ringing."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Patient
from booking.queries.clinical.needled_lately import needled_lately
from booking.words import say_relative_day, say_time


def say_needled(patients: Iterable[Patient], *, now: datetime) -> dict[UUID, str]:
    """“Needled in the last 72 hours: Tue 24 Nov 10:20”, by patient. One query for all of them."""
    return {
        key: _("Needled in the last 72 hours: %(day)s %(time)s")
        % {"day": say_relative_day(last, now=now), "time": say_time(last)}
        for key, last in needled_lately((patient.pk for patient in patients), now).items()
    }
