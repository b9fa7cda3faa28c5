"""Where visits happen, how far apart it is, and when it is shut."""

from datetime import date, timedelta

import holidays

from booking.models import Closure, Location, Room, Travel
from config.demo.clinic import content
from config.demo.clinic.rows import Locations, plain


def write_places(*, today: date) -> Locations:
    locations = {
        place.slug: Location.objects.create(**plain(place), position=position)
        for position, place in enumerate(content.locations())
    }
    Room.objects.bulk_create(
        Room(location=locations[place.slug], position=position, **plain(room))
        for place in content.locations()
        for position, room in enumerate(place.rooms)
    )
    Travel.objects.bulk_create(
        Travel(origin=locations[way.origin], destination=locations[way.destination], minutes=way.minutes)
        for way in content.travel()
    )
    Closure.objects.bulk_create([*_own_closures(today, locations), *_public_holidays(today)])
    return locations


def _own_closures(today: date, locations: Locations) -> list[Closure]:
    return [
        Closure(
            location=locations[closure.location],
            first_day=today + timedelta(days=closure.in_days),
            last_day=today + timedelta(days=closure.in_days + closure.lasts_days - 1),
            name=closure.name,
        )
        for closure in content.closures()
    ]


def _public_holidays(today: date) -> list[Closure]:
    """The whole clinic is shut, this year and the next."""
    calendar = content.public_holidays()
    days = holidays.country_holidays(
        calendar.country, subdiv=calendar.subdivision, years=[today.year, today.year + 1]
    )
    return [Closure(first_day=day, last_day=day, name=name) for day, name in sorted(days.items())]
