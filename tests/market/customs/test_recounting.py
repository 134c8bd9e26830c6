"""Items that somebody else merged, against the goods list: MP-011, MP-012 and MP-013."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from tests.market.customs.test_merging import lines_of

from bolanggu.market.customs.afterwards import judge
from bolanggu.market.customs.merging import merge
from bolanggu.market.customs.recounting import StatedItem, items_facts

DAY = date(2026, 5, 31)


def consignment(seed, kinds=9):
    rng = random.Random(seed)
    while True:
        lines = lines_of(rng)
        codes = {line.hs10 for line in lines}
        items = merge(lines, simplified=True, itemised=5, alone=lambda _: False)
        if len(codes) >= kinds and any(item.kinds > 1 for item in items):
            return lines, [StatedItem(item.hs, item.value_cents, item.kinds) for item in items]


def found(lines, stated, alone=lambda _: False, *, simplified=True):
    facts = items_facts(lines, stated, simplified=simplified, itemised=5, alone=alone)
    return {finding.rule.id for finding in judge("items", facts, DAY, "x")}


@pytest.mark.parametrize("seed", range(30))
def test_items_merged_as_the_rules_say_pass(seed):
    lines, stated = consignment(seed)
    assert found(lines, stated) == set()


@pytest.mark.parametrize("seed", range(10))
def test_the_five_out_of_order_are_mp_011(seed):
    lines, stated = consignment(seed)
    assert "MP-011" in found(lines, [stated[4], *stated[1:4], stated[0], *stated[5:]])


@pytest.mark.parametrize("seed", range(10))
def test_another_code_or_total_is_mp_012(seed):
    lines, stated = consignment(seed)
    place = next(i for i, item in enumerate(stated) if item.kinds > 1)
    for wrong in (
        replace(stated[place], hs=stated[place].hs[:2] + "99999999"),
        replace(stated[place], value_cents=stated[place].value_cents + 1),
    ):
        assert "MP-012" in found(lines, [*stated[:place], wrong, *stated[place + 1 :]])


@pytest.mark.parametrize("seed", range(10))
def test_goods_with_duty_hidden_in_a_merged_item_are_mp_013(seed):
    lines, stated = consignment(seed)
    shown = {item.hs for item in stated}
    hidden = next(line.hs10 for line in lines if line.hs10 not in shown)
    assert "MP-013" in found(lines, stated, alone=hidden.__eq__)


def test_without_simplifying_every_kind_is_its_own_item():
    lines, _ = consignment(1)
    single = [
        StatedItem(item.hs, item.value_cents)
        for item in merge(lines, simplified=False, itemised=5, alone=lambda _: False)
    ]
    assert found(lines, single, simplified=False) == set()
    assert "MP-011" in found(lines, single[1:], simplified=False)
