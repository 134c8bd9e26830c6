"""A very small city, so that building it takes no time."""

import pytest

from bolanggu.data import read_yaml


@pytest.fixture
def hamlet(monkeypatch, tmp_path):
    """The sizes hamlet and village, three shops a chunk, a home of its own."""
    sizes = read_yaml("assumptions/city.yaml")["sizes"]["values"]
    monkeypatch.setitem(sizes, "hamlet", {"shops": 8, "parties": 70})
    monkeypatch.setitem(sizes, "village", {"shops": 20, "parties": 90})
    monkeypatch.setattr("bolanggu.trade.world.build.SHOPS_AT_ONCE", 3)
    monkeypatch.setenv("BOLANGGU_HOME", str(tmp_path))
    return tmp_path
