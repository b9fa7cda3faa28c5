"""A small caller of the API, as tests need it."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

ROOT = "/api/v1/"


@dataclass
class Api:
    """Paths are given from the version on: `api.get("services/")`. A 500 raises what caused it."""

    client: Client = field(default_factory=Client)

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> HttpResponse:
        return self.client.get(ROOT + path, query, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.client.post(ROOT + path, body, content_type="application/json", headers=headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.client.delete(ROOT + path, headers=headers)


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def problem(response: HttpResponse) -> str:
    """The kind of refusal this is, once it is clear that it has the shape of one."""
    assert response.headers["Content-Type"] == "application/problem+json", response.content[:300]
    said = response.json()
    assert said["status"] == response.status_code
    assert said["title"]
    assert said["detail"]
    kind: str = said["type"]
    return kind.removeprefix("/problems/")


def wrong_fields(response: HttpResponse) -> set[str]:
    """Where the things to put right stand."""
    assert problem(response) == "invalid"
    return {
        error.get("pointer") or error.get("parameter") or error.get("header")
        for error in response.json()["errors"]
    }
