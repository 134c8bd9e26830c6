"""Names of events: equal to those of another program, and the same however the event is written."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path

import pytest

from bolanggu.engines.following.event_hash import event_hash
from bolanggu.engines.following.identity import canonical, check_digit

#: events with the names that epcis-event-hash-generator 1.9.3 gives them
VECTORS = json.loads((Path(__file__).parent / "event_hashes.json").read_text())


@pytest.mark.parametrize(("event", "name"), VECTORS, ids=range(len(VECTORS)))
def test_names_are_those_of_the_reference_program(event, name):
    assert event_hash(event) == name


def shuffled(event, draw):
    event = copy.deepcopy(event)
    for key in ("epcList", "childEPCs", "quantityList", "childQuantityList", "bizTransactionList"):
        if key in event:
            draw.shuffle(event[key])
    pairs = list(event.items())
    draw.shuffle(pairs)
    return dict(pairs) | {"eventID": "urn:uuid:other", "recordTime": "2030-01-01T00:00:00Z"}


@pytest.mark.parametrize(("event", "name"), VECTORS, ids=range(len(VECTORS)))
def test_order_of_fields_and_lists_id_and_record_time_change_nothing(event, name):
    draw = random.Random(1)
    assert {event_hash(shuffled(event, draw)) for _ in range(5)} == {name}


def test_another_time_place_or_thing_is_another_event():
    event = VECTORS[0][0]
    others = [
        event | {"eventTime": "2026-01-01T00:00:00Z"},
        event | {"action": "ADD" if event["action"] != "ADD" else "DELETE"},
        event | {"note": "x"},
    ]
    assert len({event_hash(other) for other in [event, *others]}) == 4


@pytest.mark.parametrize(
    ("urn", "link"),
    [
        ("urn:epc:id:sscc:4012345.0111111111", "https://id.gs1.org/00/040123451111111110"),
        ("urn:epc:id:sgtin:4012345.011111.987", "https://id.gs1.org/01/04012345111118/21/987"),
        ("urn:epc:id:sgln:4012345.00001.0", "https://id.gs1.org/414/4012345000016"),
        ("urn:epc:id:sgln:4012345.00001.A+B", "https://id.gs1.org/414/4012345000016/254/A%2BB"),
        ("urn:epc:id:giai:4012345.A1", "https://id.gs1.org/8004/4012345A1"),
        ("urn:epc:class:lgtin:4012345.012345.L1", "https://id.gs1.org/01/04012345123456/10/L1"),
    ],
)
def test_a_urn_and_its_link_on_any_domain_are_one_name(urn, link):
    assert canonical(urn) == link
    assert canonical(link) == link
    assert canonical(link.replace("https://id.gs1.org", "http://shop.example/goods") + "?x=1#y") == link


def test_of_lot_and_serial_the_serial_counts_and_short_gtins_are_padded():
    assert canonical("https://x.example/01/12345678/10/LOT/21/S") == "https://id.gs1.org/01/00000012345678/21/S"


def test_what_is_no_gs1_name_stays():
    for text in ("urn:epc:id:sscc:4012345.1", "BLGU0000013", "urn:uuid:1-2", "https://example.com/a"):
        assert canonical(text) == text


def test_the_check_digit_of_an_sscc():
    assert check_digit("04012345111111111") == 0
