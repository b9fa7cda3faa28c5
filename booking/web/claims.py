"""Whoever proves an address finds the visits booked with it, at whichever door they sign in."""

from typing import Any

from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_logged_in
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from booking.actions.patients import claim_patients
from booking.actions.sign_ins import forget_password


@receiver(user_logged_in, dispatch_uid="claim patients on sign-in")
def claim_on_sign_in(user: User, **_: Any) -> None:
    for address in EmailAddress.objects.filter(user=user, verified=True):
        claim_patients(user=user, email=address.email, now=timezone.now())


@receiver(email_confirmed, dispatch_uid="claim patients on proof")
def claim_on_proof(request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """A first proof also takes away the password of whoever signed up with the address and is not here."""
    user, now = email_address.user, timezone.now()
    is_of_another = _is_first(email_address) and not _typed_the_password(request, user)
    if is_of_another and forget_password(user=user, now=now):
        text = _(
            "A password had been chosen for this address before it was proved. In case it was not you,"
            " it no longer works. You can choose one of your own under “Password”."
        )
        messages.warning(request, text)
    claim_patients(user=user, email=email_address.email, now=now)


def _is_first(address: EmailAddress) -> bool:
    return not EmailAddress.objects.filter(user=address.user, verified=True).exclude(pk=address.pk).exists()


def _typed_the_password(request: HttpRequest, user: User) -> bool:
    """Whether it opened the very sign-in that ends with this proof.

    Only signing up and signing in by password lead to the stage that asks for the proof of an address;
    signing in by code and choosing a new password lead past it.
    """
    if request.user.is_authenticated:
        return bool(request.user.pk == user.pk)
    stage = get_pending_stage(request)
    return (
        stage is not None
        and stage.key == LoginStageKey.VERIFY_EMAIL
        and stage.login.user is not None
        and bool(stage.login.user.pk == user.pk)
    )
