"""Requests and answers held against the contract, and refusals worded as Stripe words them."""

from __future__ import annotations

from typing import Any

from . import contract
from .errors import ApiError
from .routes import Route
from .store import Object


def check_request(params: Object, route: Route) -> None:
    problem = contract.complaint(params, route.takes)
    if problem is None:
        _check_metadata(params.get("metadata"))
        return
    path = ".".join(str(part) for part in problem.absolute_path)
    if problem.validator == "additionalProperties":
        unknown = sorted(problem.instance.keys() - problem.schema.get("properties", {}).keys())
        name = f"{path}.{unknown[0]}" if path else unknown[0]
        raise ApiError(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)
    if problem.validator == "required":
        absent = next(name for name in problem.validator_value if name not in problem.instance)
        name = f"{path}.{absent}" if path else absent
        raise ApiError(f"Missing required param: {name}.", code="parameter_missing", param=name)
    code = "parameter_invalid_integer" if problem.validator_value == "integer" else None
    raise ApiError(f"Invalid {path}: {problem.message[:200]}", code=code, param=path)


def _check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, dict):
        return
    if len(metadata) > 50 or any(len(key) > 40 or len(value) > 500 for key, value in metadata.items()):
        raise ApiError("Metadata holds up to 50 keys of 40 characters with values of 500.", param="metadata")


def check_answer(body: Object, route: Route) -> None:
    """An answer that Stripe could not have given is the stand-in's own mistake, and says so."""
    if body.get("deleted"):
        return
    problem = contract.complaint(body, route.gives, listed=route.listed)
    if problem:
        raise AssertionError(
            f"{route.method} {route.path} at {list(problem.absolute_path)}: {problem.message[:300]}"
        )
