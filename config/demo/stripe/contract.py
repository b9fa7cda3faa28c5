"""Stripe's contract, read from the SDK that is installed.

The SDK's types are generated from Stripe's API description. Turned into JSON Schema they check every request
the stand-in gets and every answer it gives: the contract follows the pinned version, and nothing is vendored.
"""

from __future__ import annotations

import builtins
import sys
import types
from decimal import Decimal
from functools import cache
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

import jsonschema  # type: ignore[import-untyped]
from stripe import ListObject, RequestOptions, StripeObject
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import NotRequired, Required, is_typeddict  # noqa: UP035, as the SDK has them

Schema = dict[str, Any]

ANYTHING: Schema = {}
SIMPLE: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    Decimal: {"type": "string"},
    type(None): {"type": "null"},
}


class Anything:
    """Stands for a name that the SDK imports for type checkers only, subscripted or not."""

    def __class_getitem__(cls, item: Any) -> type[Anything]:
        return cls


class Names(dict[str, Any]):
    """What an annotation of this class may refer to."""

    def __init__(self, cls: type) -> None:
        ours = {"ListObject": ListObject, "UntypedStripeObject": UntypedStripeObject}
        super().__init__({**vars(builtins), **ours, **vars(sys.modules[cls.__module__]), **vars(cls)})

    def __missing__(self, name: str) -> type[Anything]:
        return Anything


def schema_of(annotation: Any, names: Names, path: tuple[type, ...] = ()) -> Schema:
    """JSON Schema of one annotation; classes become objects without additional properties."""
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        annotation = eval(annotation, {}, names)  # the SDK's own text
    if annotation in SIMPLE:
        return SIMPLE[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (NotRequired, Required):
        return schema_of(arguments[0], names, path)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return _schema_of_union(arguments, names, path)
    if origin in (list, dict, UntypedStripeObject, ListObject):
        return _schema_of_collection(origin, arguments, names, path)
    if isinstance(annotation, type) and (is_typeddict(annotation) or issubclass(annotation, StripeObject)):
        return ANYTHING if annotation in path else _schema_of_class(annotation, path)
    return ANYTHING


def _schema_of_union(arguments: tuple[Any, ...], names: Names, path: tuple[type, ...]) -> Schema:
    schemas = [schema_of(argument, names, path) for argument in arguments]
    if any("enum" in schema for schema in schemas):
        # The SDK adds "or any str" beside the listed values so that older code keeps type-checking.
        schemas = [schema for schema in schemas if schema != SIMPLE[str]]
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _schema_of_collection(
    origin: Any, arguments: tuple[Any, ...], names: Names, path: tuple[type, ...]
) -> Schema:
    item = schema_of(arguments[-1], names, path)
    if origin is list:
        return {"type": "array", "items": item}
    if origin is ListObject:
        return list_of(item)
    return {"type": "object", "additionalProperties": item}


def _schema_of_class(cls: type, path: tuple[type, ...]) -> Schema:
    names, path = Names(cls), (*path, cls)
    skipped = RequestOptions.__annotations__ if is_typeddict(cls) else {}
    properties = {
        name: schema_of(annotation, names, path)
        for name, annotation in cls.__annotations__.items()
        if name not in skipped and not str(annotation).startswith("typing.ClassVar")
    }
    required = [
        name
        for name, schema in properties.items()
        if (name in vars(cls)["__required_keys__"] if is_typeddict(cls) else not accepts_null(schema))
    ]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def accepts_null(schema: Schema) -> bool:
    return schema == ANYTHING or any(part == SIMPLE[type(None)] for part in schema.get("anyOf", ()))


def list_of(item: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {
            "object": {"enum": ["list", "search_result"]},
            "data": {"type": "array", "items": item},
            "has_more": {"type": "boolean"},
            "url": {"type": "string"},
            "next_page": {"type": ["string", "null"]},
        },
        "required": ["object", "data", "has_more", "url"],
        "additionalProperties": False,
    }


@cache
def schema_for(cls: type) -> Schema:
    return _schema_of_class(cls, ())


@cache
def validator_for(cls: type, listed: bool = False) -> jsonschema.Draft202012Validator:
    schema = schema_for(cls)
    return jsonschema.Draft202012Validator(list_of(schema) if listed else schema)


def blank(cls: type) -> dict[str, Any]:
    """An object of this class with nothing in it yet: Stripe always sends every field, null when empty."""
    return _blank(schema_for(cls))


def _blank(schema: Schema) -> Any:
    if accepts_null(schema):
        return None
    if schema.get("type") == "object":
        return {name: _blank(part) for name, part in schema.get("properties", {}).items()}
    return {"boolean": False, "array": []}.get(schema.get("type", ""))


def complaint(value: Any, cls: type, *, listed: bool = False) -> jsonschema.ValidationError | None:
    """The first thing wrong with a request or an answer, or None."""
    return jsonschema.exceptions.best_match(validator_for(cls, listed).iter_errors(value))
