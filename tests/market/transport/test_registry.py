"""The factor registry: each factor with its source, the user's own file over it, and faults by row and column."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bolanggu.data import path
from bolanggu.market.transport.planning import plan
from bolanggu.market.transport.registry import COLUMNS, factors, read_factors
from bolanggu.values.fault import Fault

READY = datetime(2026, 3, 2, 8, tzinfo=UTC)
HEADER = ",".join((*COLUMNS, "confidence"))
HUB = "hub,2026,hub,terminals,1200,g/t,WTW,none,1,own audit,p. 3,measured"


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    """Where the user's own file lies."""
    monkeypatch.setenv("BOLANGGU_HOME", str(tmp_path))
    return tmp_path / "carbon_factors.csv"


def test_every_factor_names_source_version_boundary_and_confidence():
    for factor in factors().values():
        assert factor.source
        assert factor.version
        assert factor.confidence
        assert factor.boundary or factor.value is None


def test_the_users_own_file_lies_over_the_registry_and_unknown_hubs_become_known(own):
    before = plan("ESBCN", READY)[0]
    assert before.sheet.unknown
    own.write_text(f"{HEADER}\n{HUB}\n")
    after = plan("ESBCN", READY)[0]
    assert after.sheet.unknown == ()
    hubs = [line for line in after.sheet.lines if line.leg.startswith("hub")]
    assert all(line.grams == 12_000 and line.factor.source == "own audit" for line in hubs)


def test_a_changed_file_is_read_again(own):
    own.write_text(f"{HEADER}\n{HUB}\n")
    assert factors()["hub"].value == Decimal(1200)
    own.write_text(f"{HEADER}\n{HUB.replace('1200', '900')}\n")
    os.utime(own, ns=(1, 1))
    assert factors()["hub"].value == Decimal(900)
    own.unlink()
    assert factors()["hub"].value is None
    assert read_factors(path("carbon_factors.csv")) == factors()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"{HEADER}\n{HUB}\n{HUB}\n", "row 3, column id"),
        (f"{HEADER}\n{HUB.replace('1200', '-5')}\n", "row 2, column value"),
        (f"{HEADER.replace('daf', 'x')}\n{HUB}\n", "row 1, column daf"),
    ],
)
def test_a_file_that_cannot_be_used_names_row_and_column(own, text, where):
    own.write_text(text)
    with pytest.raises(Fault, match=where):
        factors()
