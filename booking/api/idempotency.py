"""The Idempotency-Key header: the same request sent twice is carried out once and answered twice.

A key belongs to one caller and one address: a signed-in user, the holder of one booking's token, or
everybody else. Those others can't be told apart (a telephone changes its network between two tries), so a
key has to be long enough that nobody else chooses it: 16 characters at least, best a UUID. Only its hash
is stored.

What is remembered, for a day, is what the booking decided: yes, or no because the time is taken, the hold
is gone and the like. A request refused for its form, or that failed on our side, leaves its key free.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from booking.actions import idempotency as answers
from booking.api import kinds, problems
from booking.api.problems import Problem

HEADER = "Idempotency-Key"
KEY = re.compile(r"[!-~]{16,255}")
DECIDED_NO = frozenset({409, 410})

Rest = Callable[[], Response]
"""What is left to do once the transaction is over: asking the payment supplier, say."""
Work = Callable[[], Response | Rest]


def once(request: Request, *, now: datetime, work: Work) -> Response:
    """Do the work, or repeat what was answered when this key first came.

    With a key the work runs in the transaction that keeps its answer. Work that has to leave the transaction
    returns the rest of itself; should we die before the rest is done, the same key does all of it again.
    """
    key = _key(request)
    if key is None:
        done = work()
        return done if isinstance(done, Response) else done()
    claimed = answers.claim(key=key, fingerprint=_fingerprint(request), now=now)
    if isinstance(claimed, answers.Answer):
        return _repeated(claimed)
    try:
        return _work_and_keep(work, claimed)
    except Exception as error:
        kind = problems.kind_of(error)
        if kind is None or kind.status not in DECIDED_NO or kind is kinds.KEY_IN_USE:
            answers.let_go(claim=claimed)
            raise
        refusal = problems.answer_to(error, kind)
        answers.keep(claim=claimed, answer=_plain(refusal))
        return refusal


def _work_and_keep(work: Work, claimed: answers.Claim) -> Response:
    with transaction.atomic():
        done = work()
        if isinstance(done, Response):
            answers.keep(claim=claimed, answer=_plain(done))
            return done
    response = done()
    answers.keep(claim=claimed, answer=_plain(response))
    return response


def _key(request: Request) -> str | None:
    """The hash under which this caller's key is kept; nothing when no key was sent."""
    given = request.headers.get(HEADER)
    if given is None:
        return None
    if not KEY.fullmatch(given):
        detail = _("Idempotency-Key has 16 to 255 visible characters without spaces, best a UUID.")
        raise Problem(kinds.INVALID, errors=[{"header": HEADER, "detail": str(detail)}])
    return _hash(_caller(request), request.method or "", request.path, given)


def _caller(request: Request) -> str:
    if isinstance(request.auth, UUID):
        return f"token {request.auth}"
    return f"user {request.user.pk}" if request.user.is_authenticated else "anybody"


def _fingerprint(request: Request) -> str:
    return _hash(json.dumps(request.data, sort_keys=True))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _plain(response: Response) -> answers.Answer:
    body = json.loads(JSONRenderer().render(response.data))
    return answers.Answer(status=response.status_code, body=body)


def _repeated(answer: answers.Answer) -> Response:
    return Response(
        answer.body,
        status=answer.status,
        headers={"Idempotent-Replayed": "true"},
        content_type=problems.MEDIA_TYPE if answer.status >= 400 else None,
    )
