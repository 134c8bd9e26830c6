"""Django application `warehousing`."""

from django.apps import AppConfig


class WarehousingConfig(AppConfig):
    """Warehousing (仓储): receipts and cartons, counted and measured."""

    name = "bolanggu.market.warehousing"
    label = "warehousing"
