"""Start Django for a command that needs the database, and bring a fresh home up to date."""

from __future__ import annotations

import os

from bolanggu.interfaces.cli.output import bad_input


def start() -> None:
    """Configure Django, make and migrate the database; a fresh home needs no other command first.

    A database that cannot be reached ends the command with 1 and one line.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolanggu.settings")
    import django

    django.setup()
    from bolanggu.platform.first_use import bring_up_to_date

    with bad_input():
        bring_up_to_date()
