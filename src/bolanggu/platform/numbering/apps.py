"""Django application `numbering`."""

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    """Numbering (编号): gap-free serials by name."""

    name = "bolanggu.platform.numbering"
    label = "numbering"
