"""Django application `lineage`."""

from django.apps import AppConfig


class LineageConfig(AppConfig):
    """Lineage (来龙去脉): edges of every split and merge, with pieces, grams and minor units."""

    name = "bolanggu.platform.lineage"
    label = "lineage"
