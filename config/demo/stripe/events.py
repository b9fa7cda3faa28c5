"""The list of events, which holds everything that happened even when no webhook arrived."""

from __future__ import annotations

from fnmatch import fnmatchcase

from .account import Account
from .store import Object


def retrieve(account: Account, identifier: str, *, params: Object) -> Object:
    return account.find("event", identifier)


def list_all(account: Account, *, params: Object) -> list[Object]:
    patterns = params.get("types") or ([params["type"]] if "type" in params else ["*"])
    found = account.store.newest("event")
    if "delivery_success" in params:
        found = [item for item in found if (item["pending_webhooks"] == 0) == params["delivery_success"]]
    return [item for item in found if any(fnmatchcase(item["type"], pattern) for pattern in patterns)]
