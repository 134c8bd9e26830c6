"""Django application `aftersales`."""

from django.apps import AppConfig


class AftersalesConfig(AppConfig):
    """After the sale (售后): claims by line, settled through the ledger."""

    name = "bolanggu.market.aftersales"
    label = "aftersales"
