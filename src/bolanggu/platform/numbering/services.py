"""Taking numbers."""

from __future__ import annotations

from django.db import transaction

from bolanggu.platform.numbering.models import Serial


@transaction.atomic
def take(name: str, count: int = 1, *, market: int = 1) -> int:
    """Take ``count`` consecutive numbers of a series and return the first; a rolled back deed takes none."""
    Serial.objects.get_or_create(market=market, name=name)
    row = Serial.objects.select_for_update().get(market=market, name=name)
    first = row.next
    row.next = first + count
    row.save(update_fields=["next"])
    return first
