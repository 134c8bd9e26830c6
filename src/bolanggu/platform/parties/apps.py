"""Django application `parties`."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties (主体): everyone who takes part in a trade, and who does what for whom."""

    name = "bolanggu.platform.parties"
    label = "parties"
