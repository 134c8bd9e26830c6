"""``bolanggu trade LIST --to UNLOCODE``: one trade from a buyer's list to settlement in the simulated world."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typer

from bolanggu.interfaces.cli.output import bad_input, emit, note, stop


def command(
    purchase_list: Path = typer.Argument(metavar="LIST", help="CSV or XLSX with at least description and quantity"),  # noqa: B008
    to: str = typer.Option(..., "--to", help="UN/LOCODE of the destination, such as ESBCN"),
    depart: str = typer.Option(None, "--depart", help="Not before this day, YYYY-MM-DD"),
    currency: str = typer.Option("USD", "--currency", help="The buyer pays in it, ISO 4217"),
    key: str = typer.Option(None, "--key", help="The same key is the same trade; default: hash of list and wishes"),
    until: str = typer.Option(None, "--until", help="Stop after this step and hand over to people"),
    out: Path = typer.Option(None, "--out", help="Folder for the papers; default: in the home"),  # noqa: B008
    as_json: bool = typer.Option(False, "--json", help="The dossier as one JSON document on stdout"),
) -> None:
    """Walk a purchase list through all steps of a trade, with progress, and write its papers."""
    with bad_input():
        day = day_of(depart, "--depart")
        folder = folder_for(out)
        from bolanggu.interfaces.cli.django_setup import start

        start()
        from bolanggu.trade.papers import write_papers
        from bolanggu.trade.process import STEPS, run
        from bolanggu.trade.starting import start_trade

        if until is not None and until not in STEPS:
            stop(f"--until: there is no step {until}; the steps are {', '.join(STEPS)}")
        at = datetime.now(UTC).replace(microsecond=0)
        request = start_trade(
            purchase_list, to=to, depart_on=day, currency=currency.strip().upper(), key=key, at=at, say=note
        )
        trade = run(request, at=at, until=until, progress=_progress)
        document = write_papers(trade, folder)
    emit(document, as_json, _people)


def folder_for(out: Path | None) -> Path | None:
    """The folder for papers, refused before any work where it cannot be one."""
    from bolanggu.values.fault import Fault

    if out is None:
        return None
    there = next(each for each in (out.absolute(), *out.absolute().parents) if each.exists())
    if not there.is_dir():
        raise Fault("--out", f"{there} is a file; name a folder for the papers")
    return out


def day_of(text: str | None, option: str) -> date | None:
    """A day as it was written on the command line, None where none was."""
    from bolanggu.values.fault import Fault

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Fault(option, f'"{text}" is not a day; write it as 2026-12-31') from None


def _progress(step: str, seconds: float) -> None:
    note(f"  {step:<8} {'done before' if not seconds else f'{seconds:6.2f} s'}")


def _people(document: dict[str, Any]) -> str:
    from bolanggu.interfaces.cli.trade_summary import summary

    return summary(document) if document else json.dumps(document)
