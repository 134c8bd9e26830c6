"""Compile the kernels once, on a handful of scans."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from bolanggu.engines.parcels.reading import HEADER
from bolanggu.engines.parcels.store import ScanStore


def warm() -> None:
    """Take, close, merge and find a few scans, so that every kernel is compiled and on disk."""
    line = "YT{0},2026-03-20T06:{0:02d}:00.5+08:00,sorted,CNYIW,YTOE,250,ACT"
    lines = "\n".join([HEADER, *(line.format(number % 20) for number in range(60))]).encode()
    with TemporaryDirectory() as folder:
        with ScanStore(Path(folder), segment=2) as store:
            store.capture(lines)
            store.capture(lines)
            store.history("YT1")
        with ScanStore(Path(folder), segment=2) as store:
            store.latest("YT1")
