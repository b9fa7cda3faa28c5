"""One PostgreSQL and one Valkey per run of pytest, shared by its workers, gone when it ends however it ends.

Addresses are chosen before the servers exist, so the settings can be read first and the servers are only
started by the first test that needs one. Tests of the rules never pay for them.
"""

import fcntl
import os
from functools import cache
from pathlib import Path

from config.demo.postgres import FORGETFUL, Postgres
from config.demo.processes import Family, temporary_folder
from config.demo.valkey import Valkey

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
WORKER_NUMBER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def run_folder() -> Path:
    """This run's own folder: made by the first process, told to its workers by the environment."""
    if "OAKMONT_TEST_RUN" not in os.environ or not IS_WORKER:
        os.environ["OAKMONT_TEST_RUN"] = str(temporary_folder("test"))
    return Path(os.environ["OAKMONT_TEST_RUN"])


RUN = run_folder()
NO_STATIC_FILES = RUN / "static"
NO_STATIC_FILES.mkdir(exist_ok=True)
family = Family(RUN / "processes", remove=[RUN])
if not IS_WORKER:
    family.watch()
postgres = Postgres(home=RUN / "postgres", sockets=RUN / "sockets")
valkey = Valkey(home=RUN / "valkey", sockets=RUN / "sockets")

ENVIRONMENT = {
    "DATABASE_URL": postgres.url("oakmont"),
    "DATABASE_POOL_SIZE": "0",
    "REDIS_URL": valkey.url(WORKER_NUMBER),
    "STATIC_ROOT": str(NO_STATIC_FILES),
    "SECRET_KEY": "tests-" + "oakmont" * 8,
    "SITE_URL": "http://localhost:8000",
    "LOG_LEVEL": "WARNING",
    "LOG_JSON": "false",
    "DEBUG": "false",
    "DEMO": "false",
    "STRIPE_SECRET_KEY": "sk_test_oakmont",
    "STRIPE_WEBHOOK_SECRET": "whsec_oakmont_tests",
    "DJANGO_SETTINGS_MODULE": "config.settings",
    # Playwright keeps an event loop in the thread of the test, where Django would refuse the database.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}


@cache
def start() -> None:
    """Start both servers, unless another worker of this run has."""
    with (RUN / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        started = RUN / "started"
        if not started.exists():
            postgres.start(family, settings=FORGETFUL)
            valkey.start(family)
            started.touch()
