"""The settings, their table in the README, and what production is refused."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from config.checks import PRINTED, refuse_unsafe_settings
from config.settings import DEVELOPMENT_SECRET_KEY

PRODUCTION = {
    "SITE_URL": "https://booking.example.com",
    "SECRET_KEY": "k7Vn3pQz8RwX2mLt9YbHs4JdFc6GaUeN5oWiKxTrCvMhPqZy1u",
    "DATABASE_URL": "postgres://oakmont:secret@postgres/oakmont",
    "REDIS_URL": "redis://redis:6379/0",
    "TRUSTED_PROXIES": "1",
    "EMAIL_URL": "smtp+tls://user:password@smtp.example.com:587",
    "STRIPE_SECRET_KEY": "sk_live_0123456789",
    "STRIPE_WEBHOOK_SECRET": "whsec_0123456789",
}


def variables_read(project: Path) -> dict[str, object]:
    """Every variable that the settings read, with its default (None where it is computed)."""
    tree = ast.parse((project / "config" / "settings.py").read_text())
    read = {}
    for call in ast.walk(tree):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "env"
        ):
            name = ast.literal_eval(call.args[0])
            default = next((keyword.value for keyword in call.keywords if keyword.arg == "default"), None)
            try:
                read[name] = ast.literal_eval(default) if default else None
            except ValueError:
                read[name] = None
    return read


def table_rows(project: Path) -> dict[str, str]:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) ?\|", (project / "README.md").read_text(), re.MULTILINE)
    return dict(rows)


def manage(project: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=project,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_readme_lists_exactly_the_variables_that_are_read(project: Path) -> None:
    assert set(table_rows(project)) == set(variables_read(project))


def test_the_readme_gives_the_true_defaults(project: Path) -> None:
    table = table_rows(project)
    for name, default in variables_read(project).items():
        if isinstance(default, list):
            default = ",".join(map(str, default))
        if default is not None:
            assert table[name] == (f"`{default}`" if default != "" else ""), name


def test_compose_gives_the_site_only_variables_that_it_reads(project: Path) -> None:
    services = yaml.safe_load((project / "docker-compose.yml").read_text())["services"]
    ours = [service for service in services.values() if service["image"] == "oakmont"]
    given = {name for service in ours for name in service["environment"]}
    assert given
    assert given <= set(variables_read(project))


def test_the_example_environment_names_only_variables_that_are_read(project: Path) -> None:
    named = re.findall(r"^(\w+)=", (project / ".env.example").read_text(), re.MULTILINE)
    assert set(named) - {"POSTGRES_PASSWORD"} <= set(variables_read(project))


def test_production_passes_the_deployment_checks_without_a_warning(project: Path) -> None:
    checked = manage(project, "check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("wrong", "identifier"),
    [
        ({"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_API_BASE": "http://127.0.0.1:8010"}, "oakmont.E001"),
        (
            {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_API_BASE": "https://api.stripe.com.example"},
            "oakmont.E001",
        ),
        ({"STRIPE_SECRET_KEY": "rk_live_1", "STRIPE_API_BASE": "http://api.stripe.com"}, "oakmont.E001"),
        ({"SECRET_KEY": DEVELOPMENT_SECRET_KEY, "ALLOWED_HOSTS": ["booking.example.com"]}, "oakmont.E002"),
        ({"SECRET_KEY": DEVELOPMENT_SECRET_KEY, "ALLOWED_HOSTS": ["*"]}, "oakmont.E002"),
        ({"DEMO": True, "SITE_HOST": "booking.example.com"}, "oakmont.E003"),
        ({"CHECKOUT_MINUTES": 31, "PAYING_HOLD_MINUTES": 31}, "oakmont.E004"),
        ({"CHECKOUT_MINUTES": 30}, "oakmont.E004"),
        ({"SITE_IS_HTTPS": True, "EMAIL_BACKEND": PRINTED}, "oakmont.E005"),
        ({"STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_WEBHOOK_SECRET": ""}, "oakmont.E006"),
    ],
)
def test_a_dangerous_setting_is_refused(
    settings: Settings, wrong: dict[str, object], identifier: str
) -> None:
    for name, value in wrong.items():
        setattr(settings, name, value)
    with pytest.raises(ImproperlyConfigured, match=identifier):
        refuse_unsafe_settings()


@pytest.mark.parametrize(
    "right",
    [
        {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_API_BASE": ""},
        {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_API_BASE": "https://api.stripe.com"},
        {"STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_API_BASE": "http://127.0.0.1:8010"},
        {"SECRET_KEY": DEVELOPMENT_SECRET_KEY, "ALLOWED_HOSTS": ["localhost", "127.0.0.1"]},
        {"DEMO": True, "SITE_HOST": "localhost"},
        {"SITE_IS_HTTPS": False, "EMAIL_BACKEND": PRINTED},
        {"SITE_IS_HTTPS": True, "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"},
        {"STRIPE_SECRET_KEY": "", "STRIPE_WEBHOOK_SECRET": ""},
    ],
)
def test_a_harmless_setting_is_accepted(settings: Settings, right: dict[str, object]) -> None:
    for name, value in right.items():
        setattr(settings, name, value)
    refuse_unsafe_settings()


def test_the_web_process_does_not_start_with_a_dangerous_setting(project: Path) -> None:
    environment = {**PRODUCTION, "STRIPE_API_BASE": "http://127.0.0.1:8010", "PATH": os.environ["PATH"]}
    started = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "oakmont.E001" in started.stderr


def test_a_developer_machine_needs_no_setting_at_all(project: Path) -> None:
    assert manage(project, "check").returncode == 0


def test_what_is_logged_is_json(project: Path) -> None:
    script = "import django; django.setup(); import logging; logging.getLogger('x').info('done')"
    logged = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project,
        env={**PRODUCTION, "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(logged.stderr)["message"] == "done"
