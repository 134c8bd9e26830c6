"""Naming (称谓): what an id stands for that no edge knows: trades, papers, receipts, charges, seals and the like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bolanggu.market.consolidation.models import Equipment, LoadPlan, Shipment
from bolanggu.market.documents.models import Document
from bolanggu.market.inquiries.models import InquiryLine, Quote
from bolanggu.market.orders.models import OrderLine
from bolanggu.market.settlement.models import BankDeal, Charge, Payout, Receipt
from bolanggu.market.transport.models import Booking
from bolanggu.platform.ledger import key
from bolanggu.platform.parties.models import Engagement, Party
from bolanggu.trade.models import Trade

Thing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """What an id is, in words, and the things to walk from; ``is_one`` where it is but another name of one thing."""

    kind: str
    about: str
    things: Sequence[Thing] = ()
    is_one: bool = False


def named(number: str) -> Named | None:
    """What goes by an id, or None."""
    for look in _LOOKS:
        found = look(number)
        if found is not None:
            return found
    return None


def _trade(number: str) -> Named | None:
    trade = Trade.objects.filter(number=number).first()
    return (
        None
        if trade is None
        else Named("trade", f"trade of {trade.buyer.number} to {trade.destination}", _lines(number))
    )


def _line(number: str) -> Named | None:
    line = InquiryLine.objects.filter(number=number).first()
    return (
        None
        if line is None
        else Named("line", f"row {line.row} of the list, {line.state}: {line.reason or 'not ordered yet'}")
    )


def _box(number: str) -> Named | None:
    """A container number, a seal, or a box that is planned and not loaded."""
    sealed = Equipment.objects.filter(number=number) | Equipment.objects.filter(seal=number)
    found = sealed.select_related("plan").order_by("-pk").first()
    if found is not None:
        what = "seal" if found.seal == number else "container"
        return Named("container", f"{what} of box {found.plan.number}", [("container", found.plan.number)], is_one=True)
    planned = LoadPlan.objects.filter(number=number).order_by("-version").first()
    return (
        None if planned is None else Named("load_plan", f"planned box of shipment {planned.shipment}, not loaded yet")
    )


def _shipment(number: str) -> Named | None:
    found = Shipment.objects.filter(number=number).first()
    return None if found is None else Named("shipment", f"shipment to {found.destination}", _boxes(number))


def _booking(number: str) -> Named | None:
    found = Booking.objects.filter(number=number).first()
    return (
        None
        if found is None
        else Named("booking", f"{found.service} booking of shipment {found.shipment}", _boxes(found.shipment))
    )


def _paper(number: str) -> Named | None:
    found = Document.objects.filter(number=number).order_by("-version").first()
    return (
        None
        if found is None
        else Named("paper", f"{found.kind} of {found.trade}", _lines(found.trade) or _boxes(found.trade))
    )


def _dossier(number: str) -> Named | None:
    trade = number.removesuffix("-dossier")
    return _trade(trade) if trade != number else None


def _receipt(number: str) -> Named | None:
    found = Receipt.objects.filter(number=number).first()
    return None if found is None else Named("receipt", f"money of {found.payer}", [("transfer", str(found.transfer))])


def _payout(number: str) -> Named | None:
    found = Payout.objects.filter(number=number).first()
    return (
        None
        if found is None
        else Named("payout", f"paid out for {found.order.order}", [("transfer", str(found.transfer))])
    )


def _charge(number: str) -> Named | None:
    found = Charge.objects.filter(number=number).first()
    return (
        None
        if found is None
        else Named("charge", f"{found.kind}, borne by the {found.payer}", [("transfer", str(key("supplier", number)))])
    )


def _deal(number: str) -> Named | None:
    found = BankDeal.objects.filter(number=number).first()
    return (
        None
        if found is None
        else Named(
            "conversion",
            f"{found.sold} into {found.bought} at the bank",
            [("transfer", str(key("deal", number, "sell")))],
        )
    )


def _quote(number: str) -> Named | None:
    found = Quote.objects.filter(number=number).order_by("-version").first()
    if found is None:
        return None
    lines = found.lines.order_by("line").values_list("line", flat=True)
    return Named("quote", f"quote of {found.merchant.number}", [("line", line) for line in lines])


def _engagement(number: str) -> Named | None:
    found = Engagement.objects.filter(number=number).first()
    return (
        None
        if found is None
        else Named("engagement", "who does what for whom in a trade", _lines(number.removeprefix("E-")))
    )


def _party(number: str) -> Named | None:
    found = Party.objects.filter(number=number).first()
    return None if found is None else Named("party", f"{found.kind}: {found.name_en or found.name_zh}")


def _lines(trade: str) -> list[Thing]:
    """Ordered lines of a trade."""
    lines = OrderLine.objects.filter(order__group__number=trade).order_by("line")
    return [("line", line) for line in lines.values_list("line", flat=True)]


def _boxes(shipment: str) -> list[Thing]:
    """Loaded boxes of a shipment."""
    loaded = Equipment.objects.filter(plan__shipment=shipment, plan__superseded=False).order_by("plan__number")
    return [("container", number) for number in loaded.values_list("plan__number", flat=True)]


_LOOKS: tuple[Callable[[str], Named | None], ...] = (
    _trade,
    _line,
    _box,
    _shipment,
    _booking,
    _receipt,
    _payout,
    _charge,
    _deal,
    _quote,
    _paper,
    _dossier,
    _engagement,
    _party,
)
