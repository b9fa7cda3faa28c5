"""What the description of the API says beyond the views themselves: refusals, and the key that repeats."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from booking.api import kinds
from booking.api.problems import MEDIA_TYPE

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="16 to 255 visible characters, best a UUID. The same request sent again with the same key is "
    "carried out once and answered alike for a day, with `Idempotent-Replayed: true`.",
)

INTRODUCTION = """\
Look up what the clinic offers, find a time, hold it, book it. Moments are RFC 3339, written with the clinic's
offset and read with any. Amounts are whole minor units: 6400 is £64. Long texts are Markdown.

**Booking.** `POST holds/` keeps a time and answers with a `secret`; `POST holds/{id}/book/` with that secret
makes the appointment. If it is to be paid online, send the patient to `pay_url`; the time waits for them
until `held_until`. Every booking comes with a `token`, which opens that appointment and nothing else:
`Authorization: Bearer <token>`.

**Questions.** Some services ask questions first: `GET services/{slug}/screening/`. `POST screenings/` says
what the answers allow; send its `id` and `secret` along with the hold. A hold without them is possible, and
the clinic asks then.

**Asking twice.** A line may drop after a booking was made and before you heard of it. Send an
`Idempotency-Key` with every POST, and simply ask again with the same one.

**Refusals** are problem documents (RFC 9457), told apart by `type`. Fields and parameters that are not known
are refused, never ignored.

| type | status | title |
|---|---|---|
"""

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Why not: RFC 9457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "enum": [kind.type for kind in kinds.ALL]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {
            "type": "string",
            "description": "What happened, what was not lost, what to do, in plain words.",
        },
        "errors": {
            "type": "array",
            "description": "What to put right, each by where it stands.",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON Pointer into the body."},
                    "parameter": {"type": "string", "description": "Name of a parameter of the address."},
                    "header": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
        "nearest": {
            "type": "array",
            "description": "With time-taken: the nearest times that are free.",
            "items": {"$ref": "#/components/schemas/OpenTime"},
        },
    },
}


def describe_problems(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Add the one shape of refusals to every operation, and say that requests have no other fields."""
    result["info"]["description"] = INTRODUCTION + "".join(
        f"| `{kind.type}` | {kind.status} | {kind.title} |\n" for kind in kinds.ALL
    )
    schemas = result["components"]["schemas"]
    for name, component in schemas.items():
        if name.endswith("Request"):
            component["additionalProperties"] = False
    schemas["Problem"] = PROBLEM
    refusal = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"]["default"] = {"description": "Refused", "content": refusal}
    return result
