"""Exchange (单证交换): papers as UBL 2.3 XML and declarations in the words of the WCO Data Model."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bolanggu.market.documents.exchange import ubl_goods, ubl_money, ubl_origin, ubl_transport, wco
from bolanggu.market.documents.papers import Paper
from bolanggu.market.documents.setting import Issue

Make = Callable[[Paper, Issue], bytes]

#: kind of paper → end of the file's name → what makes the file
FILES: dict[str, dict[str, Make]] = {
    "proforma_invoice": {"xml": ubl_money.proforma},
    "packing_list": {"xml": ubl_goods.packing_list, "despatch-advice.xml": ubl_goods.despatch_advice},
    "commercial_invoice": {"xml": ubl_money.invoice},
    "bill_of_lading_draft": {"xml": ubl_transport.bill_of_lading},
    "origin_application": {"xml": ubl_origin.certificate},
    "declaration_draft": {"wco.xml": wco.as_xml, "wco.json": wco.as_json},
}


def exchange_files(paper: Paper) -> dict[str, Callable[[Issue], bytes]]:
    """The exchange files of a paper by the end of their names; none for most kinds."""
    return {suffix: partial(make, paper) for suffix, make in FILES.get(paper.sheet.kind, {}).items()}
