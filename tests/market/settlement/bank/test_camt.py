"""camt.053 is read entry by entry, whatever its version, and nothing that does not add up is taken."""

from __future__ import annotations

from datetime import date

import pytest
from tests.market.settlement.bank.files import camt, entry

from bolanggu.market.settlement.bank.camt import read
from bolanggu.values.fault import Fault


def test_entries_carry_amount_day_reference_party_text_and_charges():
    (said,) = read(
        camt([entry("2975.50", reference="YW-1-R1", charges="24.50", party="Casa Luz", text="deposit YW-1")])
    )
    (one,) = said.entries
    assert (said.account, said.number, said.currency) == ("CN00TEST0001", "S-1", "USD")
    assert (one.minor, one.charges, one.booked_on) == (297_550, 2_450, date(2026, 3, 2))
    assert (one.reference, one.party, one.text) == ("YW-1-R1", "Casa Luz", "deposit YW-1")
    assert (said.opened, said.closed) == (100_000, 397_550)


def test_money_out_is_negative_and_fees_are_told_by_the_banks_code():
    (said,) = read(camt([entry("10.00", out=True, fee=True), entry("99.00", out=True, party="M1")]))
    assert [(e.minor, e.fee) for e in said.entries] == [(-1_000, True), (-9_900, False)]
    assert said.entries[1].party == "M1"


@pytest.mark.parametrize("version", ["camt.053.001.02", "camt.053.001.08"])
def test_both_layouts_of_parties_and_status_are_read(version):
    (said,) = read(camt([entry("1.00", party="Casa Luz", version=version)], version=version))
    assert said.entries[0].party == "Casa Luz"


def test_pending_entries_do_not_count():
    (said,) = read(camt([entry("1.00"), entry("5.00", status="PDNG")], closing="1001.00"))
    assert [e.minor for e in said.entries] == [100]


def test_a_sum_booked_for_several_payments_is_taken_apart_where_the_parts_add_up():
    (said,) = read(camt([entry("30.00", out=True, parts=[("a", "10.00"), ("b", "20.00")])]))
    assert [(e.reference, e.minor) for e in said.entries] == [("a", -1_000), ("b", -2_000)]
    (said,) = read(camt([entry("30.00", out=True, parts=[("a", "10.00"), ("b", "19.00")])]))
    assert [e.minor for e in said.entries] == [-3_000]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<a>", "not well-formed"),
        (b"<a/>", "holds no Stmt"),
        (camt([entry("1.00")], closing="1002.00"), "closes with USD 1002.00, its entries give USD 1001.00"),
        (camt([entry("1.00", currency="EUR")]), "an amount is in EUR, the account in USD"),
        (camt([entry("1.005")]), "more digits than USD knows"),
        (camt([entry("1.00", day="2026-13-01")]), "is no booking date"),
        (camt([entry("1.00")]).replace(b"CN00TEST0001", b""), "names no account"),
        (camt([entry("1.00")]).replace(b"CLBD", b"XXXX"), "has no balance CLBD"),
    ],
)
def test_what_cannot_be_read_is_named(content, message):
    with pytest.raises(Fault, match=message):
        read(content)


def test_entities_are_not_followed():
    bomb = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    content = (
        camt([entry("1.00", text="&amp;e;")]).replace(b"<Document", bomb + b"<Document", 1).replace(b"&amp;e;", b"&e;")
    )
    (said,) = read(content)
    assert said.entries[0].text == ""
