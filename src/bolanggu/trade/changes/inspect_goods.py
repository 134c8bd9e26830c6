"""Goods are inspected before loading; a lot that fails is rejected whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from bolanggu.market.production.services import inspect
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.deliveries import Remedy, reject
from bolanggu.trade.changes.lines import count_of, open_line
from bolanggu.trade.changes.scene import NotPossible, Stand


@act("goods", "inspect", title="Inspect goods", zh="验货", touches=("orders", "goods", "money"))
def inspect_goods(
    stand: Stand,
    *,
    line: str,
    critical: int = 0,
    major: int = 0,
    minor: int = 0,
    remedy: Remedy = "refund",
    rest_on: date | None = None,
    reason: str = "inspection before loading",
) -> dict[str, Any]:
    """The lot of a line is judged by a sample (ISO 2859-1): it passes, or is rejected and goes back to the merchant.

    Parameters
    ----------
    line
        Number of the line.
    critical, major, minor
        Defective pieces in the sample, by the gravest defect of each.
    remedy
        If it fails: refund, or wait for the reworked goods.
    rest_on
        The day on which they come; for remedy wait.
    reason
        What was looked at, what is wrong.
    """
    stand.need("receive", "an inspection", "the goods are not in yet")
    stand.need_not_departed("an inspection", "open a claim instead")
    row = open_line(stand, line)
    found = count_of(row)
    if found is None or not found["accepted"]:
        raise NotPossible(f"line {line}: no pieces are there to be inspected")
    made = inspect(
        by=stand.hand,
        at=stand.at,
        number=f"{stand.name}-inspection",
        line=line,
        order=row["order__number"],
        lot=found["accepted"],
        critical=critical,
        major=major,
        minor=minor,
    )
    facts: dict[str, Any] = {"inspection": made.number, "verdict": made.verdict, "sample": made.sample}
    if made.verdict == "passed":
        return facts | {"line": line, "touches": []}
    return facts | reject(stand, row, found["accepted"], remedy, rest_on, f"failed inspection: {reason}")
