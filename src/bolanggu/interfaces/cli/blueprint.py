"""``bolanggu blueprint`` (一张蓝图): read goals and figures out of official texts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(no_args_is_help=True, help="Goals, figures and commitments of official texts (一张蓝图).")


@app.callback()
def _group() -> None:
    """Goals, figures and commitments of official texts."""


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="UTF-8 text, HTML or DOCX")],
    published: Annotated[
        datetime | None, typer.Option(help="day of publication, if known; settles 今年", formats=["%Y-%m-%d"])
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on stdout")] = False,
) -> None:
    """Read every figure and commitment of FILE, each with its exact span."""
    from bolanggu.engines import figures
    from bolanggu.engines.figures.document import load
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        text = load(file)
    reading = figures.read(text, published.date() if published else None)
    emit(reading.as_dict(), as_json, _table)


def _table(document: dict[str, Any]) -> str:
    """For people: a figure or commitment a line."""
    lines = []
    for row in document["figures"]:
        frame = f"{row['period'] or '-'}  {row['qualifier'] or ''}"
        lines.append(f"{row['start']:>7}  {row['indicator'] or '?'}  {row['value']} {row['unit']}  {frame}")
    for row in document["commitments"]:
        due = f" by {row['by']}" if row["by"] else ""
        state = "measurable" if row["measurable"] else "not assessable"
        lines.append(f"{row['start']:>7}  {row['kind']}{due}, {state}: {' '.join(row['text'].split())}")
    return "\n".join(lines) or "no figures, no commitments"
