from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The assembled site: no models, only checks that its settings are safe."""

    name = "config"
    label = "site_config"

    def ready(self) -> None:
        from config import checks  # noqa: F401
