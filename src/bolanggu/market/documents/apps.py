"""Django application `documents`."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents (单证): every paper issued, with its digest."""

    name = "bolanggu.market.documents"
    label = "documents"
