"""What must never be true of a running site. Django's checks run these; so do wsgi.py and celery.py."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured

LIVE_KEYS = ("sk_live_", "rk_live_")
STRIPE_HOST = "api.stripe.com"
PRINTED = "django.core.mail.backends.console.EmailBackend"


@register(Tags.security)
def a_live_key_goes_to_stripe_only(app_configs: Any, **kwargs: Any) -> list[Error]:
    base = urlsplit(settings.STRIPE_API_BASE)
    is_stripe = not settings.STRIPE_API_BASE or (base.scheme == "https" and base.netloc == STRIPE_HOST)
    if settings.STRIPE_SECRET_KEY.startswith(LIVE_KEYS) and not is_stripe:
        return [
            Error(
                "STRIPE_SECRET_KEY is a live key, but STRIPE_API_BASE is not Stripe.",
                hint="Empty STRIPE_API_BASE, or use a test key.",
                id="oakmont.E001",
            )
        ]
    return []


@register(Tags.security)
def a_public_site_has_its_own_secret(app_configs: Any, **kwargs: Any) -> list[Error]:
    is_public = set(settings.ALLOWED_HOSTS) - {*settings.LOCAL_HOSTS, "testserver"}
    if is_public and settings.SECRET_KEY == settings.DEVELOPMENT_SECRET_KEY:
        return [
            Error(
                "SECRET_KEY is the development key, which everybody knows.",
                hint="Set SECRET_KEY to 50 random characters or more.",
                id="oakmont.E002",
            )
        ]
    return []


@register(Tags.security)
def a_public_site_is_no_demonstration(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.DEMO and settings.SITE_HOST not in ("localhost", "127.0.0.1"):
        return [
            Error(
                "DEMO shows every message to everybody, and SITE_URL is not on localhost.",
                hint="Unset DEMO.",
                id="oakmont.E003",
            )
        ]
    return []


@register(Tags.security)
def a_hold_outlives_the_payment_page(app_configs: Any, **kwargs: Any) -> list[Error]:
    if not 30 < settings.CHECKOUT_MINUTES < settings.PAYING_HOLD_MINUTES:
        return [
            Error(
                "CHECKOUT_MINUTES must be above 30 (Stripe's least) and below PAYING_HOLD_MINUTES.",
                hint="A time is never freed while somebody could still pay for it.",
                id="oakmont.E004",
            )
        ]
    return []


@register(Tags.security)
def a_public_site_sends_its_mail(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.SITE_IS_HTTPS and settings.EMAIL_BACKEND == PRINTED:
        return [
            Error(
                "EMAIL_URL prints every letter into the log, codes and secret links too, and sends none.",
                hint="Set EMAIL_URL to your mail server, like smtp+tls://user:password@host:587.",
                id="oakmont.E005",
            )
        ]
    return []


@register(Tags.security)
def what_stripe_tells_can_be_verified(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.STRIPE_SECRET_KEY and not settings.STRIPE_WEBHOOK_SECRET:
        return [
            Error(
                "STRIPE_SECRET_KEY is set without STRIPE_WEBHOOK_SECRET, so every webhook is refused.",
                hint="Set STRIPE_WEBHOOK_SECRET to the signing secret of the endpoint at Stripe.",
                id="oakmont.E006",
            )
        ]
    return []


def refuse_unsafe_settings() -> None:
    """Stop a web or worker process that was configured dangerously: servers do not run Django's checks."""
    errors = [error for error in run_checks(tags=[Tags.security]) if error.is_serious()]
    if errors:
        raise ImproperlyConfigured("\n".join(str(error) for error in errors))
