"""Walks add up: on every level shares sum to one and pieces, grams and minor units to the whole."""

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bolanggu.platform.lineage import Edge, record
from bolanggu.platform.lineage.edges import supersede
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.platform.lineage.walking import kinds, walk
from bolanggu.values.money import split


def goods(line, carton, pieces, grams=0, minor=0):
    return Edge("goods", "line", line, "carton", carton, pieces, grams, minor, "USD")


def boxed(carton, box, pieces, grams=0, minor=0):
    return Edge("goods", "carton", carton, "container", box, pieces, grams, minor, "USD")


@pytest.mark.django_db
def test_a_container_leads_back_to_the_lines_with_their_shares():
    record([goods("L1", "C1", 30), goods("L2", "C2", 10), boxed("C1", "B1", 30), boxed("C2", "B1", 10)])
    back = walk("container", "B1", "back")
    assert [(s.kind, s.id, s.share, s.pieces) for s in back if s.kind == "line"] == [
        ("line", "L1", Fraction(3, 4), 30),
        ("line", "L2", Fraction(1, 4), 10),
    ]


@pytest.mark.django_db
def test_a_mixed_carton_is_shared_by_pieces():
    record([goods("L1", "C1", 5), goods("L2", "C1", 15), boxed("C1", "B1", 20)])
    lines = {s.id: s.pieces for s in walk("container", "B1", "back") if s.kind == "line"}
    assert lines == {"L1": 5, "L2": 15}


@pytest.mark.django_db
def test_a_line_leads_forward_over_its_cartons_to_two_boxes():
    record([goods("L1", "C1", 10), goods("L1", "C2", 30), boxed("C1", "B1", 10), boxed("C2", "B2", 30)])
    boxes = {s.id: s.share for s in walk("line", "L1", "forward") if s.kind == "container"}
    assert boxes == {"B1": Fraction(1, 4), "B2": Fraction(3, 4)}


@pytest.mark.django_db
def test_the_same_edge_twice_counts_once():
    record([goods("L1", "C1", 10)])
    record([goods("L1", "C1", 10)])
    assert EdgeRow.objects.count() == 1


@pytest.mark.django_db
def test_superseded_edges_leave_the_walk_and_stay_in_the_record():
    record([boxed("C1", "B1", 10), boxed("C1", "B2", 10)])
    supersede(to_kind="container", to_ids=["B1"])
    assert [s.id for s in walk("carton", "C1", "forward")] == ["B2"]
    assert EdgeRow.objects.count() == 2


@pytest.mark.django_db
def test_accounts_of_different_aspects_are_followed_apart():
    record(
        [
            goods("L1", "C1", 10, 100, 500),
            Edge("declared", "line", "L1", "customs_item", "I1", 10, 100, 70, "CNY"),
            Edge("money", "line", "L1", "transfer", "T1", 0, 0, 500, "USD"),
        ]
    )
    shares = {(s.aspect, s.id): s.share for s in walk("line", "L1", "forward")}
    assert shares == {("goods", "C1"): 1, ("declared", "I1"): 1, ("money", "T1"): 1}


@pytest.mark.django_db
def test_kinds_of_a_number():
    record([goods("L1", "C1", 10)])
    assert kinds("L1") == ["line"]
    assert kinds("C1") == ["carton"]
    assert kinds("nothing") == []


def flows(lines, cut):
    """Lines packed into cartons and cartons into boxes by seeded cuts, amounts conserved by construction."""
    edges, inside = [], defaultdict(lambda: [0, 0, 0])
    for number, (pieces, grams, minor) in enumerate(lines):
        ways = 1 + cut[number % len(cut)] % 3
        weights = [1 + cut[(number + way) % len(cut)] for way in range(ways)]
        for way, amounts in enumerate(zip(*(split(a, weights) for a in (pieces, grams, minor)), strict=True)):
            if not any(amounts):
                continue
            carton = f"C{number}-{way}" if cut[number % len(cut)] % 2 else f"M{way}"
            edges.append(goods(f"L{number}", carton, *amounts))
            inside[carton] = [a + b for a, b in zip(inside[carton], amounts, strict=True)]
    for position, (carton, amounts) in enumerate(sorted(inside.items())):
        edges.append(boxed(carton, f"B{position % 2}", *amounts))
    return edges


amounts = st.tuples(st.integers(1, 10_000), st.integers(1, 10**6), st.integers(0, 10**7))


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(amounts, min_size=1, max_size=8), st.lists(st.integers(0, 9), min_size=3, max_size=5))
def test_every_level_of_every_walk_is_conserved(lines, cut):
    EdgeRow.objects.all().delete()
    edges = flows(lines, cut)
    record(edges)
    for box in {e.to_id for e in edges if e.to_kind == "container"}:
        into = [e for e in edges if e.to_id == box]
        levels = defaultdict(list)
        for step in walk("container", box, "back"):
            levels[step.depth].append(step)
        for level in levels.values():
            assert sum(s.share for s in level) == 1
            assert sum(s.pieces for s in level) == sum(e.pieces for e in into)
            assert sum(s.grams for s in level) == sum(e.grams for e in into)
            assert sum(s.minor for s in level) == sum(e.minor for e in into)
