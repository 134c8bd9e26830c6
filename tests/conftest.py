"""Fixtures for all tests: the shared reference data, a PostgreSQL server, and what a run requires."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import databases

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


def required(what: str) -> bool:
    """True if BOLANGGU_REQUIRE names ``what``: then its absence fails instead of skipping."""
    return what in os.environ.get("BOLANGGU_REQUIRE", "").split(",")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and reference vectors beside the checkout."""
    if not SHARED.is_dir():
        if required("shared"):
            pytest.fail("../shared/data is missing, and BOLANGGU_REQUIRE names it")
        pytest.skip("../shared/data is missing")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[databases.Server]:
    """A PostgreSQL server: the one that the run takes place on, else one of our own."""
    if server := databases.given():
        yield server
        return
    if databases.binaries() is None:
        if required("postgres"):
            pytest.fail("there is no PostgreSQL, and BOLANGGU_REQUIRE names it")
        pytest.skip("there is no PostgreSQL on this machine")
    with databases.temporary(durable=False) as server:
        yield server
