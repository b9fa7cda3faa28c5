from django.apps import AppConfig


class BookingConfig(AppConfig):
    """A promise of time, from hold to visit."""

    name = "booking"
    verbose_name = "Bookings"

    def ready(self) -> None:
        """Whoever signs in finds their visits, at whichever door."""
        from booking.web import claims  # noqa: F401
