from django.apps import AppConfig


class BookingConfig(AppConfig):
    """A promise of time, from hold to visit."""

    name = "booking"
    verbose_name = "Bookings"
