"""Papers: a whole dossier's papers in Chinese and English, made and sealed; no peer makes them.

The demo list is traded once in a fresh home; what is timed is gathering the facts, setting, sealing and recording the
papers of the trade and its shipment. The papers of every merchant (order and statement each) are told on stderr.

    ./bolanggu bench papers
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
BAR_SECONDS = 3.0
OF_MERCHANTS = ("purchase_order", "merchant_statement")


def main(args: list[str]) -> dict[str, Any]:  # noqa: ARG001 - benchmarks are called alike
    """Trade the demo list and time its papers."""
    with tempfile.TemporaryDirectory() as home:
        trade = _traded(home)
        ours, papers, files = _timed(trade, merchants=False)
        rest, others, more = _timed(trade, merchants=True)
        checked, seconds = _verified(Path(home))
    sys.stderr.write(
        f"{papers} papers in {files} files; merchants' {others} papers in {more} files: {rest:.2f} s of CPU more\n"
        f"verify: {checked} files in {seconds:.2f} s of CPU\n"
    )
    made = {
        "name": f"a dossier's {papers} papers, zh and en, s of CPU",
        "ours": round(ours, 3),
        "peer": None,
        "ratio": None,
        "bar": BAR_SECONDS,
        "holds": papers >= 12 and ours <= BAR_SECONDS,
        "why": "no packaged peer makes these papers",
    }
    return {"bars": [made], "load": os.getloadavg()[0]}


def _traded(home: str) -> Any:
    os.environ |= {"BOLANGGU_HOME": home, "DJANGO_SETTINGS_MODULE": "bolanggu.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from bolanggu.platform.first_use import bring_up_to_date
    from bolanggu.trade.process import run
    from bolanggu.trade.starting import start_trade

    bring_up_to_date()
    request = start_trade(
        ROOT / "demo" / "purchase_list.csv",
        to="ESBCN",
        depart_on=None,
        currency="USD",
        key="bench papers",
        at=AT,
        say=lambda text: sys.stderr.write(f"{text}\n"),
    )
    return run(request, at=AT)


def _timed(trade: Any, *, merchants: bool) -> tuple[float, int, int]:
    """Seconds of CPU, papers and files of issuing the merchants' papers or all others; fonts stand ready."""
    from bolanggu.market.documents.coverage import covered
    from bolanggu.trade.papers.drafts import drafts_of
    from bolanggu.trade.papers.issuing import issue_papers

    covered()
    start = process_time()
    drafts = [draft for draft in drafts_of(trade) if (draft.kind in OF_MERCHANTS) is merchants]
    issue_papers(trade, drafts, at=AT)
    return process_time() - start, len(drafts), sum(len(draft.forms) for draft in drafts)


def _verified(home: Path) -> tuple[int, float]:
    from bolanggu.platform.seals import read_trusted, verify

    trusted = read_trusted(home / "keys")
    files = [file for file in (home / "papers").rglob("*") if file.is_file()]
    start = process_time()
    held = [verify(file.read_bytes(), trusted).ok for file in files]
    assert all(held)
    return len(files), process_time() - start


if __name__ == "__main__":
    sys.stdout.write(f"{main(sys.argv[1:])}\n")
