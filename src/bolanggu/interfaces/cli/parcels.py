"""``bolanggu parcels``: keep scans of parcels, and tell where a parcel is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bolanggu.engines.parcels.record import Scan
    from bolanggu.engines.parcels.store import ScanStore

app = typer.Typer(help="Keep scans of parcels; tell where a parcel is.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="one JSON document")]
Store = Annotated[Path | None, typer.Option(help="folder of the store; without it, scans in the home")]


@app.command()
def capture(
    files: Annotated[list[Path], typer.Argument(help="CSV parcel,time,stage,place,carrier,grams,tense")],
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Keep the scans of files, each once; a file that cannot be read is kept not at all."""
    from bolanggu.interfaces.cli.output import bad_input, emit
    from bolanggu.values.fault import Fault

    new = known = 0
    with bad_input(), _opened(store) as scans:
        for file in files:
            try:
                lines = file.read_bytes()
            except OSError as why:
                raise Fault(file.name, f"cannot be read ({why.strerror})") from None
            taken = scans.capture(lines, name=file.name)
            new, known = new + taken.new, known + taken.known
        document = {"new": new, "known": known, "scans": scans.scans, "parcels": scans.parcels}
    emit(document, as_json, lambda told: "{new} new, {known} known; {scans} scans of {parcels} parcels".format(**told))


@app.command()
def latest(number: str, store: Store = None, as_json: Json = False) -> None:
    """Tell what last happened to a parcel; null where nothing is known."""
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input(), _opened(store, read_only=True) as scans:
        found = _asked(scans.latest, number)
    emit({"latest": found and _told(found)}, as_json, lambda told: _line(told["latest"]))


@app.command()
def history(number: str, store: Store = None, as_json: Json = False) -> None:
    """Tell all scans of a parcel, planned and estimated ones too, by time."""
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input(), _opened(store, read_only=True) as scans:
        found = [_told(scan) for scan in _asked(scans.history, number)]
    emit({"scans": found}, as_json, lambda told: "\n".join(map(_line, told["scans"])) or _line(None))


def _opened(folder: Path | None, *, read_only: bool = False) -> ScanStore:
    from bolanggu.engines.parcels.store import InUse, ScanStore
    from bolanggu.settings import home
    from bolanggu.values.fault import Fault

    try:
        return ScanStore(folder or home() / "scans", read_only=read_only)
    except InUse as used:
        raise Fault("--store", str(used)) from None


def _asked(question: Any, number: str) -> Any:
    from bolanggu.values.fault import Fault

    try:
        return question(number)
    except ValueError as why:
        raise Fault("NUMBER", str(why)) from None


def _told(scan: Scan) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(scan) | {"at": scan.at.isoformat(timespec="milliseconds"), "tense": scan.tense.value}


def _line(scan: dict[str, Any] | None) -> str:
    return "nothing is known" if scan is None else "{at}  {tense}  {stage:<16}  {place:<6}  {carrier}".format(**scan)
