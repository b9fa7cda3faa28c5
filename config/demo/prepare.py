"""Bring the demonstration's database and static files up to date: `python -m config.demo.prepare`."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    os.environ["DATABASE_POOL_SIZE"] = "0"
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demo_clinic")
    if static_files_changed():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def static_files_changed() -> bool:
    """Whether a built file is newer than what was collected from it."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    collected_at = manifest.stat().st_mtime
    built = (settings.BASE_DIR / "static" / "dist").rglob("*")
    return any(file.stat().st_mtime > collected_at for file in built)


if __name__ == "__main__":
    main()
