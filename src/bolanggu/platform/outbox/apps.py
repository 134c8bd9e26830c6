"""Django application `outbox`."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Outbox (事件箱): notice of deeds, written in the same transaction, read by name and position."""

    name = "bolanggu.platform.outbox"
    label = "outbox"
