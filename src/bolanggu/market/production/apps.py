"""Django application `production`."""

from django.apps import AppConfig


class ProductionConfig(AppConfig):
    """Production (生产): tasks gated by the deposit, promised and actual dates both kept."""

    name = "bolanggu.market.production"
    label = "production"
