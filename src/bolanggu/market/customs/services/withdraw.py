"""Withdraw declarations (撤单): goods that have not left are declared anew; the old versions stay, superseded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.customs.models import Declaration
from bolanggu.market.customs.workflow import WrongState
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage.edges import supersede

_BEFORE_LEAVING = (
    Declaration.State.FILED,
    Declaration.State.REGISTERED,
    Declaration.State.LOADED,
    Declaration.State.DECLARED,
    Declaration.State.INSPECTING,
    Declaration.State.RELEASED,
)


@requires("declaration", "withdraw")
@transaction.atomic
def withdraw(*, by: Actor, at: datetime, trade: str, reason: str) -> list[str]:
    """Withdraw the standing declarations of a reference; `draft` drafts the next version. Their numbers.

    The caller sees to it that the goods have not left: a released declaration is withdrawn as 退关 before departure.

    Raises
    ------
    WrongState
        One is settled or later.
    """
    standing = list(Declaration.objects.select_for_update().filter(trade=trade, superseded=False).order_by("number"))
    for one in standing:
        if one.state not in _BEFORE_LEAVING:
            raise WrongState(f"declaration {one.number} is {one.state}; only one before settlement can be withdrawn")
    Declaration.objects.filter(pk__in=[one.pk for one in standing]).update(superseded=True)
    for one in standing:
        supersede(to_kind="customs_item", to_ids=list(one.items.values_list("number", flat=True)))
        supersede(to_kind="declaration", to_ids=[one.number, f"{one.number}.v{one.version}"])
    notices = [
        outbox.Notice("declaration.withdrawn", one.number, {"version": one.version, "reason": reason})
        for one in standing
    ]
    outbox.write_many(notices, at=at, by=by)
    return [one.number for one in standing]
