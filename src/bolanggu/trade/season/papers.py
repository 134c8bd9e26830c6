"""Papers of a season: the dossier and papers of each trade in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bolanggu.trade.models import Trade
from bolanggu.trade.papers import write_papers
from bolanggu.trade.season.script import Script


def write_all(script: Script, folder: Path, *, say: Callable[[str], None]) -> int:
    """Write the papers of all trades that have come in; returns how many trades there are."""
    keys = [script.key("list", listed.file.name) for listed in script.lists]
    trades = list(Trade.objects.filter(key__in=keys).select_related("buyer").order_by("pk"))
    for position, trade in enumerate(trades, 1):
        write_papers(trade, folder / trade.number)
        say(f"papers {position} of {len(trades)}: {trade.number}")
    return len(trades)
