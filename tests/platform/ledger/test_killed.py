"""A process that is killed at any commit point loses nothing committed and books nothing twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
POINTS = [f"statement:{k}" for k in range(1, 11)] + ["before_commit", "after_commit"]


def killed(home: Path, *arguments: object, url: str | None = None, program: str = "killed") -> dict:
    environment = os.environ | {"BOLANGGU_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    environment.pop("DATABASE_URL", None)
    if url:
        environment["DATABASE_URL"] = url
    command = [sys.executable, "-m", f"tests.platform.ledger.{program}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=170, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def moments(number: int, count: int) -> list[str]:
    chance = random.Random(number)
    return [f"after:{chance.randrange(20, 140)}" for _ in range(count)]


def test_killing_at_each_commit_point_leaves_the_batch_whole_or_absent(tmp_path):
    told = killed(tmp_path, 3, 40, *POINTS)
    assert told["kills"] >= 11
    assert told["committed"] >= 1


@pytest.mark.slow
@pytest.mark.parametrize("number", [5, 6, 7])
def test_killing_at_random_moments_leaves_the_batch_whole_or_absent(tmp_path, number):
    told = killed(tmp_path, number, 1200, *POINTS, *POINTS, *moments(number, 30))
    assert told["kills"] >= 30


@pytest.mark.slow
@pytest.mark.postgres
def test_killing_leaves_the_batch_whole_or_absent_on_postgresql(tmp_path, postgres):
    postgres.create("killed")
    told = killed(
        tmp_path, 8, 300, *POINTS, "after_add", "after_add", *moments(8, 30), *POINTS, url=postgres.url("killed")
    )
    assert told["kills"] >= 30


@pytest.mark.slow
def test_writers_at_once_take_effect_once_and_break_nothing(tmp_path):
    told = killed(tmp_path, 4, 60, program="together")
    assert told["ended"] == [0, 0, 0, 0]
    assert told["told"] == told["transfers"] > 500
    assert told["faults"] == 0


@pytest.mark.slow
@pytest.mark.postgres
def test_writers_at_once_take_effect_once_and_break_nothing_on_postgresql(tmp_path, postgres):
    postgres.create("together")
    told = killed(tmp_path, 4, 60, program="together", url=postgres.url("together"))
    assert told["ended"] == [0, 0, 0, 0]
    assert told["told"] == told["transfers"] > 500
    assert told["faults"] == 0
