"""Django application `uploads`."""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """Uploads (来单): purchase lists handed in through pages and endpoints, walked in the background."""

    name = "bolanggu.interfaces.uploads"
    label = "uploads"
