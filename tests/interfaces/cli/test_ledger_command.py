"""``ledger verify``, ``ledger statement`` and ``ledger backup`` from a shell."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests import homes

HEADER = "account,statement,date,amount,currency,balance,reference\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("ledger") / "home"
    yield place
    homes.remove(place)


def ledger(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bolanggu", "ledger", *map(str, words)]
    return subprocess.run(
        command, env=homes.environment(home), cwd=homes.ROOT, capture_output=True, text=True, check=False
    )


def test_empty_books_hold(home):
    done = ledger(home, "verify", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"transfers": 0, "ok": True, "faults": []}


def test_a_bank_statement_is_explained_the_same_twice(home, tmp_path):
    file = tmp_path / "march.csv"
    file.write_text(HEADER + "A,S1,2026-03-02,5.00,USD,5.00,R7\nA,S1,2026-03-03,-1.00,USD,4.00,\n")
    first, second = (ledger(home, "statement", file, "--json") for _ in range(2))
    assert first.returncode == second.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    (said,) = json.loads(first.stdout)["statements"]
    assert said["outcomes"] == {"unknown": 2}


def test_a_file_that_does_not_add_up_is_refused_by_row_and_column(home, tmp_path):
    file = tmp_path / "april.csv"
    file.write_text(HEADER + "A,S2,2026-04-02,5.00,USD,5.00,\nA,S2,2026-04-03,-1.00,USD,5.00,\n")
    done = ledger(home, "statement", file)
    assert done.returncode == 2
    assert "april.csv row 2, column balance" in done.stderr


def test_a_backup_is_made_once(home, tmp_path):
    assert ledger(home, "backup", tmp_path / "copy").returncode == 0
    assert (tmp_path / "copy").stat().st_size > 0
    done = ledger(home, "backup", tmp_path / "copy")
    assert done.returncode == 2
    assert "stands already" in done.stderr
