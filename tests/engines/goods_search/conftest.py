from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bolanggu.engines.goods_search.index import GoodsIndex
from bolanggu.engines.goods_search.match import Card
from bolanggu.engines.goods_search.schema import Goods


class Shelf:
    """Goods in memory with their index, as the database holds them elsewhere."""

    def __init__(self, folder: Path, goods: Iterable[Goods]) -> None:
        self.goods = {each.pid: each for each in goods}
        self.index = GoodsIndex(folder)
        with self.index.lock():
            self.index.build(self.rows_after, note={})

    def rows_after(self, pid: int) -> Iterable[Goods]:
        return (self.goods[each] for each in sorted(self.goods) if each > pid)

    def cards(self, wanted: Iterable[int]) -> dict[int, Card]:
        found = {}
        for pid in wanted:
            each = self.goods[pid]
            titles = tuple(title for title in (each.title_en, each.title_zh) if title)
            found[pid] = Card(each.code, titles, each.price or None)
        return found


@pytest.fixture
def shelf(tmp_path: Path) -> Callable[..., Shelf]:
    def make(*titles: str, **more: object) -> Shelf:
        goods = []
        for pid, title in enumerate(titles, 1):
            zh, _, en = title.partition("|") if "|" in title else ("", "", title)
            if any("\u4e00" <= char <= "\u9fff" for char in en):
                zh, en = en, ""
            goods.append(Goods(pid, f"C{pid}", zh, en, **more))
        return Shelf(tmp_path / "index", goods)

    return make


@pytest.fixture(scope="session")
def retailer(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    with (shared / "search" / "goods_import.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    goods = [Goods(pid, row["code"], title_en=row["title_en"]) for pid, row in enumerate(rows, 1)]
    return Shelf(tmp_path_factory.mktemp("retailer"), goods)
