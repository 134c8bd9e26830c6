"""A small season on the tests' own goods: three buyers, two agents, six lists over two weeks."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.trade.conftest import GOODS

SEASON = """
name: small
seed: 3
opens: 2026-03-02
decides: friday
decides_at: "04:00"
last_decision: 2026-04-03
agents:
  - {number: T-AG1, name_en: Agent 1 (simulated), name_zh: 外贸公司一（模拟）}
  - {number: T-AG2, name_en: Agent 2 (simulated), name_zh: 外贸公司二（模拟）}
buyers:
  one: {number: T-B1, name_en: Buyer 1 (simulated), name_zh: 采购商一（模拟）, country: ES, to: ESBCN, currency: EUR,
        agent: T-AG1, wish: ""}
  two: {number: T-B2, name_en: Buyer 2 (simulated), name_zh: 采购商二（模拟）, country: ES, to: ESBCN, currency: USD,
        agent: T-AG1, wish: ""}
  three: {number: T-B3, name_en: Buyer 3 (simulated), name_zh: 采购商三（模拟）, country: ES, to: ESMAD, currency: USD,
          agent: T-AG2, wish: rail}
lists:
  - {file: a.csv, buyer: one, day: 2026-03-02}
  - {file: b.csv, buyer: two, day: 2026-03-02}
  - {file: c.csv, buyer: three, day: 2026-03-03}
  - {file: d.csv, buyer: one, day: 2026-03-09}
  - {file: e.csv, buyer: two, day: 2026-03-10}
  - {file: f.csv, buyer: three, day: 2026-03-11}
incidents:
  - {day: 2026-03-03, list: a.csv, act: refuse_order, with: {order: {nth: 1}, reason: sold out, money: refund}}
  - {day: 2026-03-11, list: e.csv, act: cancel_line, with: {line: {nth: 2}, reason: not wanted}}
"""
LISTS = {
    "a.csv": [(0, 9000), (2, 6000), (4, 12000)],
    "b.csv": [(1, 9000), (5, 8000), (3, 4000)],
    "c.csv": [(0, 2400), (5, 400)],
    "d.csv": [(4, 20000), (2, 4000)],
    "e.csv": [(1, 9000), (4, 3000), (5, 4000)],
    "f.csv": [(3, 800)],
}


@pytest.fixture(scope="session")
def season(tmp_path_factory) -> Path:
    """A folder with the script and its lists; a list names goods by their titles, a number of each."""
    folder = tmp_path_factory.mktemp("season")
    (folder / "season.yaml").write_text(SEASON, encoding="utf-8")
    for name, rows in LISTS.items():
        with (folder / name).open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(
                [("description", "quantity"), *((GOODS[index][1], pieces) for index, pieces in rows)]
            )
    return folder
