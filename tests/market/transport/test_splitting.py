"""Cargo larger than any departure: spread over several, each within its space, the whole of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolanggu.market.transport.assumptions import assumed
from bolanggu.market.transport.planning import plan
from bolanggu.market.transport.splitting import NotEnoughSpace, by_arrival, split_over

READY = datetime(2026, 3, 2, 8, tzinfo=UTC)


def most(mode):
    return float(assumed("space")[mode]["value"])


def test_what_fits_on_one_departure_is_one_part():
    (part,) = split_over("ESBCN", READY, 3.0)
    assert part.teu == 3.0
    assert part.journey in plan("ESBCN", READY, teu=3.0)


@settings(max_examples=12, deadline=None)
@given(teu=st.floats(1, 900), to=st.sampled_from(["ESBCN", "DEDUI", "KZALA"]))
def test_the_parts_are_the_whole_and_no_departure_is_overfull(teu, to):
    parts = split_over(to, READY, teu)
    assert sum(part.teu for part in parts) == pytest.approx(teu)
    load = defaultdict(float)
    for part in parts:
        for leg in part.journey.legs:
            if leg.service:
                load[leg.service, leg.depart, leg.mode] += part.teu
    assert all(taken <= most(mode) + 1e-6 for (_, _, mode), taken in load.items())


def test_hundreds_of_teu_go_with_several_departures():
    parts = split_over("ESBCN", READY, 2.5 * most("sea"))
    assert len(parts) >= 3
    assert not any(part.journey.by_air for part in parts)


def test_the_earliest_are_taken_first_where_that_is_asked():
    cheap, early = (split_over("DEDUI", READY, 300.0, **rank) for rank in ({}, {"rank": by_arrival}))
    assert min(part.journey.arrive for part in early) <= min(part.journey.arrive for part in cheap)
    assert sum(part.journey.cost.minor * part.teu for part in cheap) <= sum(
        part.journey.cost.minor * part.teu for part in early
    )


def test_space_that_is_taken_already_is_not_given_again():
    (part,) = split_over("ESBCN", READY, 3.0)
    leg = next(leg for leg in part.journey.legs if leg.service and leg.mode == "sea")
    (other,) = split_over("ESBCN", READY, 3.0, left={(leg.service, leg.depart): 1.0})
    assert (leg.service, leg.depart) not in [(each.service, each.depart) for each in other.journey.legs]


def test_more_than_all_departures_have_says_how_much_was_placed():
    with pytest.raises(NotEnoughSpace, match="find departures to JPUKB"):
        split_over("JPUKB", READY, 10**6, most=3)
