"""``bolanggu cases`` (诉求办理): classify requests, count deadlines."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    no_args_is_help=True, help="Requests of citizens and firms: whose they are, when they are due (接诉即办)."
)

File = Annotated[Path, typer.Option("--file", help="CSV in UTF-8 with a header")]
Json = Annotated[bool, typer.Option("--json", help="one JSON document on stdout")]


@app.command()
def classify(file: File, as_json: Json = False) -> None:
    """Give each request (columns row,text) its category and department, with confidence; works offline."""
    from bolanggu.engines.triage.triage import read_requests
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        answers = read_requests(_rows(file, ("row", "text")), str(file))
    emit({"rows": [answer.as_dict() for answer in answers]}, as_json, _table)


@app.command()
def due(file: File, as_json: Json = False) -> None:
    """Count when each clock runs out (columns of the clock form: row,start,minutes,week,hours,holidays,workdays,…)."""
    from bolanggu.engines.clocks.form import REQUIRED, read_dues
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        answers = read_dues(_rows(file, REQUIRED), str(file))
    emit({"rows": [answer.as_dict() for answer in answers]}, as_json, _table)


def _rows(file: Path, required: Sequence[str]) -> list[dict[str, str | None]]:
    """Rows of a CSV file as text; a missing file or column is a Fault."""
    from bolanggu.values.fault import Fault

    if not file.is_file():
        raise Fault(str(file), "there is no such file")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(str(file), f"byte {error.start} is not UTF-8; save the file as UTF-8") from error
    reader = csv.DictReader(text.splitlines(keepends=True))
    header = [name.strip() for name in reader.fieldnames or ()]
    for name in required:
        if name not in header:
            raise Fault(str(file), f"the header lacks it; it must hold {','.join(required)}", row=0, column=name)
    reader.fieldnames = header
    rows: list[dict[str, str | None]] = []
    for number, row in enumerate(reader, start=1):
        if None in row:
            raise Fault(str(file), "it has more cells than the header; quote cells that hold commas", row=number)
        rows.append(row)
    return rows


def _table(document: dict[str, Any]) -> str:
    """For people: one row a line."""
    return "\n".join("  ".join(str(value) for value in row.values()) for row in document["rows"]) or "no rows"
