"""Django application `changes`."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """Changes (变更): what goes wrong in a trade, and what is made again after it."""

    name = "bolanggu.trade.changes"
    label = "changes"
