"""Amend a declaration (修改): a new version; the old one stays, superseded, with its edges out of the walks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from bolanggu.lexicon.hs_terms.nomenclature import subheadings
from bolanggu.market.customs.consignment import Buyer, Cluster, Operator
from bolanggu.market.customs.filings import export_lists
from bolanggu.market.customs.loaded import LoadedGoods, Rates, Shipment
from bolanggu.market.customs.models import Declaration
from bolanggu.market.customs.planning import Ground, replan
from bolanggu.market.customs.selectors import history
from bolanggu.market.customs.services.storing import enter, store
from bolanggu.market.customs.workflow import WrongState
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage.edges import supersede

_OPEN = (Declaration.State.LOADED, Declaration.State.DECLARED, Declaration.State.INSPECTING)
_HISTORY = timedelta(days=30)


class CapExceeded(ValueError):
    """Corrected goods no longer fit under the cap of one declaration."""

    code = "cap_exceeded"


@requires("declaration", "amend")
@transaction.atomic
def amend(
    *,
    by: Actor,
    at: datetime,
    number: str,
    reason: str,
    shipment: Shipment,
    goods: Sequence[LoadedGoods],
    operator: Operator,
    buyer: Buyer,
    cluster: Cluster,
    rates: Rates,
) -> Declaration:
    """Replace a declaration by a new version with corrected goods; it goes back to ``loaded`` and is sent again.

    Raises
    ------
    WrongState
        The declaration is released or later.
    CapExceeded
        A 1039 declaration would exceed the cap; move whole goods to another mode first.
    """
    old = Declaration.objects.select_for_update().get(number=number, superseded=False)
    if old.state not in _OPEN:
        raise WrongState(f"declaration {number} is {old.state}; only one that is not yet released can be amended")
    ground = Ground(at, shipment, operator, buyer, cluster, rates, export_lists(), subheadings())
    past = [one for one in history(operator.uscc or "", at - _HISTORY, at + _HISTORY) if one.id != number]
    planned = replan(ground, number, old.mode, goods, past)
    if any(finding.rule.id == "MP-002" for finding in planned.check.findings):
        raise CapExceeded(f"declaration {number} would exceed the cap; move whole goods to another mode first")
    _supersede(old)
    made = store([planned], old.trade, rates, version=old.version + 1, by=by, at=at)[0]
    enter([made], made.state, by=by, at=at, note=reason[:500])
    payload = {"version": made.version, "reason": reason, "verdict": made.verdict}
    outbox.write(kind="declaration.amended", subject=number, at=at, by=by, payload=payload)
    return made


def _supersede(old: Declaration) -> None:
    old.superseded = True
    old.save(update_fields=["superseded"])
    supersede(to_kind="customs_item", to_ids=list(old.items.values_list("number", flat=True)))
    name = old.number if old.version == 1 else f"{old.number}.v{old.version}"
    supersede(to_kind="declaration", to_ids=[name])
