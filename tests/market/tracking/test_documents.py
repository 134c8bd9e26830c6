"""Documents of others: EPCIS and DCSA events in and out, each once, errors declared, positions in order."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest

from bolanggu.market.tracking import dcsa, epcis, selectors
from bolanggu.market.tracking.models import TrackingEvent
from bolanggu.market.tracking.services import Happening, acknowledge, capture, capture_dcsa, capture_epcis, subscribe
from bolanggu.market.tracking.services.documents import EventKnown
from bolanggu.market.tracking.services.subscriptions import NameInUse, NotHandedOut
from bolanggu.platform.accounts.grants import Actor
from bolanggu.values.evidence import Tense
from bolanggu.values.fault import Fault

pytestmark = pytest.mark.django_db
READER = Actor("forwarder", frozenset({"forwarder"}), everywhere=True)
SSCC = "urn:epc:id:sscc:4012345.0111111111"
EVENT = {
    "type": "ObjectEvent",
    "eventTime": "2026-03-20T14:30:00+08:00",
    "eventTimeZoneOffset": "+08:00",
    "action": "OBSERVE",
    "epcList": [SSCC, "urn:bolanggu:container:T1-B01"],
    "bizStep": "departing",
    "readPoint": {"id": "https://vocabulary.uncefact.org/unlocode#CNNGB"},
    "bizTransactionList": [{"type": "bol", "bizTransaction": "urn:bolanggu:trade:T1"}],
}
TRANSPORT = {
    "metadata": {"eventID": "a", "eventCreatedDateTime": "2026-03-20T00:00:00Z"},
    "payload": {
        "eventType": "TRANSPORT",
        "transportEventTypeCode": "ARRI",
        "eventClassifierCode": "EST",
        "eventDateTime": "2026-04-20T06:00:00Z",
        "equipmentReference": "BLGU0000013",
        "transportCall": {"UNLocationCode": "ESBCN"},
        "references": [{"referenceType": "CR", "referenceValue": "T1"}],
    },
}


def other(**fields):
    return copy.deepcopy(EVENT) | fields


def test_an_event_becomes_a_happening_of_each_thing(world, at):
    captured = capture_epcis(by=world, at=at, events=[EVENT])
    assert len(captured.new) == 1
    rows = list(TrackingEvent.objects.order_by("position").values_list("thing", "milestone", "place", "trade", "tense"))
    assert rows == [
        ("040123451111111110", "departed", "CNNGB", "T1", "ACT"),
        ("T1-B01", "departed", "CNNGB", "T1", "ACT"),
    ]


def test_the_same_facts_in_another_form_are_the_same_event_and_a_conflict_where_asked(world, at):
    capture_epcis(by=world, at=at, events=[EVENT])
    again = other(
        eventTime="2026-03-20T06:30:00.000Z",
        bizStep="https://ref.gs1.org/cbv/BizStep-departing",
        epcList=[EVENT["epcList"][1], "https://id.gs1.org/00/040123451111111110"],
    )
    captured = capture_epcis(by=world, at=at, events=[again])
    assert (captured.new, len(captured.known)) == ((), 1)
    with pytest.raises(EventKnown, match="same hash is the same event"):
        capture_epcis(by=world, at=at, events=[again], refuse_known=True)
    assert TrackingEvent.objects.count() == 2


def test_all_or_none_or_what_can_be_read(world, at):
    bad = other(eventTime="yesterday")
    with pytest.raises(Fault, match="row 2, column eventTime"):
        capture_epcis(by=world, at=at, events=[EVENT, bad])
    assert not TrackingEvent.objects.exists()
    captured = capture_epcis(by=world, at=at, events=[EVENT, bad], proceed=True)
    assert (len(captured.new), len(captured.faults)) == (1, 1)


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"type": "Party"}, "type"),
        ({"action": "LOOK"}, "action"),
        ({"epcList": []}, "epcList"),
        ({"epcList": "x"}, "epcList"),
        ({"eventTime": "2026-03-20T06:30:00"}, "eventTime"),
        ({"readPoint": {"id": 5}}, "readPoint"),
        ({"bizTransactionList": "x"}, "bizTransactionList"),
        ({"eventID": "ni:///sha-256;00?ver=CBV2.0"}, "eventID"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(world, at, fields, column):
    with pytest.raises(Fault) as caught:
        capture_epcis(by=world, at=at, events=[other(**fields)])
    assert caught.value.column == column


def test_a_declared_error_voids_the_event_and_the_one_before_stands_again(world, at):
    earlier = other(eventTime="2026-03-19T14:30:00+08:00", bizStep="arriving")
    capture_epcis(by=world, at=at, events=[earlier, EVENT])
    assert selectors.latest_of(["T1-B01"])["T1-B01"]["milestone"] == "departed"
    declaration = {"declarationTime": "2026-03-21T00:00:00Z", "reason": "incorrect_data"}
    capture_epcis(by=world, at=at, events=[other(errorDeclaration=declaration)])
    assert selectors.latest_of(["T1-B01"])["T1-B01"]["milestone"] == "arrived"
    assert [row["milestone"] for row in selectors.milestones("T1")].count("departed") == 0


def test_an_event_goes_out_as_it_came_with_name_and_record(world, at):
    capture_epcis(by=world, at=at, events=[EVENT])
    out = epcis.event_of(selectors.events({"MATCH_epc": [SSCC]})[0])
    assert {key: out[key] for key in EVENT} == EVENT
    assert out["eventID"].startswith("ni:///sha-256;")
    assert out["recordTime"] == at.isoformat()


def test_what_goes_out_of_our_own_comes_in_as_the_same_thing_elsewhere(world, at):
    own = Happening("T1", "container", "T1-B01", Tense.ACTUAL, "arrived", "ESBCN", at)
    capture(by=world, at=at, happenings=[own])
    made = epcis.event_of(selectors.events({"trade": "T1"})[0])
    (read,) = epcis.happenings_of(made)
    facts = (read.trade, read.thing_kind, read.thing, read.milestone, read.place, read.happens_at)
    assert facts == ("T1", "container", "T1-B01", "arrived", "ESBCN", at)


def test_dcsa_events_of_both_versions_are_read_once_and_estimates_never_stand_for_facts(world, at):
    flat = TRANSPORT["payload"] | {"eventID": "other", "eventCreatedDateTime": "2026-03-21T00:00:00Z"}
    captured = capture_dcsa(by=world, at=at, events=[TRANSPORT, flat])
    assert len(captured.new) == 1
    assert selectors.latest_of(["BLGU0000013"]) == {}
    actual = copy.deepcopy(TRANSPORT)
    actual["payload"] |= {"eventClassifierCode": "ACT", "eventDateTime": "2026-04-19T06:00:00Z"}
    capture_dcsa(by=world, at=at, events=[actual])
    late = copy.deepcopy(TRANSPORT)
    late["payload"]["eventDateTime"] = "2026-04-25T06:00:00Z"
    capture_dcsa(by=world, at=at, events=[late])
    assert selectors.latest_of(["BLGU0000013"])["BLGU0000013"]["happens_at"].day == 19
    tenses = [row["tense"] for row in selectors.events({"EQ_tense": ["PLN", "EST", "ACT"]})]
    assert sorted(tenses) == ["ACT", "EST", "EST"]


def test_a_dcsa_event_goes_out_in_the_form_of_three(world, at):
    planned = Happening("T1", "equipment", "BLGU0000013", Tense.PLANNED, "departed", "CNNGB", at)
    capture(by=world, at=at, happenings=[planned])
    out = dcsa.event_of(selectors.events({"EQ_tense": "PLN"})[0])
    assert out["payload"]["eventClassifierCode"] == "PLN"
    again = dcsa.happening_of(out)
    assert (again.trade, again.thing, again.milestone, again.place) == ("T1", "BLGU0000013", "departed", "CNNGB")


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"eventType": "PARTY"}, "eventType"),
        ({"transportEventTypeCode": "XXXX"}, "transportEventTypeCode"),
        ({"eventClassifierCode": "REQ"}, "eventClassifierCode"),
        ({"eventDateTime": 5}, "eventDateTime"),
        ({"equipmentReference": None}, "equipmentReference"),
    ],
)
def test_a_dcsa_field_that_cannot_be_read_is_named(world, at, fields, column):
    with pytest.raises(Fault) as caught:
        capture_dcsa(by=world, at=at, events=[{"payload": TRANSPORT["payload"] | fields}])
    assert caught.value.column == column


def test_an_event_that_names_no_trade_takes_that_of_earlier_events_of_its_thing(world, at):
    capture_dcsa(by=world, at=at, events=[TRANSPORT])
    capture_epcis(
        by=world,
        at=at,
        events=[other(epcList=["BLGU0000013"], bizTransactionList=[])],
    )
    assert TrackingEvent.objects.get(thing="BLGU0000013", form="epcis").trade == "T1"


def many(count, start=0):
    return [other(epcList=[f"urn:bolanggu:container:T1-B{number}"]) for number in range(start, start + count)]


def test_a_subscription_hands_out_each_event_until_it_is_acknowledged_and_then_never_again(world, at):
    capture_epcis(by=world, at=at, events=many(2))
    subscribe(by=READER, at=at, name="mine", query={"EQ_bizStep": "departing"})
    assert selectors.waiting(READER.name, "mine") == []
    capture_epcis(by=world, at=at, events=many(5, 10))
    first = selectors.waiting(READER.name, "mine", limit=3)
    assert first == selectors.waiting(READER.name, "mine", limit=3)
    acknowledge(by=READER, at=at, name="mine", position=first[-1]["position"])
    rest = selectors.waiting(READER.name, "mine")
    assert len(rest) == 2
    acknowledge(by=READER, at=at, name="mine", position=first[0]["position"])
    assert selectors.waiting(READER.name, "mine") == rest
    acknowledge(by=READER, at=at, name="mine", position=rest[-1]["position"])
    capture_epcis(by=world, at=at + timedelta(days=1), events=many(7, 10))
    seen = [row["thing"] for row in (*first, *rest, *selectors.waiting(READER.name, "mine"))]
    assert sorted(seen) == sorted(f"T1-B{number}" for number in range(10, 17))


def test_what_was_never_captured_cannot_be_acknowledged(world, at):
    subscribe(by=READER, at=at, name="mine", query={})
    with pytest.raises(NotHandedOut):
        acknowledge(by=READER, at=at, name="mine", position=10**9)


def test_the_same_subscription_again_is_the_same_and_another_query_is_refused(world, at):
    subscribe(by=READER, at=at, name="mine", query={"trade": "T1"})
    subscribe(by=READER, at=at, name="mine", query={"trade": ["T1"]})
    with pytest.raises(NameInUse):
        subscribe(by=READER, at=at, name="mine", query={"trade": "T2"})
    with pytest.raises(Fault, match="is not known"):
        subscribe(by=READER, at=at, name="other", query={"colour": "red"})


def test_more_than_ten_thousand_events_wait_and_are_read_in_pages(world, at):
    happenings = [
        Happening("T1", "container", f"B{number}", Tense.ACTUAL, "arrived", "ESBCN", at) for number in range(10_500)
    ]
    subscribe(by=READER, at=at, name="mine", query={})
    capture(by=world, at=at, happenings=happenings)
    seen = 0
    while rows := selectors.waiting(READER.name, "mine"):
        seen += len(rows)
        acknowledge(by=READER, at=at, name="mine", position=rows[-1]["position"])
    assert seen == 10_500
