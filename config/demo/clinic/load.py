"""The demonstration clinic comes into an empty database, whole or not at all."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from booking.models import Location, Receipt
from config.demo.clinic.addresses import prove_addresses
from config.demo.clinic.consents import write_consent_texts
from config.demo.clinic.diary import write_diary
from config.demo.clinic.history import hurry_next_reminder, live_through, see_through, settle_old_messages
from config.demo.clinic.offer import write_offer
from config.demo.clinic.places import write_places
from config.demo.clinic.plans import write_plans
from config.demo.clinic.screenings import answer_from_links, write_screening_forms
from config.demo.clinic.staff import write_physios, write_users
from config.demo.clinic.treated import write_treated
from config.demo.clinic.waiting import write_waitlist

REMINDER_AFTER = timedelta(seconds=30)
"""How soon after loading a reminder is due: within the first minute, and after the workers have started."""

CHECK_AFTER = timedelta(seconds=90)
"""How soon somebody who had needles is asked how they are."""

_ONE_AT_A_TIME = 0x0A_C0_11_1C


def load(*, now: datetime) -> bool:
    """Write the clinic around `now` and say whether anything was written.

    A database that already has a location is left exactly as it is, whoever made it: nothing is doubled,
    and nothing that staff have changed is put back.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if Location.objects.exists():
            return False
        _write(now)
    return True


def _write(now: datetime) -> None:
    zone = ZoneInfo(settings.CLINIC_TIME_ZONE)
    today = now.astimezone(zone).date()
    locations = write_places(today=today)
    physios = write_physios(today=today, locations=locations, zone=zone)
    users = write_users(physios=physios, now=now)
    write_offer(physios=physios)
    write_screening_forms(today=today)
    write_consent_texts()
    desk = users["reception@oakmont.example"]
    known, others = write_diary(physios=physios, users=users, now=now, zone=zone)
    see_through(visit=known.past, desk=desk, method=Receipt.Method.TERMINAL)
    live_through(visits=others, desk=desk, now=now)
    answer_from_links(now=now)
    write_treated(visits=[known.past, *others], desk=desk, now=now, zone=zone, check_due_at=now + CHECK_AFTER)
    write_plans(desk=desk, now=now, zone=zone)
    write_waitlist(desk=desk, now=now)
    prove_addresses()
    settle_old_messages(now=now)
    hurry_next_reminder(visit=known.soon, due_at=now + REMINDER_AFTER)
