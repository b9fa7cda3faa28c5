from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """What the clinic offers."""

    name = "catalogue"
    verbose_name = "Catalogue"
