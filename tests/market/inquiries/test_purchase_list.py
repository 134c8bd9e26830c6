"""Reading purchase lists: every row keeps its place, every bad cell is named."""

import contextlib
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.inquiries.cells import BadCell, pieces, price
from bolanggu.market.inquiries.headers import meanings
from bolanggu.market.inquiries.purchase_list import read_purchase_list
from bolanggu.values.encoding import encoding_of
from bolanggu.values.fault import Fault


@pytest.fixture
def written(tmp_path):
    def write(content, name="list.csv", encoding="utf-8"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return file

    return write


def test_a_plain_list_is_read_in_order(written):
    read = read_purchase_list(written("description,quantity\nmug,12\ncup,24\n"))
    assert [(line.row, line.text, line.quantity) for line in read.lines] == [(1, "mug", 12), (2, "cup", 24)]
    assert read.faults == []


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("2 dz", "write 24"),
        ("3 dozen", "write 36"),
        ("12 pcs", "write 12"),
        ("-3", "digits only"),
        ("1e9", "digits only"),
        ("1,200", "write 1200"),
        ("0", "from 1 to"),
        ("99999999999", "from 1 to"),
        ("", "is empty"),
        ("=A1*2", "is a formula"),
        ("2.5", "digits only"),
        ("1/2", "digits only"),
    ],
)
def test_a_bad_quantity_says_what_would_be_right(cell, advice):
    with pytest.raises(BadCell, match=advice):
        pieces(cell)


def test_a_bad_cell_is_named_and_the_rest_goes_on(written):
    read = read_purchase_list(written("description,quantity\nmug,2 dz\ncup,24\n"))
    assert str(read.faults[0]) == 'list.csv row 1, column quantity: "2 dz" is not a whole number of pieces; write 24'
    assert read.lines[0].quantity is None
    assert read.lines[0].problem
    assert read.lines[1].quantity == 24


def test_a_price_with_a_sign_is_named_and_the_line_is_still_ordered(written):
    read = read_purchase_list(written("description,quantity,unit_price\nmug,12,$1.25\n"))
    assert "currency sign; write 1.25" in str(read.faults[0])
    assert read.lines[0].quantity == 12
    assert read.lines[0].target_price is None


@pytest.mark.parametrize("cell", ["abc", "1.2.3", "=B2", "€ 5"])
def test_other_prices_are_refused(cell):
    with pytest.raises(BadCell):
        price(cell)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("description,quantity\n", "has a header and no lines"),
        ("name of goods,quantity\nmug,1\n", "needs a column named description"),
        ("description,price\nmug,1\n", "needs a column named quantity"),
        ("description,quantity\n" + "mug,1\n" * 10_000, "10,000 lines; a list holds at most 1,000"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_whole(written, content, message):
    with pytest.raises(Fault, match=message):
        read_purchase_list(written(content))


def test_the_missing_column_is_named(written):
    with pytest.raises(Fault) as caught:
        read_purchase_list(written("item code,quantity\nmug,1\n"))
    assert str(caught.value).startswith("list.csv column description:")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(Fault, match="cannot be read"):
        read_purchase_list(tmp_path / "nowhere.csv")


def test_a_formula_in_a_description_keeps_its_row(written):
    read = read_purchase_list(written('description,quantity\n"=HYPERLINK(""x"")",5\ncup,3\n'))
    assert [line.row for line in read.lines] == [1, 2]
    assert read.lines[0].quantity is None
    assert "is a formula" in read.lines[0].problem


def test_a_row_of_commas_keeps_its_place(written):
    read = read_purchase_list(written("description,quantity\n,\ncup,3\n"))
    assert [line.row for line in read.lines] == [1, 2]
    assert read.lines[0].quantity is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_lists_are_read_in_every_common_encoding(written, encoding):
    read = read_purchase_list(written("品名,数量\n塑料发夹,120\n陶瓷马克杯,36\n", encoding=encoding))
    assert [line.text for line in read.lines] == ["塑料发夹", "陶瓷马克杯"]


def test_western_accents_are_not_taken_for_chinese(written):
    text = "description,quantity\nCrème brûlée dish,12\nPâté knife à la carte,6\nGRÖSSE ZWÖLF,3\n"
    assert encoding_of(text.encode("cp1252")) == "cp1252"
    assert read_purchase_list(written(text, encoding="cp1252")).lines[0].text == "Crème brûlée dish"


@given(st.text(alphabet="发夹雨伞杯子袜帽钥匙扣围巾玩具", min_size=2, max_size=40))
def test_a_chinese_list_is_always_seen_as_gb18030(text):
    assert encoding_of(f"品名,数量\n{text},1\n".encode("gb18030")) == "gb18030"


def test_a_chinese_word_that_is_well_formed_utf_8_by_chance_is_seen():
    assert encoding_of("a,伞伞,1".encode("gb18030")) == "gb18030"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_seen(written, delimiter):
    read = read_purchase_list(written(f"description{delimiter}quantity\nmug, big{delimiter}4\n"))
    assert read.lines[0].text == "mug, big"


@pytest.mark.parametrize(
    "header",
    ["Description,Qty", "PRODUCT NAME,Pcs", "品名,数量", "Descripción,Cantidad", "Наименование,Кол-во", "الوصف,الكمية"],
)
def test_headers_in_the_buyers_words(header):
    assert set(meanings(header.split(","))) == {"description", "quantity"}


def test_the_exact_name_wins_over_a_variant():
    assert meanings(["name", "description", "quantity"])["description"] == 1


def workbook(rows, formula=None):
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw)
    sheet = book.add_worksheet()
    for index, row in enumerate(rows):
        sheet.write_row(index, 0, row)
    if formula:
        sheet.write_formula(*formula)
    book.close()
    return raw.getvalue()


def test_a_workbook_is_read_like_a_csv(written):
    raw = workbook([["Description", "Quantity"], ["mug", 12], ["cup", 24.0]])
    read = read_purchase_list(written(raw, "list.xlsx"))
    assert [(line.text, line.quantity) for line in read.lines] == [("mug", 12), ("cup", 24)]


def test_a_formula_with_a_stored_value_is_used_and_said(written):
    raw = workbook([["Description", "Quantity"], ["mug", 12]], (1, 1, "=6*2", None, 12))
    read = read_purchase_list(written(raw, "list.xlsx"))
    assert read.lines[0].quantity == 12
    assert 'its stored value "12" is used' in str(read.faults[0])


def test_a_zip_bomb_is_refused_before_it_is_unpacked(written):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 250_000_000)
    with pytest.raises(Fault, match="unpacks to 250,000,000 bytes"):
        read_purchase_list(written(raw.getvalue(), "list.xlsx"))


@pytest.mark.parametrize("raw", [b"PK\x03\x04nonsense", b"\xd0\xcf\x11\xe0old", b"a\0b,c\0d"])
def test_files_that_are_no_list_are_refused(written, raw):
    with pytest.raises(Fault):
        read_purchase_list(written(raw, "list.xlsx"))


@given(st.integers(1, 10_000_000))
def test_whole_numbers_read_back(number):
    assert pieces(str(number)) == number
    assert pieces(f" {number}.0 ") == number


@given(st.binary(max_size=300))
def test_no_bytes_ever_crash_the_reader(tmp_path_factory, raw):
    file = tmp_path_factory.mktemp("any") / "list.csv"
    file.write_bytes(raw)
    with contextlib.suppress(Fault):
        read_purchase_list(file)
