"""``bolanggu trace ID``: back to buyers' lines and forward to everything made of a thing, with shares."""

from __future__ import annotations

from typing import Any

import typer

from bolanggu.interfaces.cli.output import emit, stop


def command(
    number: str = typer.Argument(metavar="ID", help="Any id that a dossier prints"),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout"),
) -> None:
    """Walk from a thing back to where it came from and forward to what became of it."""
    from bolanggu.interfaces.cli.django_setup import start

    start()
    from bolanggu.trade.tracing import UnknownThing, trace

    try:
        document = trace(number)
    except UnknownThing as unknown:
        stop(str(unknown))
    emit(document, as_json, _people)


def _people(document: dict[str, Any]) -> str:
    about = f" – {document['about']}" if "about" in document else ""
    rows = [f"{document['kind']} {document['id']}{about}"]
    for direction in ("back", "forward"):
        rows.append(f"{direction}:")
        rows += [_row(step) for step in document[direction]] or ["  nothing"]
    return "\n".join(rows)


def _row(step: dict[str, Any]) -> str:
    amounts = [f"{step['pieces']:,} pieces"] if step["pieces"] else []
    amounts += [f"{step['grams']:,} g"] if step["grams"] else []
    amounts += [f"{step['currency']} {step['minor']:,} minor"] if step["minor"] else []
    indent = "  " * step["depth"]
    return (
        f"{indent}{step['share_percent']:7.3f} %  {step['kind']} {step['id']}  {', '.join(amounts)}  [{step['aspect']}]"
    )
