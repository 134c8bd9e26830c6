"""Edges to transfers (资金去向): every transfer of a trade leads back to the orders and lines it was for."""

from __future__ import annotations

from typing import Any

from bolanggu.market.settlement import selectors as settlement
from bolanggu.platform import lineage
from bolanggu.platform.lineage import Edge
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.values.money import split


def record_transfers(group: str) -> int:
    """Record edges to the transfers that have none yet: from the order they name, or from all orders of the group.

    A transfer for the whole group (a receipt, a charge, a conversion) is shared over its orders by what each is worth
    to the buyer, to the minor unit. Returns how many transfers were joined.
    """
    moved = {str(each["id"]): each for each in settlement.transfers(group)}
    known = set(
        EdgeRow.objects.filter(to_kind="transfer", to_id__in=list(moved), superseded=False).values_list(
            "to_id", flat=True
        )
    )
    worth = {row.order: row.due_minor for row in settlement.orders_of(settlement.plan_of(group))}
    fresh = [transfer for number, transfer in moved.items() if number not in known]
    lineage.record(edge for transfer in fresh for edge in _edges(transfer, worth))
    return len(fresh)


def _edges(transfer: dict[str, Any], worth: dict[str, int]) -> list[Edge]:
    shares = {transfer["ref"]: 1} if transfer["ref"] in worth else worth
    parts = split(transfer["amount"], list(shares.values()))
    return [
        Edge("money", "order", order, "transfer", str(transfer["id"]), 0, 0, minor, transfer["currency"])
        for order, minor in zip(shares, parts, strict=True)
        if minor
    ]
