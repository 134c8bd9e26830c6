"""Column names of purchase lists, in the wordings that buyers use. No database."""

from __future__ import annotations

#: what a column means → header wordings, compared without case, blanks, dots and underscores
WORDINGS = {
    "description": (
        "description desc item items product products goods productname itemname productdescription itemdescription "
        "goodsdescription article name title commodity 品名 名称 商品 商品名称 产品 产品名称 货品 货名 "
        "描述 中文品名 英文品名 "
        "descripcion descripción articulo artículo producto designation désignation produit article libellé "
        "наименование товар описание الوصف المنتج الصنف"
    ),
    "quantity": (
        "quantity qty qnty quant pcs pieces pc units count amount orderqty orderquantity "
        "数量 件数 个数 订购数量 采购数量 "
        "cantidad cant quantité qté quantite количество колво кол-во الكمية"
    ),
    "unit_price": (
        "unitprice price targetprice unitcost 单价 价格 目标价 precio preciounitario prix prixunitaire цена السعر"
    ),
    "currency": "currency curr ccy 币种 货币 币别 moneda devise валюта العملة",
    "lang": "lang language 语言 idioma langue язык اللغة",
}


def fold(header: str) -> str:
    """A header without case, blanks, dots, underscores and brackets.

    >>> fold(" Unit_Price (USD) ")
    'unitpriceusd'
    """
    return "".join(c for c in header.casefold() if c.isalnum() or c == "-").replace("-", "")


_MEANING = {fold(word): meaning for meaning, words in WORDINGS.items() for word in words.split()}


def meanings(header: list[str]) -> dict[str, int]:
    """Where each known column stands; the exact name wins over a variant, the first of equals wins.

    >>> meanings(["SKU", "Product name", "Qty."])
    {'description': 1, 'quantity': 2}
    """
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        if (name := cell.strip().casefold()) in WORDINGS:
            found.setdefault(name, index)
    for index, cell in enumerate(header):
        meaning = _MEANING.get(fold(cell))
        if meaning and meaning not in found:
            found[meaning] = index
    return dict(sorted(found.items()))
