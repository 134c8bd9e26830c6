"""``bolanggu ledger``: check the books (核账)."""

from __future__ import annotations

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


def _told(report: dict[str, Any]) -> str:
    if report["ok"]:
        return f"{report['transfers']} transfers replayed: the books hold"
    lines = [fault["message"] for fault in report["faults"]]
    return "\n".join([*lines, f"{report['transfers']} transfers replayed: {len(lines)} faults"])
