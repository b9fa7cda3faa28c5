"""Proof of an e-mail address: the one moment at which a patient gets a sign-in.

The code goes out by allauth's own login-by-code flow, so its limits, its time and its attempts are allauth's.
A sign-in without a password is made first where there is none, and the page looks the same either way: nobody
learns here whether an address has an account. Without the code the sign-in stays empty and opens nothing.
"""

import logging
from smtplib import SMTPException

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import filter_users_by_email, setup_user_email
from allauth.core.ratelimit import consume
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from accounts.models import User

logger = logging.getLogger(__name__)


class WrongCode(Exception):
    """Not the code that was sent. It may be tried again."""


class CodeGone(Exception):
    """No code is waited for: it was sent too long ago, or one wrong code too many was tried."""


def send_code(request: HttpRequest, *, email: str) -> bool:
    """Whether a code is on its way. Not when too many were asked for, or the mail server is away."""
    if not consume(request, action="request_login_code", key=email.lower()):
        return False
    try:
        if (waiting := _waiting(request)) is not None and waiting.can_resend:
            waiting.resend()
        else:
            LoginCodeVerificationProcess.initiate(
                request=request, user=_user_with(request, email), email=email
            )
    except (SMTPException, OSError) as error:
        logger.warning("A sign-in code could not be sent: %s", type(error).__name__)
        return False
    # allauth would say so on whichever page comes next; this page says it itself.
    list(get_messages(request))
    return True


def awaits_code(request: HttpRequest) -> bool:
    """Whether a code typed now would still be looked at."""
    return _waiting(request) is not None


def sign_in(request: HttpRequest, *, code: str, then: str) -> HttpResponse:
    """Go on to `then` with the address proved. Raises WrongCode or CodeGone."""
    waiting = _waiting(request)
    if waiting is None:
        raise CodeGone
    if ConfirmLoginCodeForm({"code": code}, code=waiting.code).is_valid():
        answer: HttpResponse = waiting.finish(then)
        return answer
    raise WrongCode if waiting.record_invalid_attempt() else CodeGone


def _waiting(request: HttpRequest) -> LoginCodeVerificationProcess | None:
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return None if stage is None else LoginCodeVerificationProcess.resume(stage)


def _user_with(request: HttpRequest, email: str) -> User | None:
    """Somebody with this address, made now if need be; nobody when that sign-in has been closed."""
    found = filter_users_by_email(email, is_active=True, prefer_verified=True)
    user = found[0] if found else _new_user(email)
    if user is not None and not EmailAddress.objects.filter(user=user).exists():
        setup_user_email(request, user, [])
    return user


def _new_user(email: str) -> User | None:
    try:
        with transaction.atomic():
            return User.objects.create_user(email)
    except IntegrityError:  # closed, or made by another request a moment ago
        return User.objects.filter(email=email.lower(), is_active=True).first()
