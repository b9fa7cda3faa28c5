"""What every test may ask for. The servers behind it are in tests/services.py."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests import services

os.environ.update(services.ENVIRONMENT)

import pytest
import stripe
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import TransactionTestCase
from pytest_django import Settings

from booking.gateways.stripe import StripeGateway, gateway_from_settings
from config.celery import app
from config.demo.stripe import StandIn
from tests.browser import browser as browser
from tests.emptying import empty_tables
from tests.mailbox import Mailbox


def pytest_configure(config: pytest.Config) -> None:
    # Passwords in tests are no secrets, and static files need no names made of their content.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    # A worker inherits the environment of the whole run, and may have read its settings from that.
    django_settings.REDIS_URL = django_settings.CACHES["default"]["LOCATION"] = services.ENVIRONMENT[
        "REDIS_URL"
    ]
    app.conf.broker_url = services.valkey.broker_url(services.WORKER_NUMBER)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not services.IS_WORKER:
        services.family.end()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The database of this worker is about to be made: start the servers."""
    services.start()


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_quickly() -> Iterator[None]:
    """After the tests that commit: only rows are taken away, in a twentieth of the time of Django's flush."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _self: empty_tables())
        yield


@pytest.fixture(autouse=True)
def _an_empty_cache() -> Iterator[None]:
    """What one test counted (sign-ins, holds) must not slow down the next."""
    yield
    if services.start.cache_info().currsize:
        cache.clear()


@pytest.fixture(scope="session")
def valkey_url() -> str:
    """The address of a running Valkey, each worker its own database."""
    services.start()
    return services.ENVIRONMENT["REDIS_URL"]


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The address of this worker's test database, for processes that a test starts."""
    return services.postgres.url(django_settings.DATABASES["default"]["NAME"])


@pytest.fixture
def process_env(database_url: str, valkey_url: str) -> dict[str, str]:
    """The environment of a process that a test starts and that shares its database and its Valkey."""
    return {**os.environ, **services.ENVIRONMENT, "DATABASE_URL": database_url, "REDIS_URL": valkey_url}


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """Static files as production has them: compressed, and named after their content."""
    folder = tmp_path_factory.mktemp("static")
    env = {**os.environ, **services.ENVIRONMENT, "STATIC_ROOT": str(folder)}
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(command, cwd=project, env=env, check=True)
    return folder


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """A real SMTP server on this machine; Django's mail goes there."""
    with Mailbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = box.host, box.port
        yield box


@pytest.fixture
def stand_in(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A running stand-in for Stripe that sends no webhooks by itself; the site's settings point to it."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)  # retries need not wait in a test
    with StandIn(webhook_secret=settings.STRIPE_WEBHOOK_SECRET) as running:
        settings.STRIPE_SECRET_KEY = running.key
        settings.STRIPE_API_BASE = running.base_address
        yield running


@pytest.fixture
def gateway(stand_in: StandIn) -> StripeGateway:
    """The product's own gateway, with the real SDK, connected to the stand-in."""
    return gateway_from_settings()


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parent.parent
