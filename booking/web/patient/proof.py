"""Proof of an e-mail address: the one moment at which a patient gets a sign-in.

The code goes out by allauth's own login-by-code flow, so its limits, its time and its attempts are allauth's.
A sign-in without a password is made first where there is none, and the page looks the same either way: nobody
learns here whether an address has an account. Without the code the sign-in stays empty and opens nothing.
"""

import logging
from smtplib import SMTPException

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import filter_users_by_email, setup_user_email
from allauth.core.ratelimit import consume
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts.models import User

logger = logging.getLogger(__name__)


def send_code(request: HttpRequest, *, email: str) -> bool:
    """Whether a code is on its way. Not when too many were asked for, or the mail server is away."""
    if not consume(request, action="request_login_code", key=email.lower()):
        return False
    try:
        LoginCodeVerificationProcess.initiate(request=request, user=_user_with(request, email), email=email)
    except (SMTPException, OSError) as error:
        logger.warning("A sign-in code could not be sent: %s", type(error).__name__)
        return False
    # allauth would say so on whichever page comes next; this page says it itself.
    list(get_messages(request))
    return True


def awaits_code(request: HttpRequest) -> bool:
    """Whether a code typed now would still be looked at."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return stage is not None and LoginCodeVerificationProcess.resume(stage) is not None


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
