"""Django application `orders`."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Orders (订单): one group a buyer's list, one order a merchant, terms and engagement frozen."""

    name = "bolanggu.market.orders"
    label = "orders"
