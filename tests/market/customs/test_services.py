"""Declarations of a shipment: conserved, within the cap, never split, never dropped, versioned, in order of steps."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bolanggu.engines.classifying.standard import classifier
from bolanggu.engines.rules.exact import read_json
from bolanggu.lexicon.hs_terms.nomenclature import subheadings
from bolanggu.market.customs import selectors
from bolanggu.market.customs.afterwards import judge
from bolanggu.market.customs.checking import check
from bolanggu.market.customs.confirmed_codes import confirmed_titles, learned_classifier
from bolanggu.market.customs.consignment import Buyer
from bolanggu.market.customs.filings import filed
from bolanggu.market.customs.loaded import LoadedGoods, RateMissing, Rates, Shipment
from bolanggu.market.customs.models import Declaration, Inspection
from bolanggu.market.customs.planning import BEIJING
from bolanggu.market.customs.reading import read_consignment
from bolanggu.market.customs.services import amend, conclude, draft, exempt, inspect, release, send, settle
from bolanggu.market.customs.services.amend import CapExceeded
from bolanggu.market.customs.services.inspections import NothingFound
from bolanggu.market.customs.services.steps import NotExempt, NotSendable
from bolanggu.market.customs.workflow import TimeRunsBackwards, WrongState, due_at, states
from bolanggu.platform.accounts.grants import Actor, NotGranted
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.values.evidence import Source

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 31, 2, tzinfo=UTC)
WORLD = Actor("world", frozenset({"world"}), Source.SIMULATED, everywhere=True)
BROKER = Actor("broker", frozenset({"broker"}), everywhere=True)
OFFICER = Actor("officer", frozenset({"officer"}), everywhere=True)
YIWU = filed("yiwu")
SHIPMENT = Shipment("T1", "BL1", "V1", "2925", "3104", "ESP", AT - timedelta(days=3), AT - timedelta(hours=9))
BUYER = Buyer("Sample Buyer", "ESP", "PASSPORT", "SYN-0001", verified=True)
RATES = Rates("2026-05", {"CNY": "7.1000", "GBP": "0.7500", "JPY": "150"}, "made up for this test")
GIVEN = {
    "shipment": SHIPMENT,
    "operator": YIWU.operators[0],
    "buyer": BUYER,
    "cluster": YIWU.cluster,
    "rates": RATES,
}
CODES = ["9615110000", "4202220000", "3924900000", "6402200000", "7117190000", "9503000000", "8213000000", "3923210000"]


def goods(line, cents=100_000, **more):
    stated = {
        "line": line,
        "carton": f"C-{line}",
        "container": "T1-B01",
        "merchant": "M1",
        "merchant_name": "stall",
        "hs10": "9503000000",
        "name_zh": "玩具",
        "name_en": "toy",
        "pieces": 10,
        "net_g": 900,
        "gross_g": 1000,
        "minor": cents,
        "currency": "USD",
        "cluster": "YIWU",
        "agreement_no": "A1",
        "agreement_signed_on": date(2026, 1, 1),
        "recognised_at": AT - timedelta(hours=1),
    }
    return LoadedGoods(**stated | more)


def drafted(parts, **more):
    return draft(**{"by": WORLD, "at": AT, "goods": parts} | GIVEN | more)


def assert_conserved(parts, made):
    rows = [row for one in made for row in selectors.sources(one.number)]
    assert sum(row["pieces"] for row in rows) == sum(part.pieces for part in parts) == sum(one.pieces for one in made)
    assert sum(row["net_g"] for row in rows) == sum(part.net_g for part in parts) == sum(one.net_g for one in made)
    assert sum(row["value_cents"] for row in rows) == sum(one.value_cents for one in made)
    for one in made:
        own = [row for row in rows if row["item__number"].startswith(one.number)]
        for item in one.items.all():
            mine = [row for row in own if row["item__number"] == item.number]
            for name in ("pieces", "net_g", "value_cents"):
                assert sum(row[name] for row in mine) == getattr(item, name)
    for currency in {part.currency for part in parts}:
        stated = sum(part.minor for part in parts if part.currency == currency)
        assert sum(row["minor"] for row in rows if row["currency"] == currency) == stated


def checked_from_outside(one):
    document = read_json(json.dumps(selectors.check_document(one.number)))
    return check(read_consignment(document, "d.json"), subheadings())


@pytest.mark.parametrize("seed", range(3))
def test_every_piece_gram_and_cent_of_a_random_shipment_is_declared_once(seed):
    rng = random.Random(seed)
    parts = []
    for n in range(rng.randint(5, 120)):
        currency = rng.choice(["USD", "CNY", "GBP", "JPY"])
        stated = {
            "hs10": rng.choice([*CODES, "4402900000", "3304990000"]),
            "currency": currency,
            "merchant": f"M{n % 7}",
        }
        stated["cluster"] = rng.choice(["YIWU"] * 9 + [None])
        cents = rng.choice([rng.randint(1, 9_000), rng.randint(100_000, 9_000_000)])
        for part in range(rng.randint(1, 3)):
            box = {"carton": f"C{n}-{part}", "container": f"T1-B{rng.randint(1, 2):02d}", "pieces": rng.randint(1, 50)}
            net = rng.randint(1, 5000)
            parts.append(goods(f"L{n}", cents, net_g=net, gross_g=net + rng.randint(0, 900), **box, **stated))
    made = drafted(parts)
    assert_conserved(parts, made)
    for one in made:
        if one.mode == "1039":
            assert 0 < one.value_cents <= 15_000_000
            assert checked_from_outside(one).verdict == one.verdict == "ok"
        assert one.items.count() <= 50


def test_edges_conserve_pieces_grams_and_cents_at_every_item():
    made = drafted([goods(f"L{n}", hs10=code) for n, code in enumerate(CODES)])
    for item in made[0].items.all():
        into = EdgeRow.objects.filter(aspect="declared", to_id=item.number)
        out = EdgeRow.objects.get(aspect="declared", from_id=item.number)
        assert out.to_id == made[0].number
        for name in ("pieces", "grams", "minor"):
            assert sum(getattr(edge, name) for edge in into) == getattr(out, name)


def test_from_five_kinds_the_declaration_is_simplified():
    one = drafted([goods(f"L{n}", 1000 * (n + 1), hs10=code) for n, code in enumerate(CODES)])[0]
    assert one.simplified
    values = list(one.items.values_list("value_cents", flat=True))
    assert values[:5] == sorted(values[:5], reverse=True)
    assert sum(one.items.values_list("kinds", flat=True)) == len(CODES)


def test_goods_above_the_cap_go_whole_to_general_trade_and_are_never_split():
    parts = [goods("L1", 9_000_000), goods("L2", 6_000_000, hs10=CODES[0]), goods("L3", 100, hs10=CODES[1])]
    market, general = drafted(parts)
    assert (market.mode, general.mode) == ("1039", "0110")
    assert market.value_cents == 15_000_000
    assert [row["line"] for row in selectors.sources(general.number)] == ["L3"]
    note = next(row for row in general.findings if row["rule"] == "MP-002")
    assert "above the cap of USD 150000.00" in note["message"]
    assert len(note["alternatives"]) == 3


def test_a_value_at_the_cap_stays_in_one_declaration():
    assert [one.mode for one in drafted([goods("L1", 15_000_000)])] == ["1039"]


def test_a_second_large_container_on_one_bill_is_not_a_second_1039_declaration():
    parts = [goods("L1", 13_000_000), goods("L2", 13_000_000, container="T1-B02")]
    made = drafted(parts)
    assert [one.mode for one in made] == ["1039", "0110"]
    assert any(row["rule"] == "RK-01" for row in made[1].findings)
    assert checked_from_outside(made[0]).verdict == "ok"


def test_the_operators_earlier_declaration_is_history():
    drafted([goods("L1", 13_000_000)])
    later = replace(SHIPMENT, trade="T2")
    made = drafted([goods("K1", 13_000_000, container="T2-B01")], shipment=later, at=AT + timedelta(hours=20))
    assert [one.mode for one in made] == ["0110"]


def test_what_1039_excludes_goes_to_another_mode_with_the_rule_named():
    parts = [goods("L1"), goods("L2", hs10="3304990000"), goods("L3", cluster=None), goods("L4", hs10="8711600000")]
    market, general = drafted(parts)
    assert [row["line"] for row in selectors.sources(market.number)] == ["L1"]
    assert {row["rule"] for row in general.findings if row["effect"] == "note"} >= {"MP-030", "MP-001", "MP-003"}
    assert general.verdict == "review"


def test_trade_records_are_of_1039_alone_and_say_what_of_each_line_they_carry():
    parts = [goods("L1", 70_000, currency="CNY"), goods("L2", 5_000), goods("L3", cluster=None), goods("L2", 3_000)]
    market, general = drafted(parts)
    assert (market.mode, general.mode) == ("1039", "0110")
    assert selectors.trade_records("T1") == [(market.number, market.value_cents)]
    assert selectors.recorded("T1") == {"L1": 70_000, "L2": 8_000}
    assert selectors.trade_records("T2") == []


def test_goods_prohibited_in_every_mode_are_refused_but_not_dropped():
    made = drafted([goods("L1", hs10="4402900000")])
    assert [(one.mode, one.verdict) for one in made] == [("0110", "refused")]
    with pytest.raises(NotSendable, match="GT-001"):
        send(by=WORLD, at=AT, number=made[0].number)


def test_unknown_facts_ask_for_evidence_and_refuse_nothing():
    one = drafted([goods("L1", recognised_at=None, agreement_no=None)])[0]
    assert (one.mode, one.verdict) == ("1039", "review")
    assert {row["rule"] for row in one.findings if row["effect"] == "evidence"} == {"MP-004"}
    with pytest.raises(NotSendable, match="sign a reason"):
        send(by=BROKER, at=AT, number=one.number)
    assert send(by=BROKER, at=AT, number=one.number, reason="seen the recognition sheet").state == "declared"


def test_flags_ask_for_their_papers():
    one = drafted([goods("L1", battery=True, brand=True, liquid=True)])[0]
    assert {"RK-13", "RK-14", "HS-ASSUMED", "HS-10"} <= {row["rule"] for row in one.findings}
    assert one.verdict == "ok"


def test_more_than_fifty_kinds_of_general_trade_take_several_declarations():
    codes = sorted(code for code in subheadings() if code[:2] in ("61", "62", "73"))[:120]
    made = drafted([goods(f"L{n:03d}", cluster=None, hs10=f"{code}0000") for n, code in enumerate(codes)])
    assert [one.items.count() for one in made] == [50, 50, 20]


def test_drafting_again_returns_what_stands():
    first = drafted([goods("L1")])
    assert drafted([goods("L1"), goods("L2")]) == first


def test_steps_follow_the_order_with_their_clocks():
    number = drafted([goods("L1")])[0].number
    with pytest.raises(WrongState, match="next may come declared"):
        release(by=WORLD, at=AT, number=number)
    send(by=WORLD, at=AT, number=number)
    inspect(by=WORLD, at=AT, number=number, note="drawn at random")
    release(by=WORLD, at=AT + timedelta(hours=5), number=number)
    settle(by=WORLD, at=AT + timedelta(days=9), number=number)
    due = selectors.walk(number)[-1]["due_at"]
    one = exempt(by=WORLD, at=AT + timedelta(days=20), number=number)
    states = list(one.steps.order_by("id").values_list("state", flat=True))
    assert states == ["filed", "registered", "loaded", "declared", "inspecting", "released", "settled", "exempted"]
    assert due.astimezone(BEIJING).isoformat() == "2026-07-01T00:00:00+08:00"
    assert due_at("settled", AT + timedelta(days=9), since=AT) == due
    assert judge("steps", selectors.order_facts(number), AT.date(), number) == []


def test_every_state_names_its_actor_and_a_clock_with_its_source_or_why_there_is_none():
    from bolanggu.platform.accounts.grants import standing

    roles = {role for roles in standing().values() for role in roles} | {"operator_1039"}
    for state in states().values():
        assert state.by in roles or not state.next
        assert state.zh
        assert (state.clock and state.clock.source and state.clock.status) or state.why_no_clock


def test_what_waits_is_listed_with_whom_it_waits_for_and_when_it_is_overdue():
    number = drafted([goods("L1")])[0].number
    assert [row["number"] for row in selectors.waiting(AT, role="broker")] == [number]
    assert selectors.waiting(AT, role="officer") == []
    assert [row["overdue"] for row in selectors.waiting(AT + timedelta(days=9))] == [True]
    send(by=WORLD, at=AT, number=number)
    row = selectors.waiting(AT)[0]
    assert (row["by"], row["due_at"], row["overdue"]) == ("officer", AT + timedelta(hours=24), False)


def test_time_never_runs_backwards():
    number = drafted([goods("L1")])[0].number
    send(by=WORLD, at=AT, number=number)
    with pytest.raises(TimeRunsBackwards, match="is earlier"):
        release(by=WORLD, at=AT - timedelta(minutes=1), number=number)


def test_an_inspection_that_differs_waits_for_an_amendment():
    number = drafted([goods("L1"), goods("L2")])[0].number
    send(by=WORLD, at=AT, number=number)
    with pytest.raises(WrongState, match="no inspection of it is open"):
        conclude(by=OFFICER, at=AT, number=number, outcome="conforms")
    inspect(by=OFFICER, at=AT, number=number, note="RK-10")
    with pytest.raises(NothingFound, match="say what was found"):
        conclude(by=OFFICER, at=AT, number=number, outcome="differs")
    conclude(by=OFFICER, at=AT, number=number, outcome="differs", found="12 cartons of cards under L1")
    with pytest.raises(WrongState, match="amend it first"):
        release(by=OFFICER, at=AT, number=number)
    parts = [goods("L1", hs10="9504400000"), goods("L2")]
    amend(by=BROKER, at=AT, number=number, reason="cards, not toys", goods=parts, **GIVEN)
    send(by=BROKER, at=AT, number=number)
    assert release(by=OFFICER, at=AT, number=number).state == "released"
    assert [row["outcome"] for row in selectors.inspections(number)] == ["differs"]
    rows = selectors.versions(number)
    assert [(row["version"], row["superseded"], row["reason"]) for row in rows] == [
        (1, True, ""),
        (2, False, "cards, not toys"),
    ]


def test_only_one_inspection_is_open_and_a_difference_says_what():
    number = drafted([goods("L1")])[0].number
    send(by=WORLD, at=AT, number=number)
    one = inspect(by=OFFICER, at=AT, number=number)
    assert inspect(by=OFFICER, at=AT, number=number) == one
    for row in (
        {"stated_at": AT},
        {"stated_at": AT, "outcome": "differs", "concluded_at": AT},
        {"stated_at": AT, "outcome": "conforms"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Inspection.objects.create(declaration=one, **row)


def test_the_exemption_is_of_1039_alone_and_late_only_with_a_reason():
    market, general = drafted([goods("L1"), goods("L2", cluster=None)])
    for one in (market, general):
        send(by=WORLD, at=AT, number=one.number, reason="seen")
        release(by=WORLD, at=AT, number=one.number)
        settle(by=WORLD, at=AT, number=one.number)
    with pytest.raises(WrongState, match="next may come closed"):
        exempt(by=WORLD, at=AT, number=general.number)
    late = AT + timedelta(days=70)
    with pytest.raises(NotExempt, match="MP-023"):
        exempt(by=WORLD, at=late, number=market.number)
    assert exempt(by=WORLD, at=late, number=market.number, note="late by agreement").state == "exempted"


def test_an_amendment_is_a_new_version_and_takes_over_the_edges():
    one = drafted([goods("L1"), goods("L2")])[0]
    old_items = list(one.items.values_list("number", flat=True))
    parts = [goods("L1", hs10="9504400000"), goods("L2")]
    new = amend(by=BROKER, at=AT, number=one.number, reason="cards", goods=parts, **GIVEN)
    assert (new.version, new.state, Declaration.objects.filter(number=one.number).count()) == (2, "loaded", 2)
    assert not EdgeRow.objects.filter(to_id__in=old_items, superseded=False).exists()
    assert EdgeRow.objects.filter(to_id=f"{one.number}.v2", superseded=False).count() == 2
    assert [found.number for found in selectors.current("T1")] == [one.number]
    with pytest.raises(CapExceeded):
        amend(by=BROKER, at=AT, number=one.number, reason="more", goods=[goods("L1", 15_000_001)], **GIVEN)


def test_a_currency_without_a_rate_is_named():
    with pytest.raises(RateMissing, match="EUR has no rate in 2026-05"):
        drafted([goods("L1", currency="EUR")])


def test_only_a_broker_or_the_simulated_world_drafts():
    with pytest.raises(NotGranted, match="may not draft declaration"):
        drafted([goods("L1")], by=Actor("buyer", frozenset({"buyer"})))


def test_the_database_refuses_what_the_services_refuse():
    one = drafted([goods("L1")])[0]
    for values in (
        {"value_cents": 15_000_001},
        {"value_cents": 0},
        {"gross_g": 1},
        {"verdict": "refused", "state": "declared"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Declaration.objects.filter(pk=one.pk).update(**values)


def test_released_declarations_teach_the_classifier_what_a_broker_confirmed():
    taught = [goods("L1", hs10="9504400000", name_en="quorble zapper", name_zh="", hs_status="confirmed")]
    assumed = [goods("L2", name_en="vexil frob", name_zh="", container="T2-B01")]
    numbers = [drafted(taught)[0].number]
    numbers += [drafted(assumed, shipment=replace(SHIPMENT, trade="T2", bl_no="B2", vessel="V2"))[0].number]
    assert list(confirmed_titles()) == []
    for number in numbers:
        send(by=WORLD, at=AT, number=number)
        release(by=WORLD, at=AT, number=number)
    assert list(confirmed_titles()) == [("quorble zapper", "", "950440")]
    assert learned_classifier().classify("Quorble  zapper").candidates[0].hs6 == "950440"
    assert classifier().classify("quorble zapper").candidates[:1] != ("950440",)
