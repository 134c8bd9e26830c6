"""A statement in CSV is read whole or refused by row and column."""

from __future__ import annotations

import pytest
from tests.market.settlement.bank.files import table

from bolanggu.market.settlement.bank.table import read
from bolanggu.values.fault import Fault

GOOD = table([("100.00", "R1", "deposit"), ("-40.00", "P1", "")])


def test_rows_become_entries_and_the_opening_balance_follows():
    (said,) = read(GOOD)
    assert (said.account, said.number, said.currency, said.opened, said.closed) == ("A1", "S-1", "USD", 0, 6_000)
    assert [(e.minor, e.reference, e.text) for e in said.entries] == [(10_000, "R1", "deposit"), (-4_000, "P1", "")]


def test_a_byte_order_mark_and_another_order_of_columns_do_no_harm():
    content = "\ufeffbalance,amount,currency,date,statement,account,kind\n-5.00,-5.00,CNY,2026-03-02,S,A,fee\n".encode()
    (said,) = read(content)
    assert said.entries[0].fee
    assert said.opened == 0


@pytest.mark.parametrize(
    ("content", "row", "column", "message"),
    [
        (GOOD.replace(b"balance", b"rest"), None, "balance", "needed are account"),
        (GOOD.replace(b"text", b"memo"), None, "memo", "unknown column"),
        (GOOD.splitlines()[0], None, None, "holds no entries"),
        (GOOD.replace(b"60.00", b"61.00"), 2, "balance", "does not follow"),
        (GOOD.replace(b"-40.00", b"-4o.00"), 2, "amount", "is not an amount"),
        (GOOD.replace(b"2026-03-02,-40", b"2.3.26,-40"), 2, "date", "is no date"),
        (GOOD.replace(b"USD,60.00", b"EUR,60.00"), 2, "currency", "one statement a file"),
        (b"\xff\xfe", None, None, "not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_named(content, row, column, message):
    with pytest.raises(Fault, match=message) as refused:
        read(content)
    assert (refused.value.row, refused.value.column) == (row, column)
