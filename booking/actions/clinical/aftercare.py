"""What follows a visit in which needling was recorded."""

from datetime import datetime, time, timedelta

from django.conf import settings

from booking.actions.messages.after import plan_after_visit
from booking.models import AfterCheck, Appointment, TechniqueUsed
from booking.rules.after_check import LATELY
from booking.words import clinic_day, clinic_zone


def plan_after_needling(*, appointment: Appointment, now: datetime) -> AfterCheck | None:
    """Advice to the patient, and tomorrow the question how they are. Called as the record is signed.

    Joins the transaction of whoever calls it. Nothing is planned without needles on a signed record, or when
    it was signed so late that advice would only puzzle. Planning twice changes nothing.
    """
    if not _was_needled(appointment) or now > appointment.ends_at + LATELY:
        return None
    check, _is_new = AfterCheck.objects.get_or_create(
        appointment=appointment, defaults={"due_at": max(check_due_at(appointment), now)}
    )
    plan_after_visit(appointment=appointment, check_at=check.due_at, now=now)
    return check


def check_due_at(appointment: Appointment) -> datetime:
    """The day after the visit on the clinic's clock, whether the clinic is open then or not.

    Breathlessness does not wait for Monday, and the page answers by itself what to do about it.
    """
    day = clinic_day(appointment.starts_at) + timedelta(days=1)
    return datetime.combine(day, time(settings.AFTER_CHECK_HOUR), tzinfo=clinic_zone())


def _was_needled(appointment: Appointment) -> bool:
    return TechniqueUsed.objects.filter(
        record__appointment=appointment, record__signed_at__isnull=False, treatment__uses_needles=True
    ).exists()
