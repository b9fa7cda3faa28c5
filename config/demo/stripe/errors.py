"""Refusals in the shape in which Stripe sends them."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An answer with a status of 400 or more."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        type: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        details = {"type": type, "message": message, "code": code, "param": param, **extra}
        self.body = {"error": {name: value for name, value in details.items() if value is not None}}


class ConnectionDropped(Exception):
    """The client hears nothing: the connection closes without an answer."""


def missing(kind: str, identifier: str, *, param: str = "id") -> ApiError:
    return ApiError(
        f"No such {kind}: '{identifier}'",
        status=404 if param == "id" else 400,
        code="resource_missing",
        param=param,
    )
