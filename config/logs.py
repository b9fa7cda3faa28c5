"""Logs that say what happened without saying to whom.

Paths can carry a patient's secret link, and a database error repeats the row, so a request is logged by its
route and an exception by its type and place. Addresses and telephone numbers that slip into a message are
masked.
"""

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger("oakmont.request")

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<![\w.:-])\+?\d[\d ()-]{8,}\d(?![\w.:-])")
# What every LogRecord carries; anything else came in through `extra`.
_STANDARD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "request"}


def masked(text: str) -> str:
    """The text with e-mail addresses and telephone numbers blotted out."""
    return _TELEPHONE.sub("[number]", _EMAIL.sub("[address]", text))


def where(error: BaseException) -> list[str]:
    """The calls that led to an exception, without its message."""
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]


def route_of(request: HttpRequest) -> str:
    """The pattern that the path matched, so without what stood in its place."""
    return f"/{request.resolver_match.route}" if request.resolver_match else "unmatched"


class WithoutPath(logging.Filter):
    """Django's own lines name the path of a request; here its route takes that place."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            # Django escapes what it puts into its lines.
            escaped = request.path.encode("unicode_escape").decode("ascii")
            told, route = record.getMessage(), route_of(request)
            record.msg, record.args = told.replace(request.path, route).replace(escaped, route), ()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line, as log collectors read it."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if identifier := request_id.get():
            entry["request_id"] = identifier
        for name, value in vars(record).items():
            if name not in _STANDARD_FIELDS:
                entry[name] = value if isinstance(value, int | float | bool) else masked(str(value))
        if record.exc_info and record.exc_info[1]:
            entry["error"] = type(record.exc_info[1]).__name__
            entry["where"] = where(record.exc_info[1])
        return json.dumps(entry, ensure_ascii=False)


class RequestLogMiddleware:
    """One line per request: method, route, status, milliseconds. Never the path, the query or the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid.uuid4().hex)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            logger.log(
                logging.ERROR if response.status_code >= 500 else logging.INFO,
                "%s %s %s",
                request.method,
                route_of(request),
                response.status_code,
                extra={"milliseconds": round((time.perf_counter() - started) * 1000, 1)},
            )
            return response
        finally:
            request_id.reset(token)


def logging_config(*, level: str, as_json: bool) -> dict[str, Any]:
    """The dictionary that `logging.config.dictConfig` reads."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": JsonFormatter},
            "plain": {"format": "%(asctime)s %(levelname)-7s %(name)s: %(message)s"},
        },
        "filters": {"without path": {"()": WithoutPath}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["without path"],
                "formatter": "json" if as_json else "plain",
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Our line for each request stands in for Django's own; crashes stay.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "propagate": False},
        },
    }
