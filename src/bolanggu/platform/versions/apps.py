"""Django application `versions`."""

from django.apps import AppConfig


class VersionsConfig(AppConfig):
    """Versions (版本): superseded versions of facts, kept."""

    name = "bolanggu.platform.versions"
    label = "versions"
