"""Form fields as Stripe's libraries write them, `a[b][0][c]=1`, read back into nested values with types."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from .contract import Schema


def nested(encoded: str) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        head, *rest = [part for part in re.split(r"[\[\]]+", name) if part]
        keys = [head, *rest]
        if name.endswith("[]"):
            keys.append(str(len(_at(root, keys))))
        _at(root, keys[:-1])[keys[-1]] = value
    return _with_lists(root)


def _at(root: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    for key in keys:
        following = root.setdefault(key, {})
        if not isinstance(following, dict):
            following = root[key] = {}
        root = following
    return root


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    items = {key: _with_lists(part) for key, part in value.items()}
    if items and sorted(items, key=str) == sorted(map(str, range(len(items)))):
        return [items[str(index)] for index in range(len(items))]
    return items


def typed(value: Any, schema: Schema) -> Any:
    """Everything arrives as text; what the schema calls a number or a yes/no becomes one where it can."""
    for part in schema.get("anyOf", (schema,)):
        converted = _typed(value, part)
        if converted is not value:
            return converted
    return value


def _typed(value: Any, schema: Schema) -> Any:
    kind = schema.get("type")
    if isinstance(value, str):
        if kind == "integer" and re.fullmatch(r"-?\d+", value):
            return int(value)
        if kind == "number" and re.fullmatch(r"-?\d+(\.\d+)?", value):
            return float(value)
        if kind == "boolean" and value in ("true", "false"):
            return value == "true"
    if isinstance(value, list) and kind == "array":
        return [typed(item, schema.get("items", {})) for item in value]
    if isinstance(value, dict) and kind == "object":
        properties, others = schema.get("properties", {}), schema.get("additionalProperties") or {}
        return {key: typed(item, properties.get(key, others)) for key, item in value.items()}
    return value
