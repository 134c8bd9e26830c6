"""Load planned boxes into real containers, seal and weigh them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.consolidation.models import Equipment, LoadPlan, PoolEntry
from bolanggu.market.consolidation.services.states import put
from bolanggu.market.consolidation.values import Waiting
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage import Edge
from bolanggu.platform.numbering.services import take
from bolanggu.values.code import container_number

#: Owner code of simulated containers, not in the BIC register as far as we know; real boxes bring their own number.
SIMULATED_OWNER = "BLG"


@requires("container", "load")
@transaction.atomic
def load(
    *,
    by: Actor,
    at: datetime,
    shipment: str,
    cartons: Sequence[Waiting],
    masses: Mapping[str, tuple[int, int]],
    owner: str,
    free_days: int,
) -> list[Equipment]:
    """Load the planned boxes of a shipment into real equipment, seal and weigh them (VGM method 2, no dunnage).

    Parameters
    ----------
    masses
        Container type → tare and payload of the plate, g.

    Writes the edges carton → share → container, of one currency each.
    """
    plans = list(LoadPlan.objects.select_for_update().filter(shipment=shipment, superseded=False).order_by("number"))
    standing = list(Equipment.objects.filter(plan__in=plans).order_by("plan__number"))
    if standing:
        return standing
    serial = take(f"container:{SIMULATED_OWNER}", len(plans)) if plans else 0
    made = Equipment.objects.bulk_create(
        [
            Equipment(
                number=container_number(SIMULATED_OWNER, serial + position),
                plan=loaded,
                type=loaded.type,
                owner=owner,
                tare_g=masses[loaded.type][0],
                payload_g=masses[loaded.type][1],
                seal=f"BL{serial + position:07d}",
                vgm_g=masses[loaded.type][0] + loaded.gross_g,
                free_days=free_days,
                source=by.source.value,
                stated_at=at,
            )
            for position, loaded in enumerate(plans)
        ]
    )
    of = {carton.sscc: carton for carton in cartons}
    for loaded in plans:
        inside = [of[placed[0]] for placed in loaded.placements]
        lineage.record(_edges(loaded, inside))
        put(PoolEntry.State.LOADED, [carton.sscc for carton in inside], loaded)
    notices = [
        outbox.Notice("box.sealed", e.plan.number, {"equipment": e.number, "seal": e.seal, "vgm_g": e.vgm_g})
        for e in made
    ]
    outbox.write_many(notices, at=at, by=by)
    return made


def _edges(loaded: LoadPlan, inside: Sequence[Waiting]) -> list[Edge]:
    """Carton → share → container: pieces, net grams and minor units add up on both."""
    shares: dict[tuple[str, str], list[Waiting]] = defaultdict(list)
    for carton in inside:
        shares[carton.trade, carton.currency].append(carton)
    several = {trade for trade, _ in shares if sum(1 for of, _ in shares if of == trade) > 1}
    edges = []
    for (trade, currency), cartons in sorted(shares.items()):
        name = share_id(trade, loaded.number, currency if trade in several else "")
        edges += [
            Edge("goods", "carton", c.sscc, "share", name, c.pieces, c.net_g, c.minor, c.currency) for c in cartons
        ]
        pieces, grams, minor = (sum(getattr(c, what) for c in cartons) for what in ("pieces", "net_g", "minor"))
        edges.append(Edge("goods", "share", name, "container", loaded.number, pieces, grams, minor, currency))
    return edges


def share_id(trade: str, box: str, currency: str = "") -> str:
    """Id of what a trade has in a box; a trade that trades in several currencies has a share in each.

    >>> share_id("T1", "S1-B01")
    'T1-S1-B01'
    """
    return f"{trade}-{box}" + (f"-{currency}" if currency else "")
