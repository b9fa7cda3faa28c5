"""A service as the desk books it."""

from copy import copy

from catalogue.models import Service

FAR_AHEAD_DAYS = 3660


def as_at_desk(service: Service) -> Service:
    """Without notice, and as far ahead as anybody asks: both are there for the clinic's peace online."""
    at_desk = copy(service)
    at_desk.minimum_notice_minutes, at_desk.horizon_days = 0, FAR_AHEAD_DAYS
    return at_desk
