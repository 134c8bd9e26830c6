"""Keep why lines wait when an agent decides that they do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.consolidation.models import LineChoice
from bolanggu.market.consolidation.services.open_shipment import choice_rows
from bolanggu.market.consolidation.values import Reasoned
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("pool", "plan")
@transaction.atomic
def note_waits(*, by: Actor, at: datetime, choices: Sequence[Reasoned]) -> int:
    """Keep the reasons of one decision; those noted for the same moment stay as they are. Returns how many are new."""
    noted = set(
        LineChoice.objects.filter(
            shipment=None, stated_at=at, trade__in={choice.trade for choice in choices}
        ).values_list("line", flat=True)
    )
    fresh = [choice for choice in choices if choice.line not in noted]
    LineChoice.objects.bulk_create(choice_rows(None, fresh, by=by, at=at), batch_size=500)
    waits = sorted({choice.trade for choice in fresh})
    outbox.write_many([outbox.Notice("pool.waits", trade) for trade in waits], at=at, by=by)
    return len(fresh)
