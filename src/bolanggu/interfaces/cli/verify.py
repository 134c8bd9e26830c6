"""``bolanggu verify FILE…``: prove sealed papers (验签) without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from bolanggu.interfaces.cli.output import bad_input, emit, note


def command(
    files: list[Path] = typer.Argument(None, metavar="FILE…", help="Papers: PDF, XLSX, XML, HTML, JSON, or folders"),  # noqa: B008
    key: list[str] = typer.Option(  # noqa: B008
        [], "--key", help="A key to trust: 64 hexadecimal digits, an issuer.json, or a list of keys; may be repeated"
    ),
    only: bool = typer.Option(False, "--only", help="Trust the keys given with --key and no others"),
    show_key: bool = typer.Option(False, "--show-key", help="Print this installation's public key and leave"),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout"),
) -> None:
    """Say of each paper whether it is what its issuer sealed. Exit code 1 if one does not hold."""
    with bad_input():
        from bolanggu.platform.seals import read_trusted
        from bolanggu.platform.seals.house import folder, house_key
        from bolanggu.values.fault import Fault

        if show_key:
            own = house_key()
            emit({"issuer": own.issuer, "key": own.public}, as_json, lambda shown: f"{shown['key']} {shown['issuer']}")
            return
        if not files:
            raise Fault("FILE", "give at least one paper to verify")
        trusted = read_trusted(None if only else folder(), key)
        found = [{"file": str(file), **_of(file, trusted)} for file in _inside(files)]
    faults = [one for one in found if not one["ok"]]
    why = f"{len(faults)} of {len(found)} papers do not hold" if faults else f"all {len(found)} papers hold"
    emit({"ok": not faults, "why": why, "files": found}, as_json, _people)
    if any(one["ok"] and one["signer"] == "unknown" for one in found):
        note("the key of a paper is not known here: it proves that nothing was changed, not who sealed it; see --key")
    if faults:
        raise SystemExit(1)


def _inside(files: list[Path]) -> list[Path]:
    """The files themselves, and for a folder every file in it."""
    found: list[Path] = []
    for file in files:
        found += sorted(each for each in file.rglob("*") if each.is_file()) if file.is_dir() else [file]
    return found


def _of(file: Path, trusted: Any) -> dict[str, Any]:
    from bolanggu.platform.seals import verify
    from bolanggu.values.fault import Fault

    try:
        content = file.read_bytes()
    except OSError as error:
        raise Fault(str(file), f"cannot be read: {error.strerror}") from None
    return verify(content, trusted).as_dict()


def _people(document: dict[str, Any]) -> str:
    rows = [f"{'holds' if one['ok'] else 'FAILS'}  {one['file']}: {one['why']}" for one in document["files"]]
    return "\n".join([*rows, document["why"]])
