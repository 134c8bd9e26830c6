"""Scan store (扫描库): an append-only log, sorted runs of what was closed, and the latest status of every parcel.

A capture is checked, freed of what is known already, written to the log and on the disk before it returns. A full
segment becomes a sorted run; runs of like size are merged. The table of the latest status is in memory; it can be
saved (`ScanStore.save`) and is otherwise made anew from runs and log on opening.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import numpy as np

from bolanggu.engines.parcels import latest as t
from bolanggu.engines.parcels import runs as s
from bolanggu.engines.parcels.kernel import Ints
from bolanggu.engines.parcels.log import Log, keep_name, whole_blocks, write_whole
from bolanggu.engines.parcels.reading import read
from bolanggu.engines.parcels.record import STAGE_AT, WHERE, WORDS, Scan, key_of, scan_of

#: Scans in a segment, and runs of like size that are merged into one.
SEGMENT, MERGED = 1 << 20, 8


class InUse(RuntimeError):
    """Another process writes to this store."""

    code = "in_use"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a capture did: scans that were new, and those known already."""

    new: int
    known: int


@dataclass(frozen=True, slots=True)
class _Run:
    """A sorted file of the segments ``first`` to ``last``."""

    first: int
    last: int
    file: Path
    records: Ints


class ScanStore:
    r"""The scans of a folder. One process writes; with ``read_only`` any number reads what was there on opening.

    Parameters
    ----------
    folder
        Made where it is missing.
    segment
        Scans in a segment.

    Raises
    ------
    InUse
        Another process writes to the folder.

    Examples
    --------
    >>> import tempfile
    >>> lines = b"parcel,time,stage,place,carrier,grams,tense\nYT1,2026-03-20T06:30Z,sorted,CNYIW,YTOE,250,ACT\n"
    >>> with tempfile.TemporaryDirectory() as folder, ScanStore(Path(folder)) as store:
    ...     store.capture(lines), store.capture(lines), store.latest("YT1").stage, store.latest("YT2")
    (Taken(new=1, known=0), Taken(new=0, known=1), 'sorted', None)
    """

    def __init__(self, folder: Path, *, segment: int = SEGMENT, read_only: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self._read_only = folder, read_only
        self._lock = None if read_only else _locked(folder / "lock")
        self._segment = np.empty((segment, WORDS), dtype=np.int64)
        self._chain = np.zeros(segment, dtype=np.int64)
        self._state = np.zeros(3, dtype=np.int64)
        self._latest = t.table(1 << 12)
        self._runs: list[_Run] = []
        self._log: Log | None = None
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def parcels(self) -> int:
        """How many parcels are known."""
        return int(self._state[1])

    @property
    def scans(self) -> int:
        """How many scans are kept."""
        return sum(len(run.records) for run in self._runs) + int(self._state[0])

    def capture(self, lines: bytes, *, name: str = "scans.csv") -> Taken:
        """Take CSV lines (`reading`): all or, with a Fault, none. They are on the disk when this returns."""
        return self.take(read(lines, name=name))

    def take(self, records: Ints) -> Taken:
        """Take records as `reading.read` gives them."""
        if self._log is None:
            raise InUse(f"{self.folder.name} was opened to read only")
        new = self._enter(records)
        return Taken(new, len(records) - new)

    def latest(self, number: str) -> Scan | None:
        """The latest actual scan of a parcel: greatest by time, then stage; None where nothing is known."""
        key = key_of(number)
        slot = self._latest[t.slot_of(self._latest, key)]
        return scan_of(slot[:WORDS]) if slot[0] and slot[WHERE] else None

    def history(self, number: str) -> list[Scan]:
        """All scans of a parcel, planned and estimated ones too, by time and stage."""
        key = key_of(number)
        bounds = np.zeros(2, dtype=np.int64)
        found: list[Ints] = []
        for run in self._runs:
            s.span(run.records, key, bounds)
            found += list(np.array(run.records[bounds[0] : bounds[1]]))
        slot = self._latest[t.slot_of(self._latest, key)]
        place = int(slot[t.HEAD]) & 0xFFFFFFFF if slot[t.HEAD] >> 32 == self._state[2] else 0
        while place:
            found.append(self._segment[place - 1].copy())
            place = int(self._chain[place - 1])
        found.sort(key=lambda words: (int(words[3]), words.tobytes()[STAGE_AT]))
        return [scan_of(words) for words in found]

    def save(self) -> None:
        """Save the table of the latest status, so that opening needs to read only what came after."""
        write_whole(self.folder / f"latest-{int(self._state[2]):08d}.table", self._latest)
        for old in sorted(self.folder.glob("latest-*.table"))[:-1]:
            old.unlink()

    def close(self) -> None:
        """Let go of files and lock; nothing is lost without it."""
        if self._log is not None:
            self._log.close()
            self._log = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _enter(self, records: Ints) -> int:
        """Take records, those doubtful to the filter once the older segments were asked; how many were new."""
        verdicts, start, new = np.zeros(len(records), dtype=np.int64), 0, 0
        while start < len(records):
            begun, sure = int(self._state[0]), not self._runs
            end = t.take(records, start, sure, self._latest, self._segment, self._chain, self._state, verdicts)
            doubtful = np.flatnonzero(verdicts[start:end] == t.PERHAPS) + start
            if len(doubtful):
                unknown = self._unknown(records, doubtful)
                self._keep(begun)
                new += int(self._state[0]) - begun + self._enter_unknown(records[unknown])
            else:
                self._keep(begun)
                new += int(self._state[0]) - begun
            start = end
            self._make_room()
        return new

    def _enter_unknown(self, records: Ints) -> int:
        """Take records that no older segment has; among themselves they may repeat."""
        verdicts, start, new = np.zeros(len(records), dtype=np.int64), 0, 0
        while start < len(records):
            self._make_room()
            begun = int(self._state[0])
            start = t.take(records, start, True, self._latest, self._segment, self._chain, self._state, verdicts)
            self._keep(begun)
            new += int(self._state[0]) - begun
        return new

    def _unknown(self, records: Ints, rows: Ints) -> Ints:
        known = np.zeros(len(rows), dtype=np.int64)
        for run in self._runs:
            s.holds(run.records, records, rows, known)
        unknown: Ints = rows[known == 0]
        return unknown

    def _keep(self, begun: int) -> None:
        """Write what the open segment has from ``begun`` on."""
        if self._log is not None and self._state[0] > begun:
            self._log.append(self._segment[begun : self._state[0]])

    def _make_room(self) -> None:
        """Widen the table, or close the segment, where one is full."""
        if self._state[1] * 10 >= len(self._latest) * t.FULL:
            wider = t.table(len(self._latest) * 4)
            t.spread(self._latest, wider)
            self._latest = wider
        if self._state[0] >= len(self._segment):
            self._close_segment()

    def _close_segment(self) -> None:
        number, log = int(self._state[2]), self._log
        if log is None:
            raise InUse(f"{self.folder.name} was opened to read only")
        file = self.folder / f"{number:08d}-{number:08d}.run"
        write_whole(file, s.sort(self._segment[: self._state[0]]))
        log.close()
        self._log_file(number).unlink()
        self._state[0], self._state[2] = 0, number + 1
        self._log = Log(self._log_file(number + 1))
        self._runs.append(_run(file))
        self._merge()

    def _merge(self) -> None:
        """Merge the last runs while there are enough of like size."""
        while len(self._runs) >= MERGED:
            last = self._runs[-MERGED:]
            if max(len(run.records) for run in last) >= 2 * min(len(run.records) for run in last):
                return
            file = self.folder / f"{last[0].first:08d}-{last[-1].last:08d}.run"
            write_whole(file, _merged([run.records for run in last]))
            self._runs[-MERGED:] = [_run(file)]
            for run in last:
                run.file.unlink()

    def _log_file(self, number: int) -> Path:
        return self.folder / f"{number:08d}.log"

    def _open(self) -> None:
        """Read runs and log; finish what a crash left half done."""
        runs = sorted((_run(file) for file in self.folder.glob("*-*.run")), key=lambda run: (run.first, -run.last))
        for run in runs:
            if self._runs and run.last <= self._runs[-1].last:
                self._drop(run.file)
            else:
                self._runs.append(run)
        number = self._runs[-1].last + 1 if self._runs else 0
        for file in self.folder.glob("*.log"):
            if int(file.stem) < number:
                self._drop(file)
        self._state[2] = number
        saved = self._load()
        for run in self._runs:
            if run.last >= saved:
                self._recall(run.records)
        self._resume(number)

    def _resume(self, number: int) -> None:
        """Take what the open segment's log holds, and go on writing to it."""
        file = self._log_file(number)
        log = None if self._read_only else Log(file)
        records = log.records if log else whole_blocks(file)[0]
        if len(records) > len(self._segment):
            self._segment = np.empty((len(records), WORDS), dtype=np.int64)
            self._chain = np.zeros(len(records), dtype=np.int64)
        verdicts, start = np.zeros(len(records), dtype=np.int64), 0
        while start < len(records):
            start = t.take(records, start, True, self._latest, self._segment, self._chain, self._state, verdicts)
            if start < len(records):
                self._make_room()
        self._log = log
        if log:
            self._make_room()

    def _drop(self, file: Path) -> None:
        if not self._read_only:
            file.unlink()
            keep_name(self.folder)

    def _load(self) -> int:
        """Load the saved table; the first segment that it may not know whole."""
        for file in sorted(self.folder.glob("latest-*.table"), reverse=True):
            table = np.fromfile(file, dtype=np.int64).reshape(-1, t.SLOT_WORDS)
            self._latest = table
            self._state[1] = np.count_nonzero(table[:, 0])
            self._latest[:, t.HEAD] = 0
            return int(file.stem.partition("-")[2])
        return 0

    def _recall(self, records: Ints) -> None:
        start = 0
        while start < len(records):
            start = t.recall(records, start, self._latest, self._state)
            if start < len(records):
                self._make_room()


def _locked(file: Path) -> IO[str]:
    stream = file.open("w")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        raise InUse(f"another process writes to {file.parent.name}; open it to read only") from None
    return stream


def _run(file: Path) -> _Run:
    first, _, last = file.stem.partition("-")
    records = np.memmap(file, dtype=np.int64, mode="r").reshape(-1, WORDS)
    return _Run(int(first), int(last), file, records)


def _merged(parts: Iterable[Ints]) -> Ints:
    """Join runs two by two."""
    left = list(parts)
    while len(left) > 1:
        joined = []
        for one, other in zip(left[::2], left[1::2], strict=False):
            out = np.empty((len(one) + len(other), WORDS), dtype=np.int64)
            s.merge(one, other, out)
            joined.append(out)
        left = joined + left[len(joined) * 2 :]
    return left[0]
