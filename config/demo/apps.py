from django.apps import AppConfig


class DemoConfig(AppConfig):
    """What only the demonstration has: its clinic, and a page that shows every message."""

    name = "config.demo"
    label = "demo"
