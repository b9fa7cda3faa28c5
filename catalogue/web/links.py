"""Ways from the catalogue into booking, the choice carried along."""

from urllib.parse import urlencode

from django.urls import reverse

from catalogue.models import Service


def book(**choice: str) -> str:
    """Where a visit is chosen: /book/?treatment=dry-needling."""
    return _with(reverse("booking:start"), choice)


def book_service(service: Service, **choice: str) -> str:
    """Where its times are chosen: /book/follow-up/?practitioner=maren-holt."""
    return _with(service.get_absolute_url(), choice)


def _with(address: str, choice: dict[str, str]) -> str:
    return f"{address}?{urlencode(choice)}" if choice else address
