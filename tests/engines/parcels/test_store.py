"""A store of scans: each once, the latest whatever the order, nothing confirmed lost, compared with a plain twin."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolanggu.engines.parcels.reading import HEADER
from bolanggu.engines.parcels.record import STAGES, Scan
from bolanggu.engines.parcels.store import InUse, ScanStore, Taken
from bolanggu.values.evidence import Tense

DAY = datetime(2026, 3, 1, tzinfo=UTC)

scans = st.builds(
    Scan,
    number=st.sampled_from(["A", "B", "YT0001", "Z" * 24]),
    at=st.integers(0, 5).map(lambda hours: DAY + timedelta(hours=hours)),
    stage=st.sampled_from(STAGES[1:]),
    place=st.sampled_from(["CNYIW", "ESBCN"]),
    carrier=st.just("YTOE"),
    grams=st.sampled_from([0, 1, 4_294_967_295]),
    tense=st.sampled_from(list(Tense)),
)


def lines(given_scans):
    rows = [
        f"{s.number},{s.at.isoformat(timespec='milliseconds')},{s.stage},{s.place},{s.carrier},{s.grams},{s.tense}"
        for s in given_scans
    ]
    return "\n".join([HEADER, *rows]).encode()


def order(scan):
    """The rule told plainly: time, then the later stage; whatever is left is decided by the bytes."""
    return scan.at, STAGES.index(scan.stage)


def random_scans(count, parcels, seed):
    draw = random.Random(seed)
    return [
        Scan(
            f"P{draw.randrange(parcels)}",
            DAY + timedelta(minutes=draw.randrange(5000)),
            draw.choice(STAGES[1:]),
            draw.choice(["CNYIW", "CNNGB", "ESBCN"]),
            draw.choice(["YTOE", "SF"]),
            draw.randrange(3000),
            draw.choice(list(Tense)),
        )
        for _ in range(count)
    ]


@settings(max_examples=60, deadline=None)
@given(batches=st.lists(st.lists(scans, max_size=8), max_size=8), segment=st.integers(1, 9))
def test_a_store_holds_each_scan_once_and_the_latest_as_a_set_does(batches, segment, tmp_path_factory):
    folder, twin = tmp_path_factory.mktemp("store"), set()
    with ScanStore(folder, segment=segment) as store:
        for batch in batches:
            fresh = set(batch) - twin
            assert store.capture(lines(batch)) == Taken(len(fresh), len(batch) - len(fresh))
            twin |= fresh
    with ScanStore(folder, segment=segment) as store:
        assert store.scans == len(twin)
        for number in ["A", "B", "YT0001", "Z" * 24]:
            mine = [scan for scan in twin if scan.number == number]
            assert sorted(map(str, store.history(number))) == sorted(map(str, mine))
            actual = [scan for scan in mine if scan.tense is Tense.ACTUAL]
            found = store.latest(number)
            assert (found and order(found)) == (max(map(order, actual)) if actual else None)


def test_the_latest_is_the_same_in_any_order_of_arrival(tmp_path):
    given_scans = random_scans(600, 20, seed=1)
    states = []
    for seed in range(4):
        random.Random(seed).shuffle(given_scans)
        with ScanStore(tmp_path / str(seed), segment=50) as store:
            for start in range(0, len(given_scans), 37):
                store.capture(lines(given_scans[start : start + 37]))
            states.append([store.latest(f"P{number}") for number in range(20)])
    assert states[0] == states[1] == states[2] == states[3]


def test_runs_of_like_size_are_merged_and_lose_nothing(tmp_path):
    given_scans = random_scans(3000, 100, seed=2)
    with ScanStore(tmp_path, segment=100) as store:
        for start in range(0, 3000, 250):
            store.capture(lines(given_scans[start : start + 250]))
        assert len(list(tmp_path.glob("*.run"))) < 16
        assert store.scans == len(set(given_scans))
        for number in range(100):
            assert set(store.history(f"P{number}")) == {s for s in given_scans if s.number == f"P{number}"}


def test_a_block_that_a_crash_cut_off_is_cut_away_and_the_rest_stays(tmp_path):
    with ScanStore(tmp_path) as store:
        store.capture(lines(random_scans(10, 3, seed=3)))
        kept = store.scans
        store.capture(lines(random_scans(10, 3, seed=4)))
    log = next(tmp_path.glob("*.log"))
    log.write_bytes(log.read_bytes()[:-7])
    with ScanStore(tmp_path) as store:
        assert store.scans == kept
        store.capture(lines(random_scans(10, 3, seed=4)))
    with ScanStore(tmp_path) as store:
        assert store.scans > kept


def test_a_crash_between_run_and_log_leaves_nothing_twice(tmp_path):
    given_scans = random_scans(10, 3, seed=5)
    with ScanStore(tmp_path, segment=100) as store:
        store.capture(lines(given_scans))
    held = (tmp_path / "00000000.log").read_bytes()
    with ScanStore(tmp_path, segment=len(set(given_scans))) as store:
        assert not (tmp_path / "00000000.log").exists()
    (tmp_path / "00000000.log").write_bytes(held)
    with ScanStore(tmp_path) as store:
        assert store.scans == len(set(given_scans))


def test_a_saved_table_opens_to_the_same_state(tmp_path):
    given_scans = random_scans(900, 60, seed=6)
    with ScanStore(tmp_path, segment=100) as store:
        store.capture(lines(given_scans[:500]))
        store.save()
        store.capture(lines(given_scans[500:]))
        wanted = [store.latest(f"P{number}") for number in range(60)]
    with ScanStore(tmp_path, segment=100) as store:
        assert [store.latest(f"P{number}") for number in range(60)] == wanted
        assert store.parcels == len({scan.number for scan in given_scans})
        assert store.capture(lines(given_scans)).new == 0


def test_one_process_writes_and_others_read_what_was_there(tmp_path):
    with ScanStore(tmp_path) as store:
        store.capture(lines(random_scans(10, 3, seed=7)))
        with pytest.raises(InUse):
            ScanStore(tmp_path)
        with ScanStore(tmp_path, read_only=True) as reader:
            assert reader.scans == store.scans
            with pytest.raises(InUse):
                reader.capture(lines(random_scans(1, 3, seed=8)))


def test_a_plan_or_an_estimate_never_becomes_the_latest(tmp_path):
    late = Scan("A", DAY + timedelta(days=9), "delivered", "ESBCN", "YTOE", 0, Tense.ESTIMATED)
    with ScanStore(tmp_path) as store:
        store.capture(lines([late]))
        assert store.latest("A") is None
        assert store.history("A") == [late]
