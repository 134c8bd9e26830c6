"""Django application `journal`."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Journal (流水): one append-only, hash-chained, sealable log for ledger, cases and market events."""

    name = "bolanggu.platform.journal"
    label = "journal"
