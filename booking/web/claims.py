"""Whoever proves an address finds the visits booked with it, at whichever door they sign in."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User
from booking.actions.patients import claim_patients


@receiver(user_logged_in, dispatch_uid="claim patients on sign-in")
def claim_on_sign_in(user: User, **_: Any) -> None:
    for address in EmailAddress.objects.filter(user=user, verified=True):
        claim_patients(user=user, email=address.email, now=timezone.now())


@receiver(email_confirmed, dispatch_uid="claim patients on proof")
def claim_on_proof(email_address: EmailAddress, **_: Any) -> None:
    claim_patients(user=email_address.user, email=email_address.email, now=timezone.now())
