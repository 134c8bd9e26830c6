"""Django application `settlement`."""

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    """Settlement (结算): one buyer pays many merchants, in parts and in other currencies, and no cent is lost."""

    name = "bolanggu.market.settlement"
    label = "settlement"
