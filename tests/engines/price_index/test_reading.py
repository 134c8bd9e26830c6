"""Reading tables: what is refused, and where it says the fault is."""

from __future__ import annotations

import numpy as np
import pytest

from bolanggu.engines.price_index.reading import read, read_classes
from bolanggu.values.fault import Fault

HEADER = "period,product,price,quantity\n"


@pytest.fixture
def file(tmp_path):
    def write(text, name="sales.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def faults(problem) -> list[Fault]:
    return [problem] if isinstance(problem, Fault) else list(problem.exceptions)


@pytest.mark.parametrize(
    ("text", "row", "column", "said"),
    [
        ("", None, None, "is empty"),
        (HEADER, None, None, "no rows"),
        ("period,product,price\n2026-01,a,1\n", None, "quantity", "is missing"),
        ("period,product,price,price,quantity\n2026-01,a,1,1,1\n", None, "price", "twice"),
        (HEADER + "2026-01,a,-1,2\n", 1, "price", "not positive"),
        (HEADER + "2026-01,a,0,2\n", 1, "price", "not positive"),
        (HEADER + "2026-01,a,1,0\n", 1, "quantity", "not positive"),
        (HEADER + "2026-01,a,1,2\n2026-01,a,cheap,2\n", 2, "price", '"cheap"'),
        (HEADER + "2026-01,a,1,nan\n", 1, "quantity", "not a finite number"),
        (HEADER + "2026-01,a,inf,1\n", 1, "price", "not a finite number"),
        (HEADER + "2026-01,a,1_0,1\n", 1, "price", "not a finite number"),
        (HEADER + '2026-01,a,"1,5",1\n', 1, "price", "not a finite number"),
        (HEADER + "2026-01,a,,1\n", 1, "price", "price is empty"),
        (HEADER + "2026-01,a,1e308,1e308\n", 1, "price", "beyond"),
        (HEADER + "2026-01,,1,1\n", 1, "product", "is empty"),
        (HEADER + ",a,1,1\n", 1, "period", "is empty"),
        (HEADER + "2026-01,a,1,1\n2026-W09,a,1,1\n", 2, "period", "one kind of period"),
        (HEADER + "1,a,1,1\n10,a,1,1\n", 2, "period", "one kind of period"),
        (HEADER + "2026-13,a,1,1\n", 1, "period", "calendar"),
        (HEADER + "2026-02-30,a,1,1\n", 1, "period", "calendar"),
        (HEADER + "2026-W60,a,1,1\n", 1, "period", "calendar"),
        (HEADER + "2026-Q5,a,1,1\n", 1, "period", "calendar"),
        (HEADER + "2026-01,a,1\n", 1, None, "cells"),
        (b"\xff\xfe\x00", None, None, "not UTF-8"),
    ],
)
def test_a_fault_is_named_by_row_and_column(file, text, row, column, said):
    with pytest.raises((Fault, ExceptionGroup)) as caught:
        read(file(text))
    first = faults(caught.value)[0]
    assert (first.row, first.column) == (row, column)
    assert said in str(first)
    assert "sales.csv" in str(first)


def test_a_missing_file_and_a_folder_are_faults(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(Fault, match=str(path)):
            read(path)


def test_twenty_faults_are_named_and_the_rest_counted(file):
    with pytest.raises(ExceptionGroup, match="30 bad cells") as caught:
        read(file(HEADER + "2026-01,a,-1,1\n" * 30))
    assert len(caught.value.exceptions) == 20


def test_further_columns_a_byte_order_mark_and_blank_lines_do_no_harm(file):
    rows = read(file("\ufeffshop,quantity,price,product,period\r\nx,2,1.5, pen ,2026-01\r\n\r\nx,3,2,pen,2026-02\r\n"))
    assert rows.product == ["pen", "pen"]
    assert rows.price.tolist() == [1.5, 2.0]
    assert rows.document is None


def test_raw_rows_keep_what_cleaning_will_count(file):
    rows = read(file("invoice," + HEADER + "C1,2026-01,a,0,-2\n"), raw=True)
    assert rows.document == ["C1"]
    np.testing.assert_array_equal(rows.quantity, [-2])


def test_classes_are_read_once_a_product(file):
    assert read_classes(file("product,class\na,toys\nb,toys\na,toys\n")) == {"a": "toys", "b": "toys"}
    with pytest.raises(Fault, match="already in class toys"):
        read_classes(file("product,class\na,toys\na,pens\n"))
    with pytest.raises(Fault, match="column class"):
        read_classes(file("product\na\n"))
    with pytest.raises(Fault, match="row 1"):
        read_classes(file("product,class\na,\n"))
