"""The table of all acts by name: what may happen to a trade, for files of incidents, pages and forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bolanggu.trade.changes.act import Act, Outcome
from bolanggu.trade.changes.add_line import add_line, take_offer
from bolanggu.trade.changes.arguments import read
from bolanggu.trade.changes.cancel_line import cancel_line
from bolanggu.trade.changes.change_port import change_port, change_terms
from bolanggu.trade.changes.claims import claim_ended, claim_missing, claim_settled
from bolanggu.trade.changes.customs_acts import correct_code, customs_concludes, customs_inspects, customs_releases
from bolanggu.trade.changes.deliveries import deliver_rest, deliver_short, deliver_wrong
from bolanggu.trade.changes.inspect_goods import inspect_goods
from bolanggu.trade.changes.measure_cartons import measure_cartons
from bolanggu.trade.changes.payments import convert_payment, receive_payment, return_payment
from bolanggu.trade.changes.redate_order import deliver_late, redate_order
from bolanggu.trade.changes.refresh import refresh
from bolanggu.trade.changes.refuse_order import refuse_order
from bolanggu.trade.changes.renew_quotes import renew_quotes
from bolanggu.trade.changes.roll_box import roll_box
from bolanggu.trade.changes.scene import Scene


class UnknownAct(LookupError):
    """No act goes by that name."""

    code = "unknown_act"


#: Name → act, in the order of the trade.
ACTS: Mapping[str, Act[Any]] = {
    one.name: one
    for one in (
        renew_quotes,
        refuse_order,
        redate_order,
        take_offer,
        add_line,
        cancel_line,
        change_port,
        change_terms,
        receive_payment,
        convert_payment,
        return_payment,
        deliver_late,
        deliver_short,
        deliver_wrong,
        deliver_rest,
        measure_cartons,
        inspect_goods,
        roll_box,
        customs_inspects,
        customs_concludes,
        customs_releases,
        correct_code,
        claim_missing,
        claim_settled,
        claim_ended,
    )
}


def perform(name: str, scene: Scene, arguments: Mapping[str, Any], *, then_refresh: bool = True) -> Outcome:
    """Do an act by name with arguments as a form or a file gives them, and make again what it made stale.

    The act stands by itself, even where its dependants cannot be made again: then the error says why, their results
    stay marked stale, and `refresh` can be called once the cause is gone.

    Raises
    ------
    UnknownAct
        There is no such act; the message names all.
    BadArgument
        An argument is missing, unknown or not of its kind.
    NotGranted, NotPossible, KeyReused, UnknownTrade
        See `act.Act`.
    Fault
        A dependant cannot be made again, such as where no way leads to a new port.

    Examples
    --------
    >>> [field.name for field in ACTS["refuse_order"].fields]
    ['order', 'reason', 'money']
    """
    if name not in ACTS:
        raise UnknownAct(f"there is no act {name}; there are {', '.join(ACTS)}")
    act = ACTS[name]
    outcome = act(scene, **read(act.fields, arguments))
    if then_refresh:
        refresh(scene.trade, by=scene.by, at=scene.at)
    return outcome
