"""Django application `ledger`."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger (分类账): double entry in integer minor units, append-only, two-phase, idempotent."""

    name = "bolanggu.platform.ledger"
    label = "ledger"
