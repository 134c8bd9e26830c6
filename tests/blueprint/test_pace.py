"""Half the time gone, half the task done; what has no number is never green."""

from hypothesis import given
from hypothesis import strategies as st

from bolanggu.blueprint.pace import Aim, Seen, State, pace


def test_a_target_without_a_number_is_not_assessable_whatever_is_observed():
    assert pace(Aim("2027"), [Seen("2025", 1e9)]).state is State.NOT_ASSESSABLE
    assert pace(Aim("2027", nature="stock"), [Seen("2025", 1e9)]).done is None


def test_a_number_without_an_indicator_is_not_assessable():
    assert pace(Aim("2027", 10.0), [Seen("2025", 10)]).state is State.NOT_ASSESSABLE


def test_half_the_year_and_half_the_exports_is_on_pace():
    found = pace(Aim("2025", 100.0, "flow"), [Seen("2025-H1", 50.0)])
    assert found.state is State.ON_PACE
    assert 0.49 < found.gone < 0.5


def test_half_the_year_and_a_third_of_the_exports_is_behind():
    assert pace(Aim("2025", 100.0, "flow"), [Seen("2025-H1", 33.0)]).state is State.BEHIND


def test_a_month_in_the_middle_says_nothing_of_a_year():
    assert pace(Aim("2025", 100.0, "flow"), [Seen("2025-06", 90.0)]).state is State.NOT_ASSESSABLE


def test_a_lower_bound_below_the_path_proves_nothing():
    found = pace(Aim("2025", 100.0, "flow"), [Seen("2025-H1", 33.0, "lower")])
    assert found.state is State.NOT_ASSESSABLE
    assert found.at_least


def test_a_lower_bound_at_the_target_is_met():
    assert pace(Aim("2025", 100.0, "flow"), [Seen("2025", 101.0, "lower")]).state is State.MET


def test_growth_is_compared_along_the_geometric_path():
    aim = Aim("2030", 200.0, "stock", base_value=100.0, base_period="2020")
    halfway = pace(aim, [Seen("2025", 142.0)])
    assert halfway.state is State.ON_PACE
    assert halfway.done < halfway.gone
    assert pace(aim, [Seen("2025", 141.0)]).state is State.BEHIND


def test_fewer_is_better_runs_the_other_way():
    aim = Aim("2030", 50.0, "stock", direction=-1, base_value=100.0, base_period="2020")
    assert pace(aim, [Seen("2025", 60.0)]).state is State.ON_PACE
    assert pace(aim, [Seen("2025", 90.0)]).state is State.BEHIND
    assert pace(aim, [Seen("2028", 50.0)]).state is State.MET


def test_a_rank_is_at_its_target_or_not():
    aim = Aim("2025", 3.0, "rank", direction=-1)
    assert pace(aim, [Seen("2025", 1)]).state is State.MET
    assert pace(aim, [Seen("2025", 4)]).state is State.BEHIND


def test_without_a_base_a_stock_below_its_target_is_not_assessable():
    aim = Aim("2030", 100.0, "stock")
    assert pace(aim, [Seen("2025", 60.0)]).state is State.NOT_ASSESSABLE
    assert pace(aim, [Seen("2025", 100.0)]).state is State.MET


def test_what_was_observed_after_the_day_counts_for_nothing():
    aim = Aim("2025", 100.0, "stock", base_value=0.0, base_period="2020")
    assert pace(aim, [Seen("2027", 500.0)]).state is State.NOT_ASSESSABLE


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.integers(2021, 2030), st.floats(0, 1e6))
def test_more_done_is_never_a_worse_state(base, target, year, value):
    order = [State.BEHIND, State.ON_PACE, State.MET]
    direction = 1 if target > base else -1
    aim = Aim("2030", target, "stock", direction=direction, base_value=base, base_period="2020")
    here = pace(aim, [Seen(str(year), value)]).state
    better = pace(aim, [Seen(str(year), value + direction * base / 10)]).state
    if State.NOT_ASSESSABLE not in {here, better}:
        assert order.index(better) >= order.index(here)
