"""A real browser, and a home whose whole catalogue are three kinds of goods."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests import homes
from tests.conftest import required

#: code, English, Chinese, price, pieces a carton, mm, gross g – made for the tests
GOODS = [
    ("A1", "plastic hair clip blue", "塑料发夹 蓝色", "0.80", 120, (400, 300, 300), 6000),
    ("A2", "ceramic coffee mug white", "陶瓷咖啡杯 白色", "6.50", 36, (450, 350, 300), 15000),
    ("A3", "folding umbrella black", "折叠雨伞 黑色", "12.00", 60, (600, 300, 350), 18000),
]
COLUMNS = "code title_en title_zh price currency moq pcs_per_carton carton_l_mm carton_w_mm carton_h_mm carton_gross_g"


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        if required("chromium"):
            pytest.fail("there is no Chromium, and BOLANGGU_REQUIRE names it")
        pytest.skip("there is no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def stocked(tmp_path_factory) -> Path:
    """A home whose whole catalogue are those goods."""
    folder = tmp_path_factory.mktemp("stocked")
    with (folder / "goods.csv").open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(COLUMNS.split())
        for code, en, zh, price, pieces, size, gross in GOODS:
            out.writerow([code, en, zh, price, "CNY", 1, pieces, *size, gross])
    command = [sys.executable, "-m", "bolanggu", "goods", "import", str(folder / "goods.csv"), "--json"]
    subprocess.run(command, env=homes.environment(folder / "home"), cwd=homes.ROOT, check=True, capture_output=True)
    return folder / "home"
