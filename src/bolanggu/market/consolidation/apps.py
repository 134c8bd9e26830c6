"""Django application `consolidation`."""

from django.apps import AppConfig


class ConsolidationConfig(AppConfig):
    """Consolidation (拼箱组货): the pool, load plans, equipment and shares."""

    name = "bolanggu.market.consolidation"
    label = "consolidation"
