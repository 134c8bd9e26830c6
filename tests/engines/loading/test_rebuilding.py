"""Neighbourhood search: what is kept stands as before, what is rebuilt is never worth less."""

from __future__ import annotations

import random
from itertools import count

import numpy as np
import pytest
from tests.engines.loading.cargo import BOX, consignment

from bolanggu.engines.loading import validate
from bolanggu.engines.loading.expanding import expand_plan
from bolanggu.engines.loading.goods import UNLIMITED, flatten
from bolanggu.engines.loading.lines import Task
from bolanggu.engines.loading.rebuilding import loosen, open_line_for, rebuild
from bolanggu.engines.loading.searching import search_plan
from bolanggu.engines.loading.taste import Taste

ROOM = np.array([BOX.length, BOX.width, BOX.height], np.int32)


def begun(seed: int, *, supported: bool):
    cartons = consignment(seed, 5)
    goods = flatten(cartons, BOX)
    task = Task(goods, ROOM, supported=supported, payload=UNLIMITED)
    ticks = count()
    return cartons, task, search_plan(task, seconds=3, chosen=[Taste(blocks=1500)], stopwatch=lambda: next(ticks))


def limited(turns: int):
    ticks = count()
    return lambda: next(ticks) > turns


@pytest.mark.parametrize("supported", [True, False])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_rebuilt_plan_is_valid_and_never_worth_less(supported, seed):
    cartons, task, found = begun(seed, supported=supported)
    better = rebuild(task, found, [Taste()], np.random.default_rng(seed), limited(60))
    assert better.value >= found.value
    placed = expand_plan(better, task.goods, cartons)
    assert validate(cartons, BOX, placed, support="full" if supported else "none") == ()
    worth = {carton.key: carton.volume for carton in cartons}
    assert sum(worth[p.key] for p in placed) == pytest.approx(better.value)


def test_the_same_seed_rebuilds_the_same():
    _, task, found = begun(3, supported=False)
    plans = [rebuild(task, found, [Taste()], np.random.default_rng(7), limited(40)) for _ in range(2)]
    assert plans[0].boxes.tolist() == plans[1].boxes.tolist()


@pytest.mark.parametrize("seed", range(3))
def test_a_whole_plan_set_down_again_stands(seed):
    _, task, found = begun(seed, supported=True)
    kept = np.arange(len(found.placed) - 1)
    line = open_line_for(task, found, kept, Taste(blocks=500), np.random.default_rng(1))
    assert line is not None
    start = line.beam.start
    assert start.numbers[0, 1] == len(kept)
    assert start.boxes[0, : len(kept)].tolist() == found.boxes[kept].tolist()
    used = task.goods.quantity - start.stock[0]
    assert start.sums[0, 0] == pytest.approx(float((used * task.goods.value).sum()))


@pytest.mark.parametrize("seed", range(10))
def test_what_stands_on_something_taken_out_goes_too(seed):
    draw, heights, boxes = random.Random(seed), np.zeros((12, 12), int), []
    for _ in range(25):
        x, y, dx, dy = draw.randrange(10), draw.randrange(10), draw.randint(1, 3), draw.randint(1, 3)
        z = int(heights[x : x + dx, y : y + dy].max())
        heights[x : x + dx, y : y + dy] = z + 2
        boxes.append((x, y, z, x + dx, y + dy, z + 2))
    going = np.array([draw.random() < 0.2 for _ in boxes])
    plain = going.copy()
    changed = True
    while changed:
        changed = False
        for up, a in enumerate(boxes):
            for low, b in enumerate(boxes):
                over = a[0] < b[3] and b[0] < a[3] and a[1] < b[4] and b[1] < a[4] and a[2] >= b[5]
                if plain[low] and not plain[up] and over:
                    plain[up] = changed = True
    loosen(np.array(boxes, np.int32), going)
    assert going.tolist() == plain.tolist()
