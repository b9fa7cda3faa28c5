"""Load the demonstration clinic, once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from config.demo.clinic.load import load


class Command(BaseCommand):
    help = "Load the demonstration clinic into a database that has no clinic yet."

    def handle(self, *args: Any, **options: Any) -> None:
        if load(now=timezone.now()):
            self.stdout.write("The demonstration clinic is loaded.")
        else:
            self.stdout.write("There is a clinic already. Nothing was changed.")
