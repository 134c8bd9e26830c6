"""Risk over stored declarations: reasons from the rows of the link and beside it; reviews that decide nothing."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.market.customs.test_services import AT, BROKER, OFFICER, SHIPMENT, WORLD, drafted, goods, replace

from bolanggu.engines.risk.records import Receipt, Setting
from bolanggu.market.customs import selectors
from bolanggu.market.customs.models import RiskReview
from bolanggu.market.customs.reading_risk import read_records
from bolanggu.market.customs.risk_records import Beside, Box, as_dict, records, risk
from bolanggu.market.customs.services import send
from bolanggu.market.customs.services.reviews import NothingSaid, conclude_review, open_reviews
from bolanggu.market.customs.workflow import WrongState
from bolanggu.platform.accounts.grants import NotGranted
from bolanggu.values.fault import Fault

pytestmark = pytest.mark.django_db
SPAN = AT - timedelta(days=1), AT + timedelta(days=1)
CHAIN = ("order-1", "payment-1", "receipt-1", "carton-1")


def test_records_carry_every_line_with_its_value_mass_and_chain():
    number = drafted([goods("L1", 70_000, currency="CNY"), goods("L2", hs10="9615110000")])[0].number
    entry = records(*SPAN, Beside(chain={"L1": CHAIN}, boxes={"T1-B01": Box(volume_l=9.0)})).entries[0]
    assert (entry.number, entry.buyer_name, entry.volume_l) == (number, "Sample Buyer", 9.0)
    assert sum(item.value_cents for item in entry.items) == entry.value_cents
    assert sum(item.net_g for item in entry.items) == entry.net_g
    assert {item.chain for item in entry.items} == {CHAIN, None}


def test_an_ordinary_declaration_is_green():
    drafted([goods("L1")])
    found = risk(*SPAN, Beside(chain={"L1": CHAIN}))
    assert [(one.lane, one.reasons) for one in found] == [("green", ())]


def test_what_stands_beside_speaks_and_its_rows_are_named():
    number = drafted([goods("L1", name_en="Acme lamp"), goods("L2", hs10="9615110000", name_en="comb")])[0].number
    beside = Beside(
        chain={"L1": (), "L2": ()},
        receipts=(Receipt("R1", AT, number, "stranger", 1),),
        boxes={"T1-B01": Box(payload_g=1500)},
        brand_words=("acme",),
        setting=Setting(denied=("BUYER, sample",)),
        classify=lambda names: [("851310", 0.9)] * len(names),
        grave=lambda code: code.startswith("8513"),
    )
    one = risk(*SPAN, beside)[0]
    named = {reason.signal.indicator for reason in one.reasons}
    assert {"RK-04", "RK-07", "RK-10", "RK-12", "RK-13", "RK-15"} <= named
    assert one.lane == "red"
    row = as_dict(one)
    assert all(reason["evidence"] for reason in row["reasons"])
    assert json.loads(json.dumps(row)) == row


def test_a_battery_whose_paper_is_asked_for_is_not_hidden():
    drafted([goods("L1", name_en="battery lamp", battery=True)])
    drafted(
        [goods("L2", name_en="battery lamp", container="T2-B01")], shipment=replace(SHIPMENT, trade="T2", bl_no="B2")
    )
    named = {one.subject: {r.signal.indicator for r in one.reasons} for one in risk(*SPAN)}
    assert named == {"T1-D01": set(), "T2-D01": {"RK-14"}}


def reviewed():
    drafted([goods("L1", name_en="aerosol paint")])
    return open_reviews(by=OFFICER, at=AT, assessments=risk(*SPAN))


def test_a_signal_opens_one_review_and_stops_nothing():
    first = reviewed()[0]
    assert open_reviews(by=OFFICER, at=AT, assessments=risk(*SPAN)) == []
    row = selectors.reviews()[0]
    assert (row["declaration__number"], row["declaration__state"], row["outcome"]) == ("T1-D01", "loaded", "")
    assert row["reasons"][0]["indicator"] == "RK-14"
    assert send(by=WORLD, at=AT, number=first.declaration.number).state == "declared"


def test_a_review_is_concluded_by_an_officer_with_what_was_found_and_fed_back():
    reviewed()
    with pytest.raises(NotGranted):
        conclude_review(by=BROKER, at=AT, number="T1-D01", outcome="cleared", found="x")
    with pytest.raises(NothingSaid):
        conclude_review(by=OFFICER, at=AT, number="T1-D01", outcome="cleared", found=" ")
    conclude_review(by=OFFICER, at=AT, number="T1-D01", outcome="confirmed", found="aerosols without papers")
    with pytest.raises(WrongState):
        conclude_review(by=OFFICER, at=AT, number="T1-D01", outcome="cleared", found="x")
    assert selectors.reviews() == []
    assert [(one.number, one.hit) for one in records(*SPAN, Beside()).outcomes] == [("T1-D01", True)]


def test_the_database_keeps_one_open_review_and_a_conclusion_that_says_something():
    one = reviewed()[0]
    for row in (
        {"score_ppm": 1},
        {"score_ppm": 1_000_001, "outcome": "cleared", "found": "x", "concluded_at": AT},
        {"score_ppm": 1, "outcome": "cleared", "concluded_at": AT},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RiskReview.objects.create(declaration=one.declaration, lane="red", stated_at=AT, **row)


ITEM = {"hs10": "9615110000", "value_cents": 100, "net_g": 1, "pieces": 1}
ENTRY = {"number": "D1", "at": "2026-05-01T00:00:00Z", "operator": "O", "value_cents": 100, "items": [ITEM]}


def test_records_are_read_from_a_file_with_the_place_of_each_fault():
    document = {
        "format": "bolanggu-risk/1",
        "entries": [ENTRY],
        "operators": [{"uscc": "O", "filed_on": "2026-01-01", "phone": "1"}],
        "receipts": [{"number": "R", "at": ENTRY["at"], "trade_ref": "T", "payer": "P", "cents": 5}],
        "setting": {"denied": ["X"], "awards": [{"from": "2026-01-01", "to": "2026-02-01"}]},
    }
    found = read_records(document, "r.json")
    assert (found.entries[0].items[0].chain, found.operators[0].phone, found.setting.denied) == (None, "1", ("X",))
    for wrong, field in (
        (document | {"format": "x"}, "format"),
        (document | {"entries": []}, "entries"),
        (document | {"entries": [ENTRY | {"items": []}]}, "entries[0].items"),
        (document | {"entries": [ENTRY | {"at": "yesterday"}]}, "entries[0].at"),
        (document | {"entries": [ENTRY | {"items": [ITEM | {"net_g": "x"}]}]}, "entries[0].items[0].net_g"),
        (document | {"receipts": [{"number": "R"}]}, "receipts[0].at"),
    ):
        with pytest.raises(Fault) as caught:
            read_records(wrong, "r.json")
        assert caught.value.column == field
