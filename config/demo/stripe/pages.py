"""Lists as Stripe gives them: the newest first, a page at a time."""

from __future__ import annotations

from .errors import ApiError
from .store import Object


def page(found: list[Object], params: Object, *, path: str) -> Object:
    """One page, the newest first, within the dates asked for and after the object named."""
    bounds = params.get("created")
    if isinstance(bounds, int):
        bounds = {"gte": bounds, "lte": bounds}
    for name, limit in (bounds or {}).items():
        found = [item for item in found if COMPARE[name](item["created"], limit)]
    if "starting_after" in params:
        found = _after(found, params["starting_after"])
    elif "ending_before" in params:
        found = list(reversed(_after(list(reversed(found)), params["ending_before"])))
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise ApiError("Limit can range between 1 and 100.", param="limit")
    searching = path.endswith("/search")
    start = int(params.get("page", 0)) if searching else 0
    shown, more = found[start : start + limit], len(found) > start + limit
    body: Object = {
        "object": "search_result" if searching else "list",
        "data": shown,
        "has_more": more,
        "url": path,
    }
    if searching:
        body["next_page"] = str(start + limit) if more else None
    return body


COMPARE = {
    "gt": lambda moment, limit: moment > limit,
    "gte": lambda moment, limit: moment >= limit,
    "lt": lambda moment, limit: moment < limit,
    "lte": lambda moment, limit: moment <= limit,
}


def _after(found: list[Object], identifier: str) -> list[Object]:
    ids = [item["id"] for item in found]
    if identifier not in ids:
        raise ApiError(f"No such object: '{identifier}'", code="resource_missing", param="starting_after")
    return found[ids.index(identifier) + 1 :]
