"""Who works here: physios with their hours, absences and credentials, and everybody who signs in."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress

from accounts.models import Credential, Practitioner, User
from accounts.models.user import Role
from booking.models import Leave, WorkingHours
from config.demo.clinic import content
from config.demo.clinic.rows import Locations, Physios, plain


def write_physios(*, today: date, locations: Locations, zone: ZoneInfo) -> Physios:
    physios: Physios = {}
    for position, physio in enumerate(content.physios()):
        row = Practitioner.objects.create(**plain(physio), position=position)
        WorkingHours.objects.bulk_create(_working_hours(physio, row, locations))
        Credential.objects.bulk_create(_credentials(physio, row, today))
        Leave.objects.bulk_create(_leave(physio, row, today, zone))
        physios[physio.slug] = row
    return physios


def write_users(*, physios: Physios, now: datetime) -> dict[str, User]:
    """Everybody who signs in, by address. The addresses count as proved."""
    users = {}
    for person in content.users():
        user = User.objects.create_user(
            person.email,
            content.password(),
            name=person.name,
            role=person.role,
            is_staff=person.role == Role.MANAGER,
            date_joined=now,
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if person.practitioner:
            physio = physios[person.practitioner]
            physio.user = user
            physio.save(update_fields=["user"])
        users[user.email] = user
    return users


def _working_hours(physio: content.Physio, row: Practitioner, locations: Locations) -> list[WorkingHours]:
    return [
        WorkingHours(
            practitioner=row,
            location=locations[hours.location],
            weekday=WorkingHours.Weekday[hours.weekday.upper()],
            opens=time.fromisoformat(opens),
            closes=time.fromisoformat(closes),
        )
        for hours in physio.hours
        for opens, closes in hours.spans
    ]


def _credentials(physio: content.Physio, row: Practitioner, today: date) -> list[Credential]:
    return [
        Credential(
            practitioner=row,
            technique=credential.technique,
            region=credential.region,
            issued_by=credential.issued_by,
            number=credential.number,
            valid_from=today - timedelta(days=credential.began_days_ago),
            valid_until=today + timedelta(days=credential.ends_in_days),
        )
        for credential in physio.credentials
    ]


def _leave(physio: content.Physio, row: Practitioner, today: date, zone: ZoneInfo) -> list[Leave]:
    def midnight(in_days: int) -> datetime:
        return datetime.combine(today + timedelta(days=in_days), time.min, tzinfo=zone)

    return [
        Leave(
            practitioner=row,
            starts_at=midnight(leave.in_days),
            ends_at=midnight(leave.in_days + leave.lasts_days),
            reason=leave.reason,
        )
        for leave in physio.leave
    ]
