"""Single indicators on small records made by hand: each with what raises it and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bolanggu.engines.risk import goods, parties, payments, values, ways
from bolanggu.engines.risk.records import Arrival, Credit, Entry, Item, Operator, Outcome, Receipt, Records, Setting

AT = datetime(2026, 5, 1, tzinfo=UTC)
ITEM = Item("9615110000", "comb", 100_000, 10_000, 500, "S1", ("order-1", "payment-1", "receipt-1", "carton-1"))
ONE = Entry("D1", AT, "OP1", "B1", "ESP", 100_000, (ITEM,), bl_no="BL1", vessel="V1", container="C1", trade_ref="T1")


def entry(number, **stated):
    base = replace(
        ONE, number=number, bl_no=f"BL{number}", vessel=f"V{number}", container=f"C{number}", trade_ref=number
    )
    return replace(base, **stated)


def found(indicator, *entries, **more):
    return {signal.subject: signal for signal in indicator(Records(tuple(entries), **more))}


def large(number, hours=0, cents=13_000_000, **more):
    return entry(number, at=AT + timedelta(hours=hours), value_cents=cents, **more)


def test_two_near_the_cap_on_one_vessel_within_three_days_are_parts_of_one():
    pair = large("A", vessel="V"), large("B", 71, vessel="V")
    assert set(found(values.cap_splitting, *pair)) == {"A", "B"}
    assert found(values.cap_splitting, *pair)["A"].evidence == ("declaration:A", "declaration:B")


@pytest.mark.parametrize(
    "other",
    [
        large("B", 73, vessel="V"),
        large("B", 1),
        large("B", 1, vessel="V", buyer="B2"),
        large("B", 1, vessel="V", destination="FRA"),
        large("B", 1, vessel="V", operator="OP2"),
        large("B", 1, 2_000_000, vessel="V"),
    ],
)
def test_another_time_ship_buyer_place_operator_or_size_is_no_split(other):
    assert found(values.cap_splitting, large("A", vessel="V"), other) == {}


def test_being_just_below_the_cap_once_is_nothing_and_always_is_something():
    others = [entry(f"O{n}", operator=f"OP{n % 9}") for n in range(200)]
    assert found(values.bunching, *others, large("A", cents=14_900_000, operator="X")) == {}
    many = [large(f"A{n}", cents=14_900_000 + n, operator="X") for n in range(6)]
    assert set(found(values.bunching, *others, *many)) == {f"A{n}" for n in range(6)}


def test_a_price_far_off_is_found_on_both_sides():
    def priced(number, cents):
        return entry(number, items=(replace(ITEM, value_cents=cents),), value_cents=cents)

    usual = [priced(f"U{n}", 100_000 + 1000 * (n % 7)) for n in range(30)]
    assert found(values.unit_prices, *usual) == {}
    odd = found(values.unit_prices, *usual, priced("HIGH", 500_000), priced("LOW", 20_000))
    assert set(odd) == {"HIGH", "LOW"}
    assert "above" in odd["HIGH"].reason
    assert "below" in odd["LOW"].reason


def test_goods_that_nobody_ordered_are_found_and_unknown_ones_are_not():
    lacking = entry("A", items=(replace(ITEM, chain=()),))
    unknown = entry("B", items=(replace(ITEM, chain=None),))
    assert set(found(parties.missing_chain, lacking, unknown, entry("C"))) == {"A"}


def test_operators_that_share_a_phone_are_named_where_there_are_three():
    three = tuple(Operator(f"OP{n}", phone="1") for n in range(1, 4))
    assert found(parties.missing_chain, entry("A"), operators=three)["A"].evidence == ("operator:OP2", "operator:OP3")
    assert found(parties.missing_chain, entry("A"), operators=three[:2]) == {}


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("DRAKOVICH, Victor", True),
        ("Victor Drakovic", True),
        ("Víctor Drakovich", True),
        ("Maria Silva", False),
        ("", False),
    ],
)
def test_a_listed_name_is_found_under_other_spellings(name, listed):
    setting = Setting(denied=("Victor Drakovich",))
    assert bool(found(parties.denied_party, entry("A", buyer_name=name), setting=setting)) is listed


def test_a_passport_with_a_wrong_digit_or_two_names_is_found():
    right, wrong = "L898902C36", "L898902C37"
    assert found(parties.buyer_identity, entry("A", passport=right, buyer_name="Ana Ruiz")) == {}
    assert set(found(parties.buyer_identity, entry("A", passport=wrong, buyer_name="Ana Ruiz"))) == {"A"}
    people = [entry(str(n), passport=right, buyer_name="Ana Ruiz") for n in range(4)]
    assert set(found(parties.buyer_identity, *people, entry("X", passport=right, buyer_name="Omar Khan"))) == {"X"}


def test_a_payer_who_is_neither_buyer_nor_allowed_is_found():
    def paid(payer, allowed=()):
        return found(payments.strange_payer, entry("A"), receipts=(Receipt("R", AT, "A", payer, 1, allowed),))

    assert paid("B1") == paid("Z", ("Z",)) == {}
    assert paid("Z")["A"].evidence == ("receipt:R",)


def test_a_trade_record_used_twice_is_found_in_both():
    twice = entry("A", trade_ref="T"), entry("B", trade_ref="T"), entry("C", trade_ref="U")
    assert set(found(payments.used_twice, *twice)) == {"A", "B"}


def test_credit_that_jumps_over_many_stalls_is_found():
    before = tuple(
        Credit(f"L{n}", "B1", "S0", AT - timedelta(days=100 - n), 1000, AT - timedelta(days=99 - n)) for n in range(5)
    )
    jump = tuple(Credit(f"M{n}", "B1", f"S{n}", AT - timedelta(days=5), 50_000) for n in range(8))
    assert len(found(payments.long_con, entry("A"), credits=before + jump)["A"].evidence) == 8
    assert found(payments.long_con, entry("A"), credits=before) == {}
    paid = tuple(replace(credit, paid_at=AT - timedelta(days=1)) for credit in jump)
    assert found(payments.long_con, entry("A"), credits=before + paid) == {}


def test_goods_that_come_back_alike_are_found_and_others_are_not():
    def back(**stated):
        arrival = replace(Arrival("I", AT + timedelta(days=20), ITEM.hs10, ITEM.pieces, ITEM.net_g), **stated)
        return found(goods.carousel, entry("A"), arrivals=(arrival,))

    assert back()["A"].evidence == ("arrival:I",)
    assert back(net_g=11_000) == back(pieces=1) == back(at=AT + timedelta(days=90)) == {}


def test_masses_that_cannot_be_are_found():
    assert set(found(goods.physics, entry("A", net_g=11, gross_g=10), entry("B", net_g=9, gross_g=10))) == {"A"}
    assert set(found(goods.physics, entry("A", gross_g=30, payload_g=29), entry("B", gross_g=29, payload_g=29))) == {
        "A"
    }
    usual = [entry(f"U{n}", gross_g=100_000, volume_l=400.0 + n) for n in range(12)]
    assert set(found(goods.physics, *usual, entry("A", gross_g=100_000, volume_l=2000.0))) == {"A"}


def test_a_sure_classifier_is_heard_only_where_the_other_code_bears_more():
    def read(**stated):
        return found(goods.misclassified, entry("A", items=(replace(ITEM, **stated),)))

    other = {"likely_hs6": "960320", "likely": 0.9}
    assert read(**other, gain=True)["A"].evidence == ("item:A/1",)
    assert read(**other) == read(**other | {"likely": 0.3}, gain=True) == read(likely_hs6="961511", gain=True) == {}


def test_a_brand_word_counts_only_on_goods_declared_unbranded():
    named = replace(ITEM, brand_word="nike")
    assert found(goods.brand_words, entry("A", items=(named,)))["A"].evidence == ("item:A/1",)
    assert found(goods.brand_words, entry("A", items=(replace(named, brand_type=4),))) == {}


def test_another_gate_or_seal_is_found():
    assert found(ways.routes, entry("A", exit_port="3104", gate_in="3104", seal="S", gate_seal="S")) == {}
    both = found(ways.routes, entry("A", exit_port="3104", gate_in="2248", seal="S", gate_seal="T"))["A"]
    one = found(ways.routes, entry("A", exit_port="3104", gate_in="2248"))["A"]
    assert both.strength > one.strength


def test_a_partner_that_took_in_far_less_is_named():
    many = [entry(f"D{n}", value_cents=10_000_000, items=(replace(ITEM, value_cents=10_000_000),)) for n in range(5)]
    setting = Setting(mirror={("961511", "ESP"): 10_000_000})
    assert set(found(ways.mirror_gap, *many, setting=setting)) == {f"D{n}" for n in range(5)}
    assert found(ways.mirror_gap, *many, setting=Setting(mirror={("961511", "ESP"): 49_000_000})) == {}


def test_who_exports_only_for_an_award_from_far_away_is_found():
    setting = Setting(awards=((date(2026, 4, 20), date(2026, 5, 10)),), far_suppliers=frozenset({"S1"}))
    farm = [entry(f"F{n}", operator="X") for n in range(7)]
    rest = [entry(f"R{n}", at=AT + timedelta(days=40), operator=f"O{n % 4}") for n in range(12)]
    assert set(found(ways.award_farming, *farm, *rest, setting=setting)) == {f"F{n}" for n in range(7)}
    near = replace(setting, far_suppliers=frozenset())
    assert found(ways.award_farming, *farm, *rest, setting=near) == {}


def test_earlier_hits_count_and_later_ones_do_not():
    hit = Outcome("D0", AT - timedelta(days=3), "OP1", hit=True)
    assert found(ways.hit_feedback, entry("A"), outcomes=(hit, hit))["A"].evidence == ("outcome:D0", "outcome:D0")
    later = replace(hit, at=AT + timedelta(days=3))
    assert found(ways.hit_feedback, entry("A"), outcomes=(later, replace(hit, hit=False))) == {}
