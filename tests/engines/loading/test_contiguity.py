"""How far a group stands together along the length."""

from __future__ import annotations

from bolanggu.engines.loading import CartonType, Placement
from bolanggu.engines.loading.validating_order import contiguity

KNOWN = {key: CartonType(key, 10, 10, 10, 99, group=key[0]) for key in ("a1", "a2", "b1", "-")}
KNOWN["-"] = CartonType("-", 10, 10, 10, 99)


def row(*keys: str):
    return [Placement(key, 10 * at, 0, 0, 10, 10, 10) for at, key in enumerate(keys)]


def test_groups_in_slabs_are_whole():
    assert contiguity(KNOWN, row("a1", "a2", "a1", "b1", "b1")) == {"a": 1.0, "b": 1.0}


def test_a_carton_at_the_far_end_is_not_with_its_group():
    apart = contiguity(KNOWN, row("a1", "a2", "a1", *["b1"] * 6, "a1"))
    assert apart["a"] == 0.75
    assert apart["b"] == 1.0


def test_mixed_groups_are_less_together_than_sorted_ones():
    mixed = contiguity(KNOWN, row(*["a1", "b1"] * 10))
    assert max(mixed.values()) < 0.7


def test_cartons_without_a_group_are_not_measured():
    assert contiguity(KNOWN, row("-", "-", "a1")) == {"a": 1.0}
    assert contiguity(KNOWN, []) == {}
