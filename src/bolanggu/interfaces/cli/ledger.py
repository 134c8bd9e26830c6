"""``bolanggu ledger``: check the books (核账)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(no_args_is_help=True, help="The settlement ledger (分类账).")


@app.callback()
def ledger() -> None:
    """The settlement ledger (分类账)."""


@app.command()
def verify(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    market: Annotated[int, typer.Option(help="Number of the market.")] = 1,
) -> None:
    """Replay every transfer from nothing and compare with the journal and the stored balances."""
    from bolanggu.interfaces.cli import django_setup, output

    django_setup.start()
    from bolanggu.platform.ledger.verification import verify as replay

    report = replay(market=market).as_dict()
    output.emit(report, json, _told)
    if not report["ok"]:
        raise typer.Exit(1)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where the copy goes; nothing may stand there.")]) -> None:
    """Copy the whole database while the market goes on: a SQLite file, or an archive for pg_restore."""
    from bolanggu.interfaces.cli import django_setup, output

    django_setup.start()
    from bolanggu.platform.ledger.copying import CopyFailed, copy_to

    try:
        output.note(f"copied to {copy_to(file)}")
    except CopyFailed as failed:
        output.note(str(failed))
        raise typer.Exit(2) from None


@app.command()
def statement(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="camt.053 or CSV.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Read a bank's statement and explain each entry by what the books know; nothing is booked."""
    from datetime import UTC, datetime

    from bolanggu.interfaces.cli import django_setup, output

    django_setup.start()
    from bolanggu.market.settlement.boards import explained_statement
    from bolanggu.market.settlement.services import read_statement
    from bolanggu.platform.accounts.grants import Actor

    by = Actor("finance at the machine", frozenset({"finance"}), everywhere=True)
    with output.bad_input():
        read = read_statement(by=by, at=datetime.now(UTC), content=file.read_bytes(), file=file.name)
    output.emit({"statements": [explained_statement(one) for one in read]}, json, _explained)


def _explained(document: dict[str, Any]) -> str:
    lines = []
    for one in document["statements"]:
        lines.append(f"{one['account']} {one['number']} ({one['currency']}): {one['outcomes']}")
        lines += [f"  {e['booked_on']} {e['minor']:>14} {e['outcome']:8} {e['why']}" for e in one["entries"]]
    return "\n".join(lines)


def _told(report: dict[str, Any]) -> str:
    if report["ok"]:
        return f"{report['transfers']} transfers replayed: the books hold"
    lines = [fault["message"] for fault in report["faults"]]
    return "\n".join([*lines, f"{report['transfers']} transfers replayed: {len(lines)} faults"])
