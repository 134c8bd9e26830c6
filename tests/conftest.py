"""Fixtures for all tests: the shared reference data, and what a run requires."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
