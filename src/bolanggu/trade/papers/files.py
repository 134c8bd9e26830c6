"""Files of papers: written beside their place and renamed, and laid out in a folder that people open."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bolanggu.values.fault import Fault

#: folder of what later versions replaced
OLD = "superseded"


def write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    Fault
        The place cannot be written.
    """
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        fresh.replace(file)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM}:
            raise Fault(str(file), f"cannot be written: {error.strerror}; name another folder with --out") from None
        raise


def place_of(row: Mapping[str, Any]) -> str:
    """Where a file lies in the folder people open: without its version while it stands, apart once it is replaced.

    >>> place_of({"path": "/store/T1/versions/3-loading/packing-list.v2.zh.pdf", "version": 2})
    '3-loading/packing-list.zh.pdf'
    """
    inside = row["path"].rpartition("/versions/")[2]
    if row.get("reason"):
        return f"{OLD}/{Path(inside).name}"
    return str(inside).replace(f".v{row['version']}.", ".", 1)


def lay_out(folder: Path, standing: Iterable[Mapping[str, Any]], replaced: Iterable[Mapping[str, Any]]) -> None:
    """Copy files of the store into a folder; what was laid out there and no longer stands is taken away.

    A file that people changed is left alone unless a standing paper has its place.
    """
    wanted = {place_of(row): row for row in standing}
    for row in replaced:
        _take_away(folder, row, wanted)
        wanted[place_of(row)] = row
    for place, row in wanted.items():
        source, target = Path(row["path"]), folder / place
        if source.is_file() and _digest(target) != row["sha256"]:
            write(target, source.read_bytes())


def _take_away(folder: Path, row: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    place = place_of({**row, "reason": ""})
    if place not in wanted and _digest(folder / place) == row["sha256"]:
        (folder / place).unlink()


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
