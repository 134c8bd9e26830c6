"""Send cartons elsewhere (改港): destination and shipping mark change; new labels, old versions kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.warehousing.errors import NotInTheWarehouse
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform import outbox, versions
from bolanggu.platform.accounts.grants import Actor, requires


@requires("carton", "label")
@transaction.atomic
def redirect(*, by: Actor, at: datetime, trade: str, destination: str, mark: str, reason: str) -> int:
    """Redirect all cartons of a trade; returns how many got a new label.

    Raises
    ------
    NotInTheWarehouse
        A carton is loaded.
    """
    here = Carton.objects.select_for_update().filter(trade=trade).exclude(state=Carton.State.WITHDRAWN)
    cartons = list(here.order_by("sscc"))
    for carton in cartons:
        if carton.state not in {Carton.State.SEALED, Carton.State.STAGED}:
            raise NotInTheWarehouse(f"carton {carton.sscc} is {carton.state}; take it back first")
    facts = [(carton.sscc, {"destination": carton.destination, "mark": carton.mark}) for carton in cartons]
    versions.supersede(kind="carton", facts=facts, at=at, by=by, reason=reason)
    for carton in cartons:
        carton.destination, carton.mark, carton.version = destination, mark[:200], carton.version + 1
    Carton.objects.bulk_update(cartons, ["destination", "mark", "version"], batch_size=300)
    payload = {"destination": destination, "cartons": len(cartons), "reason": reason}
    outbox.write(kind="cartons.redirected", subject=trade, at=at, by=by, payload=payload)
    return len(cartons)
