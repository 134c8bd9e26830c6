"""A trade survives being killed anywhere, two runs at once, and a full disk."""

from __future__ import annotations

import json
import random
import resource
import signal
import subprocess
import sys

import pytest
from tests import homes
from tests.trade.conftest import ROOT, Command
from tests.trade.test_trade_command import ROWS, told

STEPS = "read match quote order deposit receive book load declare depart follow observe".split()


def kill_after(command, step, delay, *arguments):
    """Start the trade, wait until ``step`` is reported, wait ``delay`` seconds more, and kill it for good."""
    process = command.start("trade", *arguments)
    for line in process.stderr:
        if line.split()[:1] == [step]:
            break
    try:
        process.wait(timeout=delay)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode


@pytest.mark.slow
def test_killed_after_each_step_and_run_again_it_ends_the_same(prepared, tmp_path, purchase_list):
    arguments = (purchase_list(*ROWS), "--to", "ESBCN")
    expected = told(Command(homes.copy(prepared, tmp_path / "whole")).trade(*arguments))
    command, chance = Command(homes.copy(prepared, tmp_path / "killed")), random.Random(4)
    codes = [kill_after(command, step, chance.random() * 0.2, *arguments) for step in STEPS[:-1]]
    assert codes.count(-signal.SIGKILL) >= 8
    assert told(command.trade(*arguments)) == expected
    verified = command.run("ledger", "verify", "--json")
    assert json.loads(verified.stdout)["ok"], verified.stdout


def test_killed_in_the_middle_once_it_ends_the_same(prepared, tmp_path, purchase_list):
    arguments = (purchase_list(*ROWS), "--to", "ESBCN")
    whole, killed = (Command(homes.copy(prepared, tmp_path / name)) for name in ("whole", "killed"))
    expected = told(whole.trade(*arguments))
    kill_after(killed, "deposit", 0.02, *arguments)
    assert told(killed.trade(*arguments)) == expected


def test_two_runs_at_once_make_one_trade(command, purchase_list):
    arguments = ("trade", purchase_list(*ROWS), "--to", "ESBCN", "--json")
    runs = [command.start(*arguments) for _ in range(2)]
    answers = [run.communicate(timeout=300) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], answers[0][1] + answers[1][1]
    one, two = (told(json.loads(out)) for out, _ in answers)
    assert one == two


def test_two_different_trades_at_once_share_no_carton(command, purchase_list):
    lists = [purchase_list(*rows, name=f"{n}.csv") for n, rows in enumerate([ROWS, ROWS[:2]])]
    runs = [command.start("trade", file, "--to", "ESBCN", "--json") for file in lists]
    dossiers = [json.loads(run.communicate(timeout=300)[0]) for run in runs]
    boxes = [box["number"] for dossier in dossiers for box in dossier["containers"]]
    assert len(set(boxes)) == len(boxes) == 2
    assert json.loads(command.run("ledger", "verify", "--json").stdout)["ok"]


def test_a_full_disk_is_told_and_the_same_command_completes(command, purchase_list, tmp_path):
    arguments = ["trade", purchase_list(*ROWS), "--to", "ESBCN", "--out", str(tmp_path / "papers"), "--json"]

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = subprocess.run(
        [sys.executable, "-m", "bolanggu", *arguments],
        env=command.environment(),
        cwd=ROOT,
        preexec_fn=small_files,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "run the same command again" in done.stderr
    assert not list(tmp_path.glob(".*"))
    dossier = json.loads(command.run(*arguments).stdout)
    assert len(dossier["containers"]) == 1
