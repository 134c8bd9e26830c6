"""Django application `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages (网页): one folder a noun."""

    name = "bolanggu.interfaces.web"
    label = "web"
