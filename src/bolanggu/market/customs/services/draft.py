"""Draft declarations (制单) for a loaded shipment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from bolanggu.lexicon.hs_terms.nomenclature import subheadings
from bolanggu.market.customs.consignment import Buyer, Cluster, Operator
from bolanggu.market.customs.filings import export_lists
from bolanggu.market.customs.loaded import LoadedGoods, Rates, Shipment
from bolanggu.market.customs.models import Declaration
from bolanggu.market.customs.planning import Ground, plan
from bolanggu.market.customs.selectors import current, history
from bolanggu.market.customs.services.storing import enter, store
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires

_STEPS = (Declaration.State.FILED, Declaration.State.REGISTERED, Declaration.State.LOADED)
#: How far back and forth earlier declarations are read; wider than the window of any rule.
_HISTORY = timedelta(days=30)


class NothingLoaded(ValueError):
    """A shipment without goods has no declaration."""

    code = "nothing_loaded"


@requires("declaration", "draft")
@transaction.atomic
def draft(
    *,
    by: Actor,
    at: datetime,
    shipment: Shipment,
    goods: Sequence[LoadedGoods],
    operator: Operator,
    buyer: Buyer,
    cluster: Cluster,
    rates: Rates,
) -> list[Declaration]:
    """Draft the declarations of a shipment: every piece in exactly one, each checked on the day of ``at``.

    Goods that 1039 excludes, and whole goods above its cap, are drafted by general trade (0110) with a note that says
    why; nothing is divided to get under the cap. The same trade again returns the declarations that stand.

    Raises
    ------
    NothingLoaded
        There are no goods.
    RateMissing
        A currency has no rate in ``rates``.
    """
    standing = current(shipment.trade)
    if standing:
        return standing
    if not goods:
        raise NothingLoaded(f"trade {shipment.trade} has no loaded goods; load a container first")
    ground = Ground(at, shipment, operator, buyer, cluster, rates, export_lists(), subheadings())
    planned = plan(ground, goods, history(operator.uscc or "", at - _HISTORY, at + _HISTORY))
    made = store(planned, shipment.trade, rates, version=_next_version(shipment.trade), by=by, at=at)
    for state, since in zip(_STEPS, (shipment.registered_at, shipment.registered_at, shipment.loaded_at), strict=True):
        enter(made, state, by=by, at=since)
    outbox.write_many([outbox.Notice("declaration.drafted", one.number, _payload(one)) for one in made], at=at, by=by)
    return made


def _next_version(trade: str) -> int:
    """1, or one more than the last version that was withdrawn."""
    last = Declaration.objects.filter(trade=trade).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def _payload(one: Declaration) -> dict[str, object]:
    return {"trade": one.trade, "mode": one.mode, "verdict": one.verdict, "value_cents": one.value_cents}
