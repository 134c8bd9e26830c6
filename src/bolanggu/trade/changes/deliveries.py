"""What comes in differs from what was ordered: short, wrong, or its rest later."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from bolanggu.market.orders.services import reduce_lines
from bolanggu.market.warehousing.services import Counted, count, recount
from bolanggu.platform import outbox
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.boxes import open_boxes
from bolanggu.trade.changes.lines import count_of, open_line
from bolanggu.trade.changes.money_again import follow_orders
from bolanggu.trade.changes.packed import leave_packed
from bolanggu.trade.changes.scene import NotPossible, Stand

Remedy = Literal["refund", "wait"]


@act("receipt", "count", title="Delivered short", zh="短交", touches=("orders", "goods", "money"))
def deliver_short(
    stand: Stand, *, line: str, pieces: int, reason: str, remedy: Remedy = "refund", rest_on: date | None = None
) -> dict[str, Any]:
    """Fewer pieces of a line came than were ordered, or are found when they are counted again.

    Parameters
    ----------
    line
        Number of the line.
    pieces
        Pieces that came and are good, fewer than ordered.
    reason
        What is missing, and what the merchant says.
    remedy
        refund: the line is reduced to what came, the rest is not owed. wait: the rest comes on rest_on.
    rest_on
        The day on which the rest comes; for remedy wait.
    """
    row = open_line(stand, line)
    _fewer(row, pieces)
    return _accepted(stand, row, pieces, 0, remedy, rest_on, f"delivered short: {reason}")


@act("receipt", "count", title="Delivered the wrong item", zh="错货", touches=("orders", "goods", "money"))
def deliver_wrong(
    stand: Stand, *, line: str, pieces: int, reason: str, remedy: Remedy = "refund", rest_on: date | None = None
) -> dict[str, Any]:
    """Pieces of a line are something else: they are rejected and go back to the merchant.

    Parameters
    ----------
    line
        Number of the line.
    pieces
        Wrong pieces among those that came, at most as many as were ordered.
    reason
        What came instead.
    remedy
        refund: they are not owed. wait: the right ones come on rest_on.
    rest_on
        The day on which the right ones come; for remedy wait.
    """
    row = open_line(stand, line)
    return reject(stand, row, pieces, remedy, rest_on, f"wrong item: {reason}")


@act("receipt", "count", title="The rest comes", zh="补货到仓", touches=("lines", "goods"))
def deliver_rest(stand: Stand, *, line: str, reason: str = "the rest was delivered") -> dict[str, Any]:
    """The rest of a line that was awaited is in: it is counted, packed and joins the pool.

    Parameters
    ----------
    line
        Number of the line.
    reason
        A word on the delivery.
    """
    row = open_line(stand, line)
    found = count_of(row)
    if found is None or found["rest_on"] is None:
        raise NotPossible(f"line {line}: no rest is awaited; state a short delivery with remedy wait first")
    came = Counted(
        line,
        row["order__number"],
        row["quantity"],
        row["quantity"] + found["rejected"],
        row["quantity"],
        found["rejected"],
    )
    recount(by=stand.hand, at=stand.at, counted=came, reason=reason)
    return {"line": line, "accepted": row["quantity"], "came": row["quantity"] - found["accepted"]}


def reject(
    stand: Stand, row: dict[str, Any], pieces: int, remedy: Remedy, rest_on: date | None, reason: str
) -> dict[str, Any]:
    """Reject pieces of an open line and send them back; the rest of it stays as it is."""
    found = count_of(row)
    here = found["accepted"] if found else row["quantity"]
    if not 1 <= pieces <= here:
        raise NotPossible(f"line {row['line']}: {pieces} pieces cannot be rejected, {here} are there or awaited")
    return _accepted(stand, row, here - pieces, pieces, remedy, rest_on, reason)


def _fewer(row: dict[str, Any], pieces: int) -> None:
    if not 0 <= pieces < row["quantity"]:
        raise NotPossible(
            f"line {row['line']}: {row['quantity']} pieces are ordered; write how many came, from 0 to"
            f" {row['quantity'] - 1}"
        )
    found = count_of(row)
    if found and pieces >= found["accepted"]:
        raise NotPossible(
            f"line {row['line']}: {found['accepted']} pieces were accepted; only fewer can be found on counting again"
        )


def _accepted(
    stand: Stand,
    row: dict[str, Any],
    accepted: int,
    rejected: int,
    remedy: Remedy,
    rest_on: date | None,
    reason: str,
) -> dict[str, Any]:
    """State what is accepted of a line now; reduce the order or wait for the rest; unpack what is packed too much."""
    _can_come(stand, row, remedy, rest_on)
    _count(stand, row, accepted, rejected, rest_on if remedy == "wait" else None, reason)
    if rejected:
        _send_back(stand, row, rejected, reason)
    facts: dict[str, Any] = {
        "line": row["line"],
        "ordered": row["quantity"],
        "accepted": accepted,
        "rejected": rejected,
    }
    if "receive" in stand.done:
        open_boxes(stand, reason, lines=[row["line"]])
        facts["withdrawn"] = leave_packed(stand, row, accepted, reason)
    if remedy == "wait":
        return facts | {"rest_on": rest_on, "touches": ["orders", "dates", "goods"]}
    reduce_lines(by=stand.hand, at=stand.at, pieces={row["line"]: accepted}, reason=reason)
    return facts | follow_orders(stand, money="keep", reason=reason)


def _send_back(stand: Stand, row: dict[str, Any], pieces: int, reason: str) -> None:
    """Rejected pieces go back to their merchant."""
    facts = {"order": row["order__number"], "merchant": row["order__merchant__number"], "pieces": pieces}
    outbox.write(
        kind="goods.returned", subject=row["line"], at=stand.at, by=stand.hand, payload=facts | {"reason": reason}
    )


def _can_come(stand: Stand, row: dict[str, Any], remedy: Remedy, rest_on: date | None) -> None:
    stand.need("deposit", "a delivery", "goods come in once the deposit is held")
    stand.need_not_departed("a count at the warehouse", "open a claim for what is missing on arrival")
    if remedy == "wait" and (rest_on is None or rest_on < stand.at.date()):
        raise NotPossible(f"line {row['line']}: say on which day the rest comes (rest_on), from {stand.at:%Y-%m-%d} on")


def _count(stand: Stand, row: dict[str, Any], accepted: int, rejected: int, rest_on: date | None, reason: str) -> None:
    """Count for the first time, or again; what was rejected before stays rejected."""
    found = count_of(row)
    back = rejected + (found["rejected"] if found else 0)
    came = Counted(row["line"], row["order__number"], row["quantity"], accepted + back, accepted, back)
    warehouse = stand.trade.cast["warehouse"]
    if found is None:
        count(by=stand.hand, at=stand.at, warehouse=warehouse, counted=[came], reason=reason, rest_on=rest_on)
    else:
        recount(by=stand.hand, at=stand.at, counted=came, reason=reason, rest_on=rest_on)
