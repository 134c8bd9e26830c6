"""Django application `customs`."""

from django.apps import AppConfig


class CustomsConfig(AppConfig):
    """Customs (报关): declarations, their items, and the order lines behind each item."""

    name = "bolanggu.market.customs"
    label = "customs"
