from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from bolanggu.engines.goods_search.index import GoodsIndex, IndexMissing
from bolanggu.engines.goods_search.query import search
from bolanggu.engines.goods_search.schema import Goods


def _goods(first: int, last: int) -> list[Goods]:
    return [Goods(pid, f"C{pid}", title_en=f"bag number{pid}") for pid in range(first, last + 1)]


def _rows(goods):
    return lambda after: (each for each in goods if each.pid > after)


def _build_slowly(folder: Path) -> None:
    import bolanggu.engines.goods_search.index as module

    module.BATCH = 100

    def rows(after: int):
        for each in _goods(after + 1, 5000):
            time.sleep(0.001)
            yield each

    index = GoodsIndex(folder)
    with index.lock():
        index.build(rows, note={"identity": "x"})


def _committed(meta: Path) -> bool:
    try:
        return bool(json.loads(meta.read_text())["segments"])
    except (FileNotFoundError, ValueError):
        return False


def test_searching_before_a_build_says_so(tmp_path):
    with pytest.raises(IndexMissing, match="reindex"):
        GoodsIndex(tmp_path).searcher()


def test_a_change_is_seen_by_another_reader_at_once(shelf):
    made = shelf("red bag", "blue bag")
    reader = GoodsIndex(made.index.folder)
    assert reader.count() == 2
    started = time.perf_counter()
    with made.index.lock():
        made.index.upsert([Goods(2, "C2", title_en="green lantern"), Goods(3, "C3", title_en="yellow kite")], gone=[1])
    assert [hit.pid for hit in search(reader, "lantern", lang="en")] == [2]
    assert time.perf_counter() - started < 0.5
    assert reader.count() == 2
    assert search(reader, "C1") == []


def test_a_new_build_replaces_the_old_one_in_one_step(tmp_path):
    index, reader = GoodsIndex(tmp_path), GoodsIndex(tmp_path)
    index.build(_rows(_goods(1, 5)), note={"generation": 1})
    assert reader.count() == 5
    index.build(_rows(_goods(1, 9)), note={"generation": 2})
    assert reader.count() == 9
    assert reader.manifest()["generation"] == 2
    assert len(list(tmp_path.glob("gen-*"))) == 1


def test_a_killed_build_leaves_the_old_index_and_is_continued(tmp_path):
    index = GoodsIndex(tmp_path)
    index.build(_rows(_goods(1, 3)), note={"identity": "old"})
    builder = multiprocessing.get_context("spawn").Process(target=_build_slowly, args=(tmp_path,))
    builder.start()
    while not _committed(tmp_path / "part" / "meta.json"):
        time.sleep(0.05)
    os.kill(builder.pid, signal.SIGKILL)
    builder.join()
    assert index.count() == 3
    assert index.broken_off() == {"version": index.manifest()["version"], "identity": "x"}
    asked_after = []

    def rows(after):
        asked_after.append(after)
        return _rows(_goods(1, 5000))(after)

    with index.lock():
        assert index.build(rows, note={"identity": "x"}) == 5000
    assert asked_after[0] > 0
    assert index.count() == 5000


def test_only_one_writer_holds_the_lock(tmp_path):
    one, other = GoodsIndex(tmp_path), GoodsIndex(tmp_path)
    with one.lock() as first, other.lock(wait=False) as second:
        assert (first, second) == (True, False)
