"""Django application `trade`."""

from django.apps import AppConfig


class TradeConfig(AppConfig):
    """Trade (交易): the process that joins the links."""

    name = "bolanggu.trade"
    label = "trade"
