"""pain.001 is written so that a bank takes it, the same each time, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bolanggu.market.settlement.bank.pain import NAMESPACE, Account, Order, write
from bolanggu.market.settlement.bank.structure import faults
from bolanggu.values.fault import Fault
from bolanggu.values.money import Money

AT, ON = datetime(2026, 3, 2, 8, tzinfo=UTC), date(2026, 3, 3)
AGENT = Account("义乌市外贸公司", "6222020000001", "ICBKCNBJ")
SHOP = Account("小商品 & 玩具", "CN-77 12", "BKCHCNBJXXX")
ORDERS = [
    Order("a" * 32, SHOP, Money("CNY", 123_457), "YW-1-001-P1"),
    Order("b", AGENT, Money("CNY", 1), "YW-1-002-P1"),
]


def written(orders=ORDERS, number="F-1", debtor=AGENT):
    return write(number, AT, ON, debtor, orders)


def find(content, name):
    return [node.text for node in etree.fromstring(content).iter(f"{{{NAMESPACE}}}{name}")]


def test_a_file_says_who_pays_whom_how_much_and_when():
    content = written()
    assert faults(content) == []
    assert find(content, "MsgId") == ["F-1"]
    assert find(content, "InstdAmt") == ["1234.57", "0.01"]
    assert find(content, "CtrlSum") == ["1234.58"] * 2
    assert find(content, "NbOfTxs") == ["2", "2"]
    assert find(content, "EndToEndId") == ["a" * 32, "b"]
    assert find(content, "Dt") == ["2026-03-03"]
    assert "小商品 & 玩具" in find(content, "Nm")


def test_the_same_payments_give_the_same_bytes():
    assert written() == written()


def test_yen_has_no_digits_and_dinars_three():
    assert find(written([Order("a", SHOP, Money("JPY", 500), "x")]), "InstdAmt") == ["500"]
    assert find(written([Order("a", SHOP, Money("KWD", 1_500), "x")]), "InstdAmt") == ["1.500"]


def test_an_iban_is_told_as_one():
    content = written([replace(ORDERS[0], to=Account("Casa Luz", "ES9121000418450200051332"))])
    assert find(content, "IBAN") == ["ES9121000418450200051332"]
    assert faults(content) == []


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ([], "nothing to pay"),
        ([ORDERS[0], ORDERS[0]], "stands twice"),
        ([ORDERS[0], replace(ORDERS[1], amount=Money("USD", 1))], "one file a currency"),
        ([replace(ORDERS[0], amount=Money("CNY", 0))], "amounts are positive"),
        ([replace(ORDERS[0], identity="x" * 36)], "not an identifier"),
        ([replace(ORDERS[0], identity="号")], "not an identifier"),
        ([replace(ORDERS[0], to=replace(SHOP, number=""))], "needs a name and a number"),
        ([replace(ORDERS[0], to=replace(SHOP, bic="BKCH"))], "is no BIC"),
    ],
)
def test_what_a_bank_would_refuse_is_not_written(orders, message):
    with pytest.raises(Fault, match=message):
        written(orders)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"<NbOfTxs>2</NbOfTxs>", b"<NbOfTxs>3</NbOfTxs>", "NbOfTxs says 3"),
        (b"1234.57", b"1234.56", "CtrlSum says 1234.58"),
        (b"<PmtMtd>TRF</PmtMtd>", b"", "PmtInf holds 0 times PmtMtd"),
        (b"<PmtMtd>TRF</PmtMtd>", b"<PmtMtd>TRF</PmtMtd><Odd/>", "PmtInf holds Odd, which it may not"),
        (b"<EndToEndId>b<", b"<EndToEndId>" + b"a" * 32 + b"<", "stands twice"),
        (b"pain.001.001.09", b"pain.001.001.03", "the root is"),
        (b"</Document>", b"", "not well-formed"),
    ],
)
def test_the_check_finds_what_was_spoiled(old, new, message):
    assert any(message in fault for fault in faults(written().replace(old, new))), faults(written().replace(old, new))


def test_the_check_knows_the_order_of_elements():
    lines = written().decode().splitlines()
    place = next(i for i, line in enumerate(lines) if "<MsgId>" in line)
    lines[place], lines[place + 1] = lines[place + 1], lines[place]
    assert any("not in their order" in fault for fault in faults("\n".join(lines).encode()))


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=30), st.sampled_from(["CNY", "USD", "JPY", "KWD"]))
def test_whatever_the_amounts_the_sums_agree(amounts, currency):
    orders = [Order(f"{i:032x}", SHOP, Money(currency, minor), f"P{i}") for i, minor in enumerate(amounts)]
    assert faults(written(orders)) == []
