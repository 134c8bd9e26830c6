"""Django application `tracking`."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Tracking (跟踪): milestones and events of cartons and containers."""

    name = "bolanggu.market.tracking"
    label = "tracking"
