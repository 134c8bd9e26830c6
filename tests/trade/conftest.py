"""Homes with a small catalogue, and the command line as people run it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests import homes

ROOT = Path(__file__).resolve().parents[2]

#: code, English, Chinese, price, pieces a carton, mm, gross g – made for the tests
GOODS = [
    ("A1", "plastic hair clip blue", "塑料发夹 蓝色", "0.80", 120, (400, 300, 300), 6000),
    ("A2", "ceramic coffee mug white", "陶瓷咖啡杯 白色", "6.50", 36, (450, 350, 300), 15000),
    ("A3", "folding umbrella black", "折叠雨伞 黑色", "12.00", 60, (600, 300, 350), 18000),
    ("A4", "steel pencil sharpener", "钢制卷笔刀", "1.10", 200, (300, 300, 250), 9000),
    ("A5", "cotton socks grey", "棉袜 灰色", "3.20", 100, (500, 400, 400), 9500),
    ("A6", "wooden photo frame", "木质相框", "8.80", 40, (500, 400, 300), 14000),
    ("A7", "garden statue of stone", "花园石雕", "900.00", 1, (3000, 2600, 2650), 9_000_000),
    ("A8", "cast iron weight block", "铸铁配重块", "5.00", 10, (400, 400, 400), 40_000_000),
]


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory) -> Path:
    """A catalogue file of the goods above."""
    file = tmp_path_factory.mktemp("catalogue") / "goods.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(
            "code title_en title_zh price currency moq pcs_per_carton".split()
            + "carton_l_mm carton_w_mm carton_h_mm carton_gross_g".split()
        )
        for code, en, zh, price, pieces, size, gross in GOODS:
            out.writerow([code, en, zh, price, "CNY", 1, pieces, *size, gross])
    return file


@pytest.fixture(scope="session")
def prepared(catalogue, tmp_path_factory) -> Path:
    """A home whose whole catalogue are those goods; tests work on copies of it."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    done = Command(home).run("goods", "import", str(catalogue), "--json")
    assert done.returncode == 0, done.stderr
    return home


class Command:
    """The command line in one home."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def environment(self) -> dict[str, str]:
        return homes.environment(self.home)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "bolanggu", *arguments],
            env=self.environment(),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def python(self, program: str, given: str = "") -> Any:
        """What a program prints as JSON, run in this home."""
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment(),
            cwd=ROOT,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def trade(self, *arguments: str) -> dict:
        done = self.run("trade", *arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def command(prepared, tmp_path) -> Command:
    """The command line in a fresh copy of the prepared home."""
    home = homes.copy(prepared, tmp_path / "home")
    yield Command(home)
    homes.remove(home)


@pytest.fixture
def purchase_list(tmp_path):
    """Write a list; rows are (description, quantity)."""

    def write(*rows, name="list.csv"):
        file = tmp_path / name
        with file.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([("description", "quantity"), *rows])
        return str(file)

    return write
