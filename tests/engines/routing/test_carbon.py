"""The carbon sheet adds up, keeps units apart, and says what is unknown."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.engines.routing.carbon import Factor, Sheet, WrongUnit, emit

TRUCK = Factor("truck", "1", "road", "", Decimal(89), "g/t-km", "WTW", "SFD", Decimal(1), "source", "p. 1", "")
SHIP = replace(TRUCK, id="ship", value=Decimal("71.7"), unit="g/TEU-km", daf=Decimal("1.15"))
HUB = replace(TRUCK, id="hub", value=None, unit="g/t")
ONE = {"teu": Decimal(1), "tonnes": Decimal(10)}


def test_a_line_can_be_done_by_hand():
    line = emit("Ningbo - Barcelona", SHIP, km=Decimal(16219), **ONE)
    assert line.grams == round(16219 * 1.15 * 71.7)
    assert line.arithmetic == "1 TEU × 16219 km × 1.15 × 71.7 g/TEU-km = 1337338 g"
    assert emit("", TRUCK, km=Decimal(100), **ONE).arithmetic == "10 t × 100 km × 89 g/t-km = 89000 g"


def test_the_unknown_is_named_and_not_counted_as_nothing():
    sheet = Sheet((emit("drive", TRUCK, km=Decimal(1), **ONE), emit("hub Ningbo", HUB, km=Decimal(0), **ONE)))
    assert (sheet.grams, sheet.unknown) == (890, ("hub Ningbo",))
    assert sheet.lines[1].arithmetic == "unknown: source"


def test_a_hub_with_a_known_factor_counts_by_mass_without_distance():
    line = emit("hub Ningbo", replace(HUB, value=Decimal(600)), km=Decimal(0), **ONE)
    assert (line.grams, line.arithmetic) == (6000, "10 t × 600 g/t = 6000 g")


def test_a_factor_in_another_unit_is_refused():
    with pytest.raises(WrongUnit, match="g/MJ"):
        emit("drive", replace(TRUCK, unit="g/MJ"), km=Decimal(1), **ONE)


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=8), st.integers(1, 400))
def test_figures_add_up_over_legs_and_grow_with_the_cargo(kms, teu):
    cargo = {"teu": Decimal(teu), "tonnes": Decimal(10 * teu)}
    lines = tuple(emit("", factor, km=Decimal(km), **cargo) for km in kms for factor in (TRUCK, SHIP))
    assert Sheet(lines).grams == sum(line.grams for line in lines)
    whole = emit("", TRUCK, km=Decimal(sum(kms)), **cargo).grams
    assert sum(emit("", TRUCK, km=Decimal(km), **cargo).grams for km in kms) == whole
    assert whole == teu * emit("", TRUCK, km=Decimal(sum(kms)), **ONE).grams
