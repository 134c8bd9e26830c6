"""Django application `blueprint`."""

from django.apps import AppConfig


class BlueprintConfig(AppConfig):
    """Blueprint (一张蓝图): the plan as a tree, its figures with their sources, and how far it has come."""

    name = "bolanggu.blueprint"
    label = "blueprint"
