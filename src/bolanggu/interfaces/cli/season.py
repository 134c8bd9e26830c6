"""``bolanggu season run``: a season of many lists, pooled and shipped in the simulated world, day by day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

app = typer.Typer(help="A season of lists of several buyers, pooled into shared boxes.", no_args_is_help=True)


@app.callback()
def season() -> None:
    """A season of lists of several buyers, pooled into shared boxes."""


@app.command()
def run(
    folder: Path = typer.Option(None, "--from", help="Folder with season.yaml and lists; default: demo/season"),  # noqa: B008
    until: str = typer.Option(None, "--until", help="Play up to the end of this day, YYYY-MM-DD, then hand over"),
    seed: int = typer.Option(None, "--seed", help="Another seed plays the same script as other trades"),
    out: Path = typer.Option(None, "--out", help="Write dossiers and papers of all trades into this folder"),  # noqa: B008
    as_json: bool = typer.Option(False, "--json", help="The counts as one JSON document on stdout"),
) -> None:
    """Play the season; run again it goes on where it stopped, or does nothing twice."""
    from bolanggu.interfaces.cli.output import bad_input, emit, note

    with bad_input():
        from bolanggu.interfaces.cli.trade import day_of, folder_for

        last = day_of(until, "--until")
        target = folder_for(out)
        from bolanggu.interfaces.cli.django_setup import start

        start()
        document = _play(folder, seed=seed, last=last, target=target, say=note)
    emit(document, as_json, _people)


def _play(folder: Path | None, *, seed: int | None, last: Any, target: Path | None, say: Any) -> dict[str, Any]:
    import resource
    import time
    from datetime import UTC, datetime

    from bolanggu.trade.season.counting import count
    from bolanggu.trade.season.papers import write_all
    from bolanggu.trade.season.running import run_season
    from bolanggu.trade.season.script import read_script
    from bolanggu.trade.world.build import ensure

    begun, cpu = time.perf_counter(), time.process_time()
    script = read_script(folder or _demo(), seed=seed)
    ensure(at=datetime.now(UTC), say=say)
    run_season(script, until=last, say=say)
    if target is not None:
        write_all(script, target, say=say)
    document = count(script)
    return document | {
        "seconds": round(time.perf_counter() - begun, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _demo() -> Path:
    """The season that comes with the source tree."""
    from bolanggu.values.fault import Fault

    folder = Path(__file__).resolve().parents[4] / "demo" / "season"
    if not folder.is_dir():
        raise Fault("--from", "the demo season is part of the source tree; name a folder with a season.yaml")
    return folder


def _people(document: dict[str, Any]) -> str:
    rows = [
        f"season {document['season']} (simulated): {document['lists']} lists, lines {document['lines']}",
        f"orders {document['orders']}, cartons {document['cartons']}, incidents {document['incidents'] or 'none'}",
        *(
            f"  {box['service']} {box['type']} {box['number'] or box['id']}: {box['fill_percent']:.1f} % full,"
            f" {box['cartons']} cartons of {box['trades']} trades and {box['buyers']} buyers"
            for box in document["boxes"]
        ),
        *(
            f"  {one['declarations']} declarations {one['mode']} {one['state']}: USD {one['value_usd']}"
            for one in document["declarations"]
        ),
        f"books sum to {document['ledger']}; open: {document['open']}",
        f"{document['seconds']} s, {document['cpu_seconds']} CPU s, {document['memory_mb']} MB",
    ]
    return "\n".join(rows)
