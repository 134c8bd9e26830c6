"""The index's fields (索引结构). Nothing is stored but the id, as a column; rows live in the system of record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import tantivy

from bolanggu.engines.goods_search.analysis import field_terms, stem
from bolanggu.engines.goods_search.folding import tokens

#: Changes with every change of fields or analysis: an index of another version is built anew.
VERSION = 2
WORDS = "words"
TEXT_FIELDS = ("zh", "han", "en", "other")
SPELT = "spelt"  # read as a word list only
NUMBER_FIELDS = ("category", "district", "shop", "moq", "price", "volume", "stock")
#: Fields with a term for each value, so that a filter or a facet click need not scan.
INDEXED_NUMBERS = ("category", "district", "shop", "moq")


@dataclass(frozen=True, slots=True)
class Goods:
    """One good as the index sees it.

    ``category``, ``district`` and ``shop`` are the caller's ids; ``price`` is in minor units of one currency
    for all rows, ``volume`` of one carton in cm³, ``standing`` a multiplier near 1 from popularity and credit
    (bounded to 0.5 … 2). ``titles`` holds further languages: ``{"es": "pinza", …}``.
    """

    pid: int
    code: str
    title_zh: str = ""
    title_en: str = ""
    category: int = 0
    district: int = 0
    shop: int = 0
    moq: int = 1
    price: int = 0
    volume: int = 0
    stock: int = 0
    standing: float = 1.0
    titles: Mapping[str, str] = field(default_factory=dict)


def build_schema() -> tantivy.Schema:
    """The tantivy schema; text comes in as words with blanks between."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("pid", indexed=True, fast=True)
    builder.add_text_field("code", tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="freq")
    builder.add_text_field(SPELT, tokenizer_name=WORDS, index_option="basic")
    for name in NUMBER_FIELDS:
        builder.add_unsigned_field(name, indexed=name in INDEXED_NUMBERS, fast=True)
    builder.add_float_field("standing", fast=True)
    return builder.build()


def register(index: tantivy.Index) -> tantivy.Index:
    """Give an index its one tokenizer: blanks divide, everything else is done beforehand."""
    index.register_tokenizer(WORDS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def code_key(code: str) -> str:
    """A goods code as it is looked up: upper case, without blanks.

    >>> code_key(" 84997a ")
    '84997A'
    """
    return "".join(code.split()).upper()


def document(goods: Goods, schema: tantivy.Schema) -> tantivy.Document:
    """The index document of one good."""
    values: dict[str, object] = {
        "pid": goods.pid,
        "category": goods.category,
        "district": goods.district,
        "shop": goods.shop,
        "moq": goods.moq,
        "price": goods.price,
        "volume": goods.volume,
        "stock": goods.stock,
        "standing": min(max(goods.standing, 0.5), 2.0),
    }
    values["code"] = code_key(goods.code)
    titles = (goods.title_zh, goods.title_en)
    values |= {name: " ".join(terms) for name, terms in field_terms(titles).items()}
    if goods.titles:
        values["other"] = " ".join(
            f"{lang}:{stem(word, lang)}" for lang, text in goods.titles.items() for word in tokens(text)
        )
    return tantivy.Document.from_dict(values, schema)
