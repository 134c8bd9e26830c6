"""Killed at any moment between or within acts, and run again, a trade ends as if it had not been killed."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys

import pytest
from tests import homes

ROWS = [
    ("plastic hair clip blue", 300),
    ("ceramic coffee mug white", 200),
    ("folding umbrella black", 90),
    ("steel pencil sharpener", 900),
    ("cotton socks grey", 200),
]
ACTS = "refuse_order deliver_short receive_payment return_payment measure_cartons fail roll_box change_port".split()


def start(home, file):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.trade.changes.changing", file],
        cwd=homes.ROOT,
        env=homes.environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(home, file):
    out, said = start(home, file).communicate(timeout=300)
    assert out, said
    return json.loads(out)


def kill_in(home, file, act, delay):
    process = start(home, file)
    for line in process.stderr:
        if line.strip() == act:
            break
    try:
        process.wait(timeout=delay)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_killed_in_the_middle_of_acts_it_ends_the_same(prepared, tmp_path, purchase_list):
    file, chance = purchase_list(*ROWS), random.Random(7)
    expected = ended(homes.copy(prepared, tmp_path / "whole"), file)
    assert expected["faults"] == []
    home = homes.copy(prepared, tmp_path / "killed")
    killed = sum(kill_in(home, file, act, chance.random() * 0.6) for act in ACTS)
    assert killed >= 4
    found = ended(home, file)
    homes.remove(home)
    assert found == expected
