"""States of cartons in the pool, held while an act runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bolanggu.market.consolidation.models import LoadPlan, PoolEntry

_BATCH = 500


class NotWaiting(ValueError):
    """Cartons that are named do not wait any more: somebody else took them, or they never joined the pool."""

    code = "not_waiting"


def held(ssccs: Sequence[str]) -> dict[str, tuple[str, str]]:
    """State and shipment of each carton, held until the transaction ends; one never joined is ``not in the pool``."""
    states = dict.fromkeys(ssccs, ("not in the pool", ""))
    wanted = sorted(states)
    for start in range(0, len(wanted), _BATCH):
        entries = PoolEntry.objects.select_for_update().filter(sscc__in=wanted[start : start + _BATCH]).order_by("sscc")
        states.update({sscc: (state, by) for sscc, state, by in entries.values_list("sscc", "state", "shipment")})
    return states


def need(states: Mapping[str, tuple[str, str]], allowed: Sequence[tuple[str, str]]) -> None:
    """Raise NotWaiting unless each carton is in one of the allowed (state, shipment)."""
    if gone := sorted(sscc for sscc, state in states.items() if state not in allowed):
        state, by = states[gone[0]]
        raise NotWaiting(
            f"{len(gone)} of {len(states)} cartons do not wait, first {gone[0]}, which is {state}"
            f"{f' by {by}' if by else ''}: plan again with what waits now"
        )


def mark(state: str, ssccs: Sequence[str], shipment: str) -> None:
    """Write the state and the shipment of cartons that are in no box."""
    for start in range(0, len(ssccs), _BATCH):
        part = PoolEntry.objects.filter(sscc__in=ssccs[start : start + _BATCH])
        part.update(state=state, shipment=shipment, plan=None)


def put(state: str, ssccs: Sequence[str], plan: LoadPlan) -> None:
    """Write that cartons are planned into a box, or loaded."""
    for start in range(0, len(ssccs), _BATCH):
        part = PoolEntry.objects.filter(sscc__in=ssccs[start : start + _BATCH])
        part.update(state=state, shipment=plan.shipment, plan=plan)
