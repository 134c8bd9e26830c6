"""Assignments: nobody split, nothing overfull, near the optimum of the flow as another solver finds it."""

from __future__ import annotations

import itertools

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolanggu.engines.assigning.assign import assign
from bolanggu.engines.assigning.book import Book, BookFault, Wish, book

UNSERVED = 5000


def random_book(bookings, departures, seed, *, room, choices=8):
    """Bookings of 1 to 4 TEU with departures close in time to choose from; ``room`` times the space they ask for."""
    draw = np.random.default_rng(seed)
    size = draw.integers(1, 5, bookings)
    window = min(20, departures)
    first = draw.integers(0, departures - window + 1, bookings)
    choice = (first[:, None] + np.argsort(draw.random((bookings, window)), axis=1)[:, :choices]).ravel()
    base = draw.integers(300, 1500, departures)
    cost = size.repeat(choices) * (base[choice] + draw.integers(0, 400, bookings * choices))
    share = draw.random(departures) + 0.5
    space = np.floor(share / share.sum() * size.sum() * room)
    columns = (size, size * UNSERVED, np.arange(bookings + 1) * choices, choice, cost, space)
    return Book(*(np.ascontiguousarray(column, dtype=np.int64) for column in columns))


def flow_optimum(given_book):
    """The least cost with bookings split at will, by HiGHS."""
    solver, model = highspy.Highs(), highspy.HighsLp()
    solver.setOptionValue("output_flag", False)
    bookings, choices = len(given_book.size), len(given_book.choice)
    owner = np.repeat(np.arange(bookings), np.diff(given_book.start))
    model.num_col_, model.num_row_ = choices + bookings, bookings + len(given_book.space)
    model.col_cost_ = np.r_[given_book.cost, given_book.unserved].astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(model.num_col_), np.ones(model.num_col_)
    model.row_lower_ = np.r_[np.ones(bookings), np.full(len(given_book.space), -highspy.kHighsInf)]
    model.row_upper_ = np.r_[np.ones(bookings), given_book.space.astype(float)]
    index, value = np.empty(2 * choices + bookings, dtype=np.int64), np.ones(2 * choices + bookings)
    index[0 : 2 * choices : 2], index[1 : 2 * choices : 2] = owner, bookings + given_book.choice
    value[1 : 2 * choices : 2], index[2 * choices :] = given_book.size[owner], np.arange(bookings)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.r_[np.arange(0, 2 * choices, 2), 2 * choices + np.arange(bookings + 1)]
    model.a_matrix_.index_, model.a_matrix_.value_ = index, value
    solver.passModel(model)
    solver.run()
    return solver.getInfo().objective_function_value


def check(given_book, found):
    """What an assignment must keep, told plainly; its cost."""
    load, cost = [0] * len(given_book.space), 0
    for booking, departure in enumerate(found.departure.tolist()):
        places = range(given_book.start[booking], given_book.start[booking + 1])
        own = [int(given_book.cost[place]) for place in places if given_book.choice[place] == departure]
        cost += int(given_book.unserved[booking]) if departure < 0 else min(own)
        if departure >= 0:
            load[departure] += int(given_book.size[booking])
    assert all(taken <= space for taken, space in zip(load, given_book.space.tolist(), strict=True))
    assert cost == found.cost
    return cost


@pytest.mark.parametrize("room", [0.7, 1.0, 1.3])
def test_the_bound_is_never_above_the_flow_and_close_to_it(room):
    given_book = random_book(1500, 60, seed=1, room=room)
    found, optimum = assign(given_book), flow_optimum(given_book)
    check(given_book, found)
    assert found.bound <= optimum * (1 + 1e-9)
    assert found.bound >= optimum * 0.995
    assert found.cost >= optimum * (1 - 1e-9)


def test_twenty_thousand_bookings_come_within_half_a_percent_of_the_bound():
    given_book = random_book(20_000, 300, seed=2, room=1.1)
    found = assign(given_book)
    check(given_book, found)
    assert found.gap < 0.002


wishes = st.lists(
    st.builds(
        Wish,
        size=st.integers(1, 3),
        costs=st.lists(
            st.tuples(st.integers(0, 2), st.integers(0, 50)), max_size=3, unique_by=lambda pair: pair[0]
        ).map(tuple),
        unserved=st.integers(0, 90),
    ),
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(asked=wishes, space=st.lists(st.integers(0, 5), min_size=3, max_size=3))
def test_small_books_keep_the_rules_and_the_bound_is_below_every_assignment(asked, space):
    given_book = book(asked, space)
    found = assign(given_book)
    check(given_book, found)
    best = min(_costs(asked, space))
    assert found.bound <= best + 1e-6
    assert best <= found.cost <= sum(wish.unserved for wish in asked)


def _costs(asked, space):
    for choice in itertools.product(*([*wish.costs, (-1, wish.unserved)] for wish in asked)):
        load = [0, 0, 0]
        for wish, (departure, _) in zip(asked, choice, strict=True):
            if departure >= 0:
                load[departure] += wish.size
        if all(taken <= room for taken, room in zip(load, space, strict=True)):
            yield sum(cost for _, cost in choice)


def test_with_room_for_all_everyone_takes_the_cheapest():
    given_book = random_book(200, 20, seed=3, room=50)
    cheapest = given_book.cost.reshape(-1, 8).min(axis=1).sum()
    assert assign(given_book).cost == cheapest


def test_with_no_room_everyone_is_left_behind():
    given_book = random_book(50, 20, seed=4, room=0)
    found = assign(given_book)
    assert (found.departure == -1).all()
    assert found.cost == given_book.unserved.sum()


def test_the_same_book_gives_the_same_assignment():
    given_book = random_book(800, 40, seed=5, room=0.9)
    assert (assign(given_book).departure == assign(given_book).departure).all()


@pytest.mark.parametrize(
    ("asked", "space", "why"),
    [
        ([Wish(0, (), 1)], [1], "asks for 1 or more"),
        ([Wish(1, ((1, 5),), 1)], [1], "none of the 1 departures"),
        ([Wish(1, ((0, 5),), 1)], [-1], "less than no space"),
    ],
)
def test_a_book_that_does_not_fit_together_is_refused(asked, space, why):
    with pytest.raises(BookFault, match=why):
        book(asked, space)
