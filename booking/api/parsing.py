"""What comes in: JSON as the standard has it, and only the fields that are asked for."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from booking.api import kinds
from booking.api.kinds import Text
from booking.api.problems import Problem, field_errors

MOST_BYTES = 64 * 1024
MOST_LEVELS = 8


class StrictJSONParser(BaseParser):
    """Refuses what other programs read in different ways: names given twice, NaN, lone surrogates, NUL."""

    media_type = "application/json"

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise Problem(kinds.TOO_LARGE)
        try:
            text = body.decode()
        except UnicodeDecodeError:
            _refuse(_("The body is not UTF-8. Nothing was changed."))
        try:
            data = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
        except (ValueError, RecursionError):
            raise Problem(kinds.MALFORMED) from None
        _require_plain(data, levels=MOST_LEVELS)
        return data


class StrictSerializer(serializers.Serializer[Any]):
    """Says so when a field is not known, instead of ignoring a slip of the pen."""

    default_error_messages = {"invalid": _("Send a JSON object.")}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(str(name) for name in set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError({name: [_("This is not known here.")] for name in unknown})
        return super().to_internal_value(data)


def read_body(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The checked body. Raises Problem with the fields to put right."""
    return _checked(kind(data=request.data), parameter=False)


def read_query(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The checked parameters of the address. Raises Problem with those to put right."""
    twice = [name for name, values in request.query_params.lists() if len(values) > 1]
    if twice:
        errors = [{"parameter": name, "detail": _("Give this once.")} for name in twice]
        raise Problem(kinds.INVALID, errors=errors)
    return _checked(kind(data=request.query_params.dict()), parameter=True)


def _checked(serializer: serializers.Serializer[Any], *, parameter: bool) -> dict[str, Any]:
    if not serializer.is_valid():
        raise Problem(kinds.INVALID, errors=list(field_errors(serializer.errors, parameter=parameter)))
    checked: dict[str, Any] = serializer.validated_data
    return checked


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("A name is given twice.")
    return members


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON.")


def _require_plain(value: Any, *, levels: int) -> None:
    """Refuse what no text field could keep, before anything below has to think of it."""
    if levels == 0:
        _refuse(_("The body is nested too deeply. Nothing was changed."))
    if isinstance(value, dict):
        for name, inner in value.items():
            _require_plain(name, levels=levels)
            _require_plain(inner, levels=levels - 1)
    elif isinstance(value, list):
        for inner in value:
            _require_plain(inner, levels=levels - 1)
    elif isinstance(value, str) and any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in value):
        _refuse(
            _("The body has a character that is not text (NUL or half a surrogate). Nothing was changed.")
        )


def _refuse(detail: Text) -> NoReturn:
    raise Problem(kinds.MALFORMED, detail=detail)
