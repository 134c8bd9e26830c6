"""Open a shipment: it takes cartons out of the pool, and says of each line why it goes or waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.market.consolidation.models import LineChoice, PoolEntry, Shipment, ShipmentTrade
from bolanggu.market.consolidation.services.states import held, mark, need
from bolanggu.market.consolidation.values import Reasoned, ShipmentOpened
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class ShipmentDiffers(ValueError):
    """A shipment of that number stands for another pool."""

    code = "shipment_differs"


@requires("pool", "plan")
@transaction.atomic
def open_shipment(
    *, by: Actor, at: datetime, opened: ShipmentOpened, ssccs: Sequence[str], choices: Sequence[Reasoned] = ()
) -> Shipment:
    """Take waiting cartons into a shipment. The same number again returns the shipment that stands.

    Raises
    ------
    NotWaiting
        Another shipment took one of the cartons first; nothing is written.
    ShipmentDiffers
        The number stands for another destination or agent.
    """
    standing = Shipment.objects.filter(number=opened.number).first()
    if standing is not None:
        _same(standing, opened)
        return standing
    need(held(ssccs), [(PoolEntry.State.WAITING, "")])
    pool = opened.pool
    made = Shipment.objects.create(
        number=opened.number,
        destination=pool.destination,
        agent=pool.agent,
        terms=pool.terms,
        wish=pool.wish,
        not_before=opened.not_before,
        most_boxes=opened.most_boxes,
        cast=opened.cast,
        source=by.source.value,
        stated_at=at,
    )
    ShipmentTrade.objects.bulk_create([ShipmentTrade(shipment=made, trade=trade) for trade in sorted(opened.trades)])
    mark(PoolEntry.State.TAKEN, ssccs, made.number)
    note_choices(made, choices, by=by, at=at)
    facts = {"destination": pool.destination, "cartons": len(ssccs), "trades": sorted(opened.trades)}
    outbox.write(kind="shipment.opened", subject=made.number, at=at, by=by, payload=facts)
    return made


def note_choices(shipment: Shipment, choices: Sequence[Reasoned], *, by: Actor, at: datetime) -> None:
    """Keep why lines ship or wait; a line that does both has two rows."""
    LineChoice.objects.bulk_create(choice_rows(shipment, choices, by=by, at=at), batch_size=500)


def choice_rows(shipment: Shipment | None, choices: Sequence[Reasoned], *, by: Actor, at: datetime) -> list[LineChoice]:
    """Rows of choices; those of no shipment are lines that wait while none leaves for them."""
    return [
        LineChoice(
            shipment=shipment,
            trade=choice.trade,
            line=choice.line,
            cartons=choice.cartons,
            ships=choice.ships,
            reason=choice.reason[:300],
            source=by.source.value,
            stated_at=at,
        )
        for choice in choices
    ]


def _same(standing: Shipment, opened: ShipmentOpened) -> None:
    if (standing.destination, standing.agent) != (opened.pool.destination, opened.pool.agent):
        raise ShipmentDiffers(
            f"shipment {standing.number} stands for {standing.destination} of {standing.agent or 'no agent'};"
            " number this one anew"
        )
