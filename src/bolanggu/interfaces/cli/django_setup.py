"""Start Django for a command that needs the database, and bring a fresh home up to date."""

from __future__ import annotations

import os


def start() -> None:
    """Configure Django and apply outstanding migrations; a fresh home needs no other command first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolanggu.settings")
    import django

    django.setup()
    from bolanggu.platform.first_use import bring_up_to_date

    bring_up_to_date()
