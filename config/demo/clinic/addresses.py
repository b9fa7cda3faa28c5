"""Most who book online follow the link in their letter. A few have not yet, and reception rings them."""

from django.db.models import Count, F, Q

from accounts.models import Patient
from booking.models import Appointment
from booking.rules.lifecycle import Status

NOT_YET_PROVED = 3


def prove_addresses() -> None:
    """As of the day when each was written down; of those with one visit to come a few are left."""
    coming = Q(appointments__status=Status.CONFIRMED, appointments__source=Appointment.Source.ONLINE)
    online = Patient.objects.filter(
        email_proved_at=None, appointments__source=Appointment.Source.ONLINE
    ).distinct()
    once = Patient.objects.filter(email_proved_at=None).annotate(coming=Count("appointments", filter=coming))
    left = list(once.filter(coming=1).order_by("name").values_list("pk", flat=True)[:NOT_YET_PROVED])
    proved = list(online.exclude(pk__in=left).values_list("pk", flat=True))
    Patient.objects.filter(pk__in=proved).update(email_proved_at=F("created_at"))
