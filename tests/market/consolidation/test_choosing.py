"""Which waiting lines ship now, which wait, and why."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.consolidation.choosing import Policy, PoolLine, choose

POLICY = Policy(cubic_mm=100, grams=1000, least_fill=0.8, longest_wait_days=14)
LEAVES, NEXT = date(2026, 3, 9), date(2026, 3, 16)


def line(number, cubic_mm, since=date(2026, 3, 2), grams=10, **more):
    return PoolLine("T1", f"L{number}", 1, cubic_mm, grams, since, **more)


def decide(*lines):
    return choose(lines, POLICY, leaves=LEAVES, next_leaves=NEXT)


def names(part):
    return [one.line for one, _ in part]


def test_a_pool_below_a_box_waits_and_says_how_much_it_holds():
    made = decide(line(1, 30), line(2, 40))
    assert (made.boxes, names(made.wait)) == (0, ["L1", "L2"])
    assert made.wait[0][1] == "the pool holds 70% of a box; waits for more until 2026-03-16"


def test_a_pool_that_fills_a_box_well_enough_ships():
    made = decide(line(1, 40), line(2, 45))
    assert (made.boxes, names(made.full)) == (1, ["L1", "L2"])


def test_the_oldest_lines_go_first_and_what_finds_no_room_waits():
    made = decide(line(1, 60), line(2, 60, since=date(2026, 2, 27)), line(3, 30))
    assert (made.boxes, names(made.full), names(made.wait)) == (1, ["L2", "L3"], ["L1"])
    assert "leaves without it" in made.wait[0][1]


def test_mass_fills_a_box_too():
    made = decide(line(1, 5, grams=500), line(2, 5, grams=450))
    assert made.boxes == 1


def test_a_line_that_has_waited_too_long_goes_without_a_full_box():
    made = decide(line(1, 10, since=date(2026, 2, 20)), line(2, 10))
    assert (names(made.apart), names(made.wait)) == (["L1"], ["L2"])
    assert "24 days" in made.apart[0][1]


def test_a_line_waits_for_the_departure_that_its_buyer_asked_for():
    made = decide(line(1, 95, not_before=date(2026, 3, 20)), line(2, 95, not_before=LEAVES))
    assert (names(made.full), names(made.wait)) == (["L2"], ["L1"])
    assert made.wait[0][1] == "the buyer asked for no departure before 2026-03-20"


LINES = st.lists(
    st.builds(
        PoolLine,
        trade=st.sampled_from(["T1", "T2", "T3"]),
        line=st.uuids().map(str),
        cartons=st.integers(1, 9),
        cubic_mm=st.integers(1, 90),
        grams=st.integers(1, 900),
        since=st.integers(0, 30).map(lambda n: LEAVES - timedelta(days=n)),
        not_before=st.none() | st.just(NEXT),
    ),
    max_size=25,
)


@given(LINES)
def test_every_line_is_in_exactly_one_place_with_a_reason_and_no_box_is_overfull(lines):
    made = choose(lines, POLICY, leaves=LEAVES, next_leaves=NEXT)
    placed = [*made.full, *made.apart, *made.wait]
    assert sorted(one.line for one, _ in placed) == sorted(one.line for one in lines)
    assert all(reason for _, reason in placed)
    assert sum(one.cubic_mm for one, _ in made.full) <= made.boxes * POLICY.cubic_mm
    assert sum(one.grams for one, _ in made.full) <= made.boxes * POLICY.grams
    assert bool(made.full) <= bool(made.boxes)
    assert not any(one.not_before for one, _ in [*made.full, *made.apart])
