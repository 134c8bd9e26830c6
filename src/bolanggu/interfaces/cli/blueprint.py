"""``bolanggu blueprint`` (一张蓝图): read goals and figures out of official texts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bolanggu.interfaces.cli import blueprint_plan

app = typer.Typer(no_args_is_help=True, help="Goals, figures and commitments of official texts (一张蓝图).")


@app.callback()
def _group() -> None:
    """Goals, figures and commitments of official texts."""


File = Annotated[Path, typer.Argument(help="UTF-8 text, HTML, DOCX or PDF")]
Published = Annotated[
    datetime | None, typer.Option(help="day of publication, if known; settles 今年", formats=["%Y-%m-%d"])
]
AsJson = Annotated[bool, typer.Option("--json", help="one JSON document on stdout")]


@app.command()
def read(file: File, published: Published = None, as_json: AsJson = False) -> None:
    """Read every figure and commitment of FILE, each with its exact span."""
    from bolanggu.engines import figures
    from bolanggu.engines.figures.document import load
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        text = load(file)
    reading = figures.read(text, published.date() if published else None)
    emit(reading.as_dict(), as_json, _table)


@app.command()
def digest(
    file: File,
    out: Annotated[Path, typer.Option(help="folder for index.html, digest.pdf and digest.json")],
    published: Published = None,
    as_json: AsJson = False,
) -> None:
    """Make the one-page picture of a report (一图读懂): every number leads to its sentence."""
    from bolanggu.blueprint.digest import compose, write
    from bolanggu.engines import figures
    from bolanggu.engines.figures.document import load
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        text = load(file)
        reading = figures.read(text, published.date() if published else None)
        made = compose(text, reading, file.name)
        paths = write(made, out.resolve())
    counts = {"figures": len(made.figures), "commitments": len(made.commitments), "title": made.title}
    emit({**paths, **counts, "paths": list(paths.values())}, as_json, lambda d: "\n".join(d["paths"]))


for command in (
    blueprint_plan.load,
    blueprint_plan.tree,
    blueprint_plan.propose,
    blueprint_plan.review,
    blueprint_plan.accept,
    blueprint_plan.measure,
):
    app.command()(command)


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
