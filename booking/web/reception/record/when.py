"""A moment in a list that goes back years."""

from datetime import datetime

from booking.words import clinic_day, say_short_day, say_time


def say_when(moment: datetime, *, now: datetime) -> str:
    """“Thu 3 Dec, 10:20”, with the year when it is another one."""
    year = clinic_day(moment).year
    day = say_short_day(moment) if year == clinic_day(now).year else f"{say_short_day(moment)} {year}"
    return f"{day}, {say_time(moment)}"
