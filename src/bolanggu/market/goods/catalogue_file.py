"""A catalogue file (商品目录): rows of CSV to goods, each faulty cell named by row and column. No database."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from bolanggu.values.fault import Fault
from bolanggu.values.money import exponent
from bolanggu.values.quantity import Dimensions

COLUMNS = [
    "code",
    "title_en",
    "title_zh",
    "category",
    "price",
    "currency",
    "moq",
    "order_multiple",
    "pcs_per_carton",
    "carton_l_mm",
    "carton_w_mm",
    "carton_h_mm",
    "carton_gross_g",
    "stock",
]
_WORDINGS = {
    "code": "code sku itemno itemcode articleno stockcode productcode 货号 编码 商品编码 款号",
    "title_en": "titleen title description nameen name english 英文名称 英文品名",
    "title_zh": "titlezh namezh chinese 品名 名称 商品名称 中文名称 中文品名 标题",
    "category": "category 类目 分类 品类",
    "price": "price unitprice 单价 价格 批发价",
    "currency": "currency ccy 币种 货币",
    "moq": "moq minimum minorder 起订量 起批量",
    "order_multiple": "ordermultiple innerpack innerpieces 中包数 内包装数",
    "pcs_per_carton": "pcspercarton piecespercarton qtypercarton pcsctn 装箱数 每箱数量",
    "carton_l_mm": "cartonlmm 箱长",
    "carton_w_mm": "cartonwmm 箱宽",
    "carton_h_mm": "cartonhmm 箱高",
    "carton_gross_g": "cartongrossg 毛重",
    "stock": "stock 库存",
}
LONGEST_TITLE, LONGEST_CODE = 300, 40
MOST = 2_000_000_000  # least of the databases' integer limits, rounded down
_CURRENCY = re.compile(r"[A-Z]{3}")
_PRICE = re.compile(r"\d{1,9}(\.\d{1,20})?")
#: Less than this share of a minor unit is the noise of floating-point exports, such as 8.379999999999999.
_NOISE = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Row:
    """One good as the file states it; None where the file is silent. ``price`` is in minor units of ``currency``.

    ``rounded`` is True if the price had more digits than its currency.
    """

    code: str
    title_en: str
    title_zh: str
    category: str
    price: int | None
    rounded: bool
    currency: str
    moq: int | None
    order_multiple: int | None
    pieces: int | None
    size: Dimensions | None
    gross_g: int | None
    stock: int | None


class Catalogue:
    """A catalogue file, read row by row.

    Raises
    ------
    Fault
        The header lacks ``code`` or every title column.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self.name = str(path)
        self._file = path.open(encoding=encoding, errors="replace", newline="")
        first = self._file.readline()
        delimiter = max(",;\t|", key=first.count)
        self._header(next(csv.reader([first], delimiter=delimiter), []))
        self._reader = csv.reader(self._file, delimiter=delimiter)

    def _header(self, cells: list[str]) -> None:
        meant = {wording: column for column, text in _WORDINGS.items() for wording in text.split()}
        self.columns: dict[str, int] = {}
        for at, cell in enumerate(cells):
            plain = re.sub(r"[\s._()-]+", "", cell.strip().strip("\ufeff").lower())
            column = meant.get(plain)
            if column is not None:
                self.columns.setdefault(column, at)
        if "code" not in self.columns:
            raise Fault(self.name, f"the header has no code; found {', '.join(cells[:8]) or 'nothing'}", column="code")
        if not {"title_en", "title_zh"} & self.columns.keys():
            raise Fault(self.name, "the header has neither title_en nor title_zh", column="title_en")

    def rows(self) -> Iterator[tuple[int, Row | Fault]]:
        """Yield (row number, the good or the first fault of its row); numbers count from 1 without the header."""
        reader = iter(self._reader)
        number = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                number += 1
                yield number, Fault(self.name, f"is not CSV here: {error}", row=number)
                continue
            if not any(cells):
                continue
            number += 1
            try:
                yield number, _row(_Cells(self.name, number, cells, self.columns))
            except Fault as fault:
                yield number, fault

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class _Cells:
    file: str
    number: int
    cells: list[str]
    columns: Mapping[str, int]

    def text(self, column: str) -> str:
        at = self.columns.get(column)
        return self.cells[at].strip() if at is not None and at < len(self.cells) else ""

    def fault(self, column: str, message: str) -> Fault:
        return Fault(self.file, message, row=self.number, column=column)

    def whole(self, column: str) -> int | None:
        text = self.text(column)
        if not text:
            return None
        text = text.removesuffix(".0")
        if not (text.isascii() and text.isdigit()) or len(text) > 10 or not 1 <= int(text) <= MOST:
            raise self.fault(column, f'"{text[:40]}" is not a whole number from 1 to {MOST:,}')
        return int(text)


def _row(cells: _Cells) -> Row:
    code = " ".join(cells.text("code").split())
    if not code:
        raise cells.fault("code", "the cell is empty; each good needs its code")
    if len(code) > LONGEST_CODE:
        raise cells.fault("code", f'"{code[:40]}…" is longer than {LONGEST_CODE} characters')
    title_en, title_zh = (" ".join(cells.text(name).split()) for name in ("title_en", "title_zh"))
    if not title_en and not title_zh:
        raise cells.fault("title_en", "there is no title; give title_en or title_zh")
    for column, title in (("title_en", title_en), ("title_zh", title_zh)):
        if len(title) > LONGEST_TITLE:
            raise cells.fault(column, f"the title has {len(title)} characters; {LONGEST_TITLE} is the most")
    currency = cells.text("currency").upper() or "CNY"
    if not _CURRENCY.fullmatch(currency):
        raise cells.fault("currency", f'"{currency[:40]}" is not a currency; write its ISO 4217 code, such as USD')
    price, rounded = _price(cells, currency)
    return Row(
        code=code,
        title_en=title_en,
        title_zh=title_zh,
        category=cells.text("category")[:32],
        price=price,
        rounded=rounded,
        currency=currency,
        moq=cells.whole("moq"),
        order_multiple=cells.whole("order_multiple"),
        pieces=cells.whole("pcs_per_carton"),
        size=_size(cells),
        gross_g=cells.whole("carton_gross_g"),
        stock=None if cells.text("stock") == "0" else cells.whole("stock"),
    )


def _price(cells: _Cells, currency: str) -> tuple[int | None, bool]:
    text = cells.text("price")
    if not text:
        return None, False
    if not _PRICE.fullmatch(text):
        raise cells.fault("price", f'"{text[:40]}" is not a price; write digits and a point, such as 1.25')
    exact = Decimal(text).scaleb(exponent(currency))
    minor = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    if minor < 1:
        raise cells.fault("price", f'"{text[:40]}" {currency} is less than the smallest unit; goods cost something')
    return minor, abs(exact - minor) > _NOISE


def _size(cells: _Cells) -> Dimensions | None:
    names = ("carton_l_mm", "carton_w_mm", "carton_h_mm")
    edges = [cells.whole(name) for name in names]
    if all(edge is None for edge in edges):
        return None
    for name, edge in zip(names, edges, strict=True):
        if edge is None:
            raise cells.fault(name, "the cell is empty while other edges of the carton are given")
    length, width, height = (edge for edge in edges if edge is not None)
    return Dimensions(length, width, height)
