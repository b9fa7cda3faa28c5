"""What was done on the last visits, by whoever of the team treated."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Patient, Practitioner
from booking.models import Appointment
from booking.queries.clinical.records import signed_records_of
from booking.rules.lifecycle import Status
from booking.web.physio.card.section import Section
from booking.web.physio.record.shown import shown_record


def section(
    *, patient: Patient, me: Practitioner, visit: Appointment | None, now: datetime
) -> Section | None:
    records = signed_records_of(patient.pk)
    facts = {
        "records": [(record.practitioner_id == me.pk, shown_record(record)) for record in records],
        "visit": visit,
        # From “in the room” on, writing is the visit's own next step and stands above, once.
        "may_write": visit is not None
        and visit.status == Status.ARRIVED
        and all(record.appointment_id != visit.pk for record in records),
    }
    return Section(key="record", title=_("Notes"), template="record.html", facts=facts)
