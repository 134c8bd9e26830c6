"""Django application `goods`."""

from django.apps import AppConfig


class GoodsConfig(AppConfig):
    """Goods (商品): districts, booths, shops and what they sell."""

    name = "bolanggu.market.goods"
    label = "goods"
