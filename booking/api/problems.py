"""Every refusal in one shape (RFC 9457): the one place where what went wrong becomes what is said."""

import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from psycopg_pool import PoolTimeout
from rest_framework import exceptions
from rest_framework.response import Response

from booking.actions.bookings import BooksByTelephone, HoldGone, PaymentNotAllowed, PolicyNotAccepted
from booking.actions.cancellations import CodeMissing, NotComing, TooLate
from booking.actions.clinical.screening import (
    FormReplaced,
    ScreeningExpired,
    ScreeningForbids,
    ScreeningOfAnother,
)
from booking.actions.conflicts import TimePassed, TimeTaken, TooSoon
from booking.actions.idempotency import KeyInUse, KeyReused
from booking.actions.payments.starting import NothingToPay, PaymentRefused
from booking.api import kinds
from booking.api.kinds import Kind, Text
from booking.gateways.stripe import Refused, Unreachable
from booking.rules.lifecycle import NotAllowed

MEDIA_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)

KIND_OF: dict[type[BaseException], Kind] = {
    # What the booking says.
    TimeTaken: kinds.TIME_TAKEN,
    TimePassed: kinds.TIME_PASSED,
    TooSoon: kinds.TOO_SOON,
    ScreeningForbids: kinds.SCREENING_FORBIDS,
    ScreeningExpired: kinds.SCREENING_EXPIRED,
    ScreeningOfAnother: kinds.SCREENING_OF_ANOTHER,
    FormReplaced: kinds.SCREENING_REPLACED,
    HoldGone: kinds.HOLD_GONE,
    PolicyNotAccepted: kinds.POLICY_NOT_ACCEPTED,
    PaymentNotAllowed: kinds.PAYMENT_NOT_ALLOWED,
    BooksByTelephone: kinds.BOOKS_BY_TELEPHONE,
    TooLate: kinds.TOO_LATE,
    NotComing: kinds.NOT_COMING,
    CodeMissing: kinds.CODE_MISSING,
    NotAllowed: kinds.WRONG_STATE,
    KeyReused: kinds.KEY_REUSED,
    KeyInUse: kinds.KEY_IN_USE,
    Unreachable: kinds.PAYMENT_UNREACHABLE,
    Refused: kinds.PAYMENT_UNREACHABLE,
    PaymentRefused: kinds.PAYMENT_UNREACHABLE,
    NothingToPay: kinds.NOTHING_TO_PAY,
    # What the frameworks say.
    exceptions.ParseError: kinds.MALFORMED,
    exceptions.ValidationError: kinds.INVALID,
    exceptions.NotAuthenticated: kinds.SIGN_IN,
    exceptions.AuthenticationFailed: kinds.SIGN_IN,
    exceptions.PermissionDenied: kinds.NOT_ALLOWED,
    PermissionDenied: kinds.NOT_ALLOWED,
    exceptions.NotFound: kinds.NOT_FOUND,
    Http404: kinds.NOT_FOUND,
    exceptions.MethodNotAllowed: kinds.METHOD,
    exceptions.NotAcceptable: kinds.NOT_ACCEPTABLE,
    exceptions.UnsupportedMediaType: kinds.MEDIA_TYPE,
    exceptions.Throttled: kinds.TOO_MANY,
    RequestDataTooBig: kinds.TOO_LARGE,
    SuspiciousOperation: kinds.MALFORMED,
    MultiPartParserError: kinds.MALFORMED,
    UnreadablePostError: kinds.MALFORMED,
    # What the database says when it is away.
    OperationalError: kinds.UNAVAILABLE,
    InterfaceError: kinds.UNAVAILABLE,
    PoolTimeout: kinds.UNAVAILABLE,
}


class Problem(Exception):
    """A refusal with more to say than its kind: the fields that are wrong, the nearest free times."""

    def __init__(self, kind: Kind, *, detail: Text | None = None, **more: Any) -> None:
        super().__init__(kind.slug)
        self.kind = kind
        self.detail = detail
        self.more = more


def exception_handler(error: Exception, context: dict[str, Any]) -> Response:
    """What the REST framework calls when a view raises. Nothing leaves this door in another shape."""
    kind = kind_of(error)
    if kind is None:
        return _unexpected(error, context)
    if kind is kinds.UNAVAILABLE:
        logger.warning("Not answered: %s", type(error).__name__)
    return answer_to(error, kind)


def kind_of(error: Exception) -> Kind | None:
    """Which refusal this is; nothing for a mistake of our own."""
    if isinstance(error, Problem):
        return error.kind
    return next((KIND_OF[one] for one in type(error).__mro__ if one in KIND_OF), None)


def answer_to(error: Exception, kind: Kind) -> Response:
    if isinstance(error, Problem):
        return _answer(kind, detail=error.detail, **error.more)
    more: dict[str, Any] = {}
    if isinstance(error, exceptions.ValidationError):
        more["errors"] = list(field_errors(error.detail))
    return _answer(kind, headers=_headers(error, kind), **more)


def field_errors(
    detail: Any, *, within: tuple[str, ...] = (), parameter: bool = False
) -> Iterator[dict[str, str]]:
    """One entry for each thing wrong, by JSON Pointer into the body or by the parameter's name."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            deeper = within if name == "non_field_errors" else (*within, str(name))
            yield from field_errors(inner, within=deeper, parameter=parameter)
    elif isinstance(detail, list):
        for inner in detail:
            yield from field_errors(inner, within=within, parameter=parameter)
    elif parameter:
        yield {"parameter": "/".join(within), "detail": str(detail)}
    else:
        steps = (step.replace("~", "~0").replace("/", "~1") for step in within)
        yield {"pointer": "".join(f"/{step}" for step in steps), "detail": str(detail)}


def _answer(
    kind: Kind, *, detail: Text | None = None, headers: dict[str, str] | None = None, **more: Any
) -> Response:
    body = {
        "type": kind.type,
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(detail or kind.detail),
        **more,
    }
    return Response(body, status=kind.status, headers=headers, content_type=MEDIA_TYPE)


def _headers(error: Exception, kind: Kind) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = str(challenge)
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(wait)
    elif kind in (kinds.KEY_IN_USE, kinds.PAYMENT_UNREACHABLE, kinds.UNAVAILABLE):
        headers["Retry-After"] = "2"
    return headers


def _unexpected(error: Exception, context: dict[str, Any]) -> Response:
    """A mistake of ours: told to the log and to whoever listens, as by Django, and said as a problem."""
    request = context["request"]
    logger.error("Unexpected", exc_info=error)
    got_request_exception.send(sender=type(context["view"]), request=getattr(request, "_request", request))
    return _answer(kinds.UNEXPECTED)
