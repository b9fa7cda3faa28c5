"""The counter that the tests of reception's pages stand at."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

FRAGMENT = {"HX-Request": "true"}


def get(client: Client, page: str, /, *args: object, **query: Any) -> HttpResponse:
    """A fragment beside the diary, as htmx asks for it."""
    return client.get(reverse(f"reception:{page}", args=args), query, headers=FRAGMENT)


def post(client: Client, page: str, /, *args: object, **sent: Any) -> HttpResponse:
    return client.post(reverse(f"reception:{page}", args=args), sent, headers=FRAGMENT)


def text(response: HttpResponse) -> str:
    return response.content.decode()
