"""Django application `inquiries`."""

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    """Inquiries (询盘): a buyer's list, what was found for it, and the quotes."""

    name = "bolanggu.market.inquiries"
    label = "inquiries"
