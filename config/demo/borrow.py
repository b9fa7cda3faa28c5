"""Run one command with an empty PostgreSQL and a Valkey that are gone afterwards.

python -m config.demo.borrow python manage.py migrate
"""

import os
import subprocess
import sys

from config.demo.postgres import FORGETFUL, Postgres
from config.demo.processes import Family, temporary_folder
from config.demo.valkey import Valkey


def main() -> int:
    folder = temporary_folder("borrow")
    family = Family(folder / "processes", remove=[folder])
    family.watch()
    try:
        postgres = Postgres(home=folder / "postgres", sockets=folder / "sockets")
        valkey = Valkey(home=folder / "valkey", sockets=folder / "sockets")
        postgres.start(family, settings=FORGETFUL)
        valkey.start(family)
        postgres.create_database("oakmont")
        servers = {"DATABASE_URL": postgres.url("oakmont"), "REDIS_URL": valkey.url()}
        return subprocess.run(sys.argv[1:], env={**os.environ, **servers}, check=False).returncode
    finally:
        family.end()


if __name__ == "__main__":
    sys.exit(main())
