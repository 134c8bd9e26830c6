"""Django application `market_index`."""

from django.apps import AppConfig


class MarketIndexConfig(AppConfig):
    """Market index (市场指数): observed lines and the index points they make."""

    name = "bolanggu.analytics.market_index"
    label = "market_index"
