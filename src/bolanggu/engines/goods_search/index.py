"""The index on disk (索引): one writer, many readers, generations switched in one step.

A folder holds ``gen-<n>/`` and the file ``CURRENT`` that names the generation in use. A build goes to
``part/`` with commits on the way and becomes a generation by one rename, so that a kill leaves the old index
whole and the next build goes on where the last commit stood. Readers notice commits and new generations by
themselves before each search.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar, cast

import tantivy

from bolanggu.engines.goods_search.schema import VERSION, Goods, build_schema, document, register
from bolanggu.engines.goods_search.vocabulary import Vocabulary

SMALL_HEAP = 15_000_000  # least that tantivy accepts, bytes
BUILD_HEAP = 256_000_000
BATCH = 200_000
T = TypeVar("T")
#: Rows after a pid, in rising order of pid.
RowsAfter = Callable[[int], Iterable[Goods]]


class IndexMissing(LookupError):
    """There is no index of this version in the folder; build it first."""

    code = "index_missing"


class GoodsIndex:
    """The search index in one folder.

    Parameters
    ----------
    folder
        Where it lies; made when missing. Any number of processes may share it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schema = build_schema()
        self._open: tuple[str, tantivy.Index] | None = None
        self._seen: tuple[int, int] | None = None
        self._words: Vocabulary | None = None
        self._remembered: dict[str, object] = {}
        self._named: tuple[tuple[int, int], str] | None = None

    @contextmanager
    def lock(self, *, wait: bool = True) -> Iterator[bool]:
        """Hold the right to write: True, or False if another has it and ``wait`` is off. A killed writer loses it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder / "lock", os.O_CREAT | os.O_RDWR, 0o644)
        try:
            held = True
            try:
                fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held = False
            yield held
        finally:
            os.close(handle)

    def _current(self) -> str:
        try:
            seen = _stamp(f"{self.folder}/CURRENT")
            if self._named is None or self._named[0] != seen:
                self._named = (seen, (self.folder / "CURRENT").read_text())
        except FileNotFoundError:
            return ""
        return self._named[1]

    def manifest(self) -> dict[str, object]:
        """What the builder noted about the generation in use; empty when there is none of this version."""
        try:
            noted = json.loads((self.folder / self._current() / "manifest.json").read_text())
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError):
            return {}
        return dict(noted) if noted.get("version") == VERSION else {}

    def broken_off(self) -> dict[str, object]:
        """The note of a build that was broken off; empty when there is none."""
        return _read_note(self.folder / "part") or {}

    def build(
        self,
        rows_after: RowsAfter,
        *,
        note: dict[str, object],
        progress: Callable[[int], None] = lambda _: None,
        threads: int = 1,
    ) -> int:
        """Build a new generation from all rows and switch to it; the caller holds the lock. Returns the number of rows.

        A broken-off build with the same ``note`` is continued after its last commit.
        """
        part = self.folder / "part"
        note = {"version": VERSION, **note}
        if _read_note(part) != note:
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            _write_durably(part / "manifest.json", json.dumps(note))
        index = register(tantivy.Index(self.schema, str(part)))
        searcher = index.searcher()
        last = _last_pid(searcher)
        done = searcher.num_docs
        rows = iter(rows_after(last))
        writer = index.writer(heap_size=BUILD_HEAP, num_threads=threads)
        while batch := list(islice(rows, BATCH)):
            for goods in batch:
                writer.add_document(document(goods, self.schema))
            writer.commit()
            done += len(batch)
            progress(done)
        writer.commit()
        writer.wait_merging_threads()
        self._switch(part)
        return done

    def _switch(self, part: Path) -> None:
        old = self._current()
        name = f"gen-{int(old[4:] or 0) + 1 if old.startswith('gen-') else 1}"
        shutil.rmtree(self.folder / name, ignore_errors=True)
        part.rename(self.folder / name)
        _write_durably(self.folder / "CURRENT", name)
        for folder in self.folder.glob("gen-*"):
            if folder.name != name:
                shutil.rmtree(folder, ignore_errors=True)

    def upsert(self, rows: Iterable[Goods], gone: Iterable[int] = ()) -> None:
        """Put changed rows in place of their old ones, drop ``gone``, commit. The caller holds the lock."""
        index = self._index()
        writer = index.writer(heap_size=SMALL_HEAP * 2, num_threads=1)
        rows = list(rows)
        stale = [*gone, *(goods.pid for goods in rows)]
        if stale:
            writer.delete_documents_by_query(tantivy.Query.term_set_query(self.schema, "pid", stale))
        for goods in rows:
            writer.add_document(document(goods, self.schema))
        writer.commit()
        writer.wait_merging_threads()

    def _index(self) -> tantivy.Index:
        name = self._current()
        if self._open is None or self._open[0] != name:
            if not self.manifest():
                raise IndexMissing(f"{self.folder} holds no index of version {VERSION}; run goods reindex")
            index = register(tantivy.Index.open(str(self.folder / name)))
            index.config_reader(reload_policy="manual")
            self._open, self._seen = (name, index), None
        return self._open[1]

    def searcher(self) -> tantivy.Searcher:
        """A view of the newest commit.

        Raises
        ------
        IndexMissing
            Nothing was built yet.
        """
        index = self._index()
        seen = _stamp(f"{self.folder}/{self._current()}/meta.json")
        if seen != self._seen:
            index.reload()
            self._seen, self._words = seen, None
            self._remembered.clear()
        return index.searcher()

    def remembered(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for each commit."""
        self.searcher()
        if name not in self._remembered:
            self._remembered[name] = make()
        return cast(T, self._remembered[name])

    def vocabulary(self) -> Vocabulary:
        """The words of the newest commit, with its searcher; remembered until the next commit."""
        searcher = self.searcher()
        if self._words is None:
            self._words = Vocabulary(searcher)
        return self._words

    def count(self) -> int:
        """Number of goods in the newest commit; 0 when there is no index."""
        try:
            return int(self.searcher().num_docs)
        except IndexMissing:
            return 0


def _stamp(path: str) -> tuple[int, int]:
    stat = os.stat(path)  # noqa: PTH116 - asked before every search; a Path costs more than the call
    return stat.st_mtime_ns, stat.st_ino


def _last_pid(searcher: tantivy.Searcher) -> int:
    found = searcher.search(tantivy.Query.all_query(), limit=1, count=False, order_by_field="pid")
    return pids(searcher, [address for _, address in found.hits])[0] if found.hits else 0


def pids(searcher: tantivy.Searcher, addresses: Sequence[tantivy.DocAddress]) -> list[int]:
    """The ids of documents, in their order."""
    return [int(value or 0) for value in searcher.fast_field_values("pid", list(addresses))]


def _read_note(folder: Path) -> dict[str, object] | None:
    try:
        return dict(json.loads((folder / "manifest.json").read_text()))
    except (FileNotFoundError, ValueError):
        return None


def _write_durably(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
