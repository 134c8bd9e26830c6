"""Cartons measure more, or less, than promised."""

from __future__ import annotations

from typing import Any

from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.market.warehousing.services import Measured, measure
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.boxes import open_boxes
from bolanggu.trade.changes.lines import open_line
from bolanggu.trade.changes.scene import NotPossible, Stand


@act("carton", "measure", title="Measure cartons", zh="量方过磅", touches=("sizes",))
def measure_cartons(
    stand: Stand, *, line: str, l_mm: int, w_mm: int, h_mm: int, gross_g: int, reason: str = "measured on receipt"
) -> dict[str, Any]:
    """The cartons of a line are measured; what differs from what stands makes plan and declaration stale.

    Parameters
    ----------
    line
        Number of the line.
    l_mm, w_mm, h_mm
        Outer size of each carton in mm.
    gross_g
        Gross mass of a full carton in g; a part-filled one weighs as much more or less.
    reason
        Why it was measured.
    """
    stand.need("receive", "measuring", "nothing is packed yet")
    stand.need_not_departed("measuring", "the carrier's weights stand now")
    open_line(stand, line)
    if min(l_mm, w_mm, h_mm, gross_g) < 1:
        raise NotPossible(f"line {line}: a carton of {l_mm} x {w_mm} x {h_mm} mm and {gross_g} g is none")
    cartons = [c for c in warehousing.cartons(stand.number) if line in {part["line"] for part in c["contents"]}]
    full = max(carton["gross_g"] for carton in cartons)
    measures = [Measured(c["sscc"], l_mm, w_mm, h_mm, max(c["net_g"], c["gross_g"] + gross_g - full)) for c in cartons]
    differ = [
        one.sscc
        for one, c in zip(measures, cartons, strict=True)
        if (one.l_mm, one.w_mm, one.h_mm, one.gross_g) != (c["l_mm"], c["w_mm"], c["h_mm"], c["gross_g"])
    ]
    opened = open_boxes(stand, reason, lines=[line]) if differ else []
    if not opened:
        _in_the_warehouse(cartons)
    changed = measure(by=stand.hand, at=stand.at, measures=measures, reason=reason)
    return {"line": line, "cartons": len(cartons), "changed": changed, "touches": ["sizes"] if changed else []}


def _in_the_warehouse(cartons: list[dict[str, Any]]) -> None:
    loaded = [carton["sscc"] for carton in cartons if carton["state"] != "staged"]
    if loaded:
        raise NotPossible(
            f"{len(loaded)} cartons, first {loaded[0]}, are loaded and measure as they stand; there is nothing to state"
        )
