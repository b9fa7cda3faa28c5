"""Celery’s door: what beat or the doorbell asks for. Reads the clock, chooses suppliers, calls one action."""

from datetime import timedelta
from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from booking.actions import holds, idempotency
from booking.actions.clinical import screening
from booking.actions.messages import delivery
from booking.actions.payments import reconciling
from booking.gateways import doorbell
from booking.gateways.mail import Mailer
from booking.gateways.stripe import Unreachable, gateway_from_settings


@shared_task
def deliver_due_messages() -> None:
    delivery.deliver_due(clock=timezone.now, mailer=Mailer())


@shared_task
def lapse_overdue_holds() -> None:
    holds.lapse_overdue_holds(now=timezone.now())


@shared_task
def forget_old_answers() -> None:
    idempotency.forget_old_answers(now=timezone.now())


@shared_task
def forget_unbooked_screenings() -> None:
    screening.forget_unbooked_screenings(now=timezone.now())


@shared_task
def forget_old_sessions() -> None:
    """Django leaves a session where it lies when it expires, with the name and the telephone number in it."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@shared_task
def settle_payments() -> None:
    """What was paid is confirmed here, so there may be letters to send."""
    if settings.STRIPE_SECRET_KEY:
        reconciling.settle_due(gateway=gateway_from_settings(), now=timezone.now())
        doorbell.ring()


@shared_task(autoretry_for=[Unreachable], retry_backoff=True, max_retries=3)
def reconcile_payments(hours: int) -> None:
    if settings.STRIPE_SECRET_KEY:
        now = timezone.now()
        reconciling.reconcile(gateway=gateway_from_settings(), since=now - timedelta(hours=hours), now=now)
