"""Rows of the loading bench: ours, the peer or the anchor, the bar, and whether it holds."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def bar_row(name: str, ours: float | None, peer: float | None, bar: str, holds: bool, **more: Any) -> Row:
    """One row; ``ratio`` is ours over the peer's where both are there."""
    ratio = ours / peer if ours and peer else None
    return {"name": name, "ours": ours, "peer": peer, "ratio": ratio, "bar": bar, "holds": bool(holds), **more}
