"""Money comes in otherwise than asked: short, twice, or in another currency."""

from __future__ import annotations

from typing import Any

from bolanggu.market.settlement import rates
from bolanggu.market.settlement.assumptions import fx_spread_bp
from bolanggu.market.settlement.services import convert_unmatched, return_unmatched, take_in
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.money_again import is_planned
from bolanggu.trade.changes.scene import NotPossible, Stand
from bolanggu.trade.transfer_edges import record_transfers


@act("payment", "receive", title="A payment comes in", zh="收到买家付款", touches=("money",))
def receive_payment(stand: Stand, *, number: str, minor: int, currency: str) -> dict[str, Any]:
    """Money of the buyer arrives: it is kept in full; what is not owed, or is in another currency, stays unmatched.

    Deposits are held as far as the money reaches; a short one leaves the rest outstanding.

    Parameters
    ----------
    number
        The bank's number of the receipt.
    minor
        Amount in minor units of its currency.
    currency
        ISO 4217 code.
    """
    _need_plan(stand)
    if minor < 1:
        raise NotPossible(f"{currency} {minor} minor units are no payment")
    taken = take_in(
        by=stand.hand,
        at=stand.at,
        group=stand.number,
        number=number,
        minor=minor,
        currency=currency,
    )
    record_transfers(stand.number)
    return taken.as_dict()


@act("payment", "convert", title="Convert an unmatched payment", zh="换汇入账", touches=("money",))
def convert_payment(stand: Stand, *, number: str) -> dict[str, Any]:
    """An unmatched payment in another currency is sold at the day's rate; what is owed of it is matched.

    Parameters
    ----------
    number
        The bank's number of the receipt.
    """
    _need_plan(stand)
    taken = convert_unmatched(
        by=stand.hand,
        at=stand.at,
        group=stand.number,
        number=number,
        rates=rates.on(stand.at.date()),
        spread_bp=fx_spread_bp(),
    )
    record_transfers(stand.number)
    return taken.as_dict()


@act("payment", "refund", title="Return an unmatched payment", zh="退回多付款", touches=("money",))
def return_payment(stand: Stand, *, number: str, reason: str) -> dict[str, Any]:
    """What is unmatched of a payment goes back to whom it came from, in its own currency.

    Parameters
    ----------
    number
        The bank's number of the receipt.
    reason
        Why.
    """
    _need_plan(stand)
    back = return_unmatched(by=stand.hand, at=stand.at, group=stand.number, number=number, reason=reason)
    record_transfers(stand.number)
    return {"number": number, "returned_minor": back.minor, "currency": back.currency}


def _need_plan(stand: Stand) -> None:
    if not is_planned(stand.number):
        raise NotPossible(f"trade {stand.number} has no payment plan yet: nothing can be matched; order first")
