"""Consent on the card: how it stands, and the way to sign it."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Patient, Practitioner
from booking.models import Appointment, Consent
from booking.queries.clinical.standings import standings, standings_at
from booking.web.consent_marks import mark_of
from booking.web.physio.card.section import Section
from booking.web.physio.consent.shown import say_read, say_signed, say_signed_older
from catalogue.models import ConsentText


def section(
    *, patient: Patient, me: Practitioner, visit: Appointment | None, now: datetime
) -> Section | None:
    """For a visit, what it may need; without one, what this patient read or signed."""
    if visit is not None:
        found = standings_at(visit)
    else:
        known = Consent.objects.filter(patient=patient).values("text__treatment")
        texts = list(ConsentText.objects.in_force().filter(treatment__in=known).select_related("treatment"))
        found = standings(patient_id=patient.pk, texts=texts)
    if not found:
        return None
    lines = [
        {
            "title": standing.text.title,
            "mark": mark_of(standing.state),
            "read": say_read(standing),
            "signed": say_signed(standing),
            "signed_older": say_signed_older(standing),
            "consent": standing.consent,
            "former": standing.former,
        }
        for standing in found
    ]
    return Section(
        key="consent", title=_("Consent"), template="consent.html", facts={"lines": lines, "visit": visit}
    )
