"""The literature's format: its traps, its faults, and the generator of its instances."""

from __future__ import annotations

import hashlib

import pytest
from benchmarks.loading_instances import BOX, instance, numbers

from bolanggu.engines.loading.thpack import read_thpack
from bolanggu.values.fault import Fault

DIGESTS = {
    1: "3402b5d3a368237b701d5f0c07403481938fecf0fa490099a62497db6b958561",
    2: "5fa115a276177077240c147d062fe17a3a88bcd8e2f9423ab858bc637ca70daf",
    3: "60d288cf13106bfe59e6df06a8196a80d0f79ff9d2fe7445f7a5716590202ea5",
    4: "dd67976104e47588222a3233d2b2c7ae570f3a16d834e29152068cfb8fcc7fb8",
    5: "40ddb495192f93be433b2268a34d3054c7e1579ba708bf4fd45048c5b427d111",
    6: "adb445c06351e3fb3ab5df4b96dd704461364e152aabd7f2a21abafc476774d9",
    7: "84dcc594e87e288aaa3b97399a6558b78a43000e0822db16d4af9843597d3cd8",
}


@pytest.mark.parametrize("group", DIGESTS)
def test_the_generator_makes_the_published_sets(group):
    text = " ".join(map(str, numbers(group)))
    assert hashlib.sha256(text.encode()).hexdigest() == DIGESTS[group]


@pytest.mark.shared
@pytest.mark.parametrize("group", [1, 7])
def test_the_reader_reads_what_the_generator_makes(shared, group):
    text = (shared / "loading" / "br" / f"BR{group}.txt").read_bytes().decode()
    read = read_thpack(text, "BR")
    assert len(read) == 100
    for number in (1, 57, 100):
        assert read[number - 1].cartons == instance(group, number)
        assert read[number - 1].container.volume == BOX.volume


@pytest.mark.shared
def test_thpack9_is_read_with_its_missing_flags(shared):
    cases = read_thpack((shared / "loading" / "thpack9.txt").read_text(), "thpack9")
    assert len(cases) == 47
    assert all(case.cartons[-1].quantity > 0 for case in cases)
    for case in cases[17:20]:
        assert (6, 9, 12) in {(c.length, c.width, c.height) for c in case.cartons if c.quantity == 20}


def fault(text: str) -> str:
    with pytest.raises(Fault) as caught:
        read_thpack(text, "f.txt")
    return str(caught.value)


HEAD = "1\n1 25\n10 10 10\n1\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file ends"),
        ("1\n1 25\n10 10 10\n2\n1 5 1 4 1 3 1 2\n", "row 5: the file ends where a type of instance 1"),
        (HEAD + "1 5 1 4 1 x 1 2\n", 'row 5, column 6: "x" is not a whole number'),
        (HEAD + "1 0 1 4 1 3 1 2\n", "row 5, column 2: edge 0 must be at least 1"),
        (HEAD + "1 5 2 4 1 3 1 2\n", "row 5, column 3: flag 2 must be 0 or 1"),
        (HEAD + "1 5 0 4 0 3 0 2\n", "row 5: no edge of type 1 may stand vertical"),
        (HEAD + "1 5 1 4 1 3 1 -2\n", "row 5, column 8: quantity -2 must not be negative"),
        (HEAD + "1 5 1 4 3 1 2\n1 1", "row 6: text follows"),
        ("1\n1 25\n10 0 10\n1\n1 5 1 4 1 3 1 2\n", "row 3: a container of 10 x 0 x 10"),
    ],
)
def test_each_fault_is_named_by_row_and_column(text, words):
    assert words in fault(text)


def test_seven_numbers_read_the_second_edge_s_flag_as_one():
    carton = read_thpack(HEAD + "3 6 0 9 12 0 20\n", "f.txt")[0].cartons[0]
    assert (carton.length, carton.width, carton.height) == (6, 9, 12)
    assert (carton.upright, carton.quantity) == ((False, True, False), 20)
