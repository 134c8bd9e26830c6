"""UBL Invoice (发票): the commercial invoice, and the proforma as an invoice of type 325."""

from __future__ import annotations

from lxml.etree import _Element as Element  # type: ignore[import-untyped]

from bolanggu.market.documents.exchange import ubl
from bolanggu.market.documents.facts import Facts, Goods, Party
from bolanggu.market.documents.papers import Paper
from bolanggu.market.documents.papers.commercial_invoice import declared_lines
from bolanggu.market.documents.setting import Issue
from bolanggu.market.documents.types import TYPES


def invoice(paper: Paper, issue: Issue) -> bytes:
    """The commercial invoice in US dollars, as declared."""
    facts = paper.facts
    lines = [
        (goods, *declared_lines(facts)[goods.line]) for goods in facts.goods if goods.line in declared_lines(facts)
    ]
    root = _head(paper, issue, "USD", facts.roles.operator)
    delivery = ubl.part(root, "Delivery")
    shipment = ubl.shipment(delivery, facts, value_cents=ubl.value_of(facts))
    ubl.handling_units(shipment, facts.boxes, facts.mark)
    _terms(root, facts)
    _total(root, sum(cents for _, _, cents in lines), "USD")
    for goods, pieces, cents in lines:
        _line(root, goods, pieces, cents, "USD")
    return ubl.written(root)


def proforma(paper: Paper, issue: Issue) -> bytes:
    """What the buyer is to pay for the goods, in her currency."""
    facts, currency = paper.facts, paper.facts.currency
    root = _head(paper, issue, currency, facts.roles.agent)
    _terms(root, facts)
    _total(root, sum(facts.buyer_goods_minor.values()), currency)
    for goods in facts.goods:
        _line(root, goods, goods.pieces, facts.buyer_goods_minor[goods.line], currency)
    return ubl.written(root)


def _head(paper: Paper, issue: Issue, currency: str, seller: Party) -> Element:
    sheet = paper.sheet
    code = TYPES[sheet.kind].code
    root = ubl.document("Invoice", sheet.number, sheet.day, InvoiceTypeCode=code, Note=f"version {issue.version}")
    ubl.put(root, "DocumentCurrencyCode", currency)
    ubl.put(ubl.part(root, "OrderReference"), "ID", paper.facts.trade)
    ubl.party(root, "AccountingSupplierParty", seller, wrapped=True)
    ubl.party(root, "AccountingCustomerParty", paper.facts.roles.buyer, wrapped=True)
    return root


def _terms(root: Element, facts: Facts) -> None:
    terms = ubl.part(root, "DeliveryTerms")
    ubl.put(terms, "ID", facts.terms.incoterm)
    ubl.put(ubl.part(terms, "DeliveryLocation"), "ID", facts.terms.place)


def _total(root: Element, minor: int, currency: str) -> None:
    total = ubl.part(root, "LegalMonetaryTotal")
    ubl.amount(total, "LineExtensionAmount", minor, currency)
    ubl.amount(total, "PayableAmount", minor, currency)


def _line(root: Element, goods: Goods, pieces: int, minor: int, currency: str) -> None:
    line = ubl.part(root, "InvoiceLine")
    ubl.put(line, "ID", goods.row)
    ubl.count(line, "InvoicedQuantity", pieces)
    ubl.amount(line, "LineExtensionAmount", minor, currency)
    ubl.put(ubl.part(line, "OrderLineReference"), "LineID", goods.line)
    ubl.item(line, goods.name_en, goods.name_zh, goods.code, goods.hs10)
    price = ubl.part(line, "Price")
    # the price of all pieces at once: a price a piece would not be exact
    ubl.amount(price, "PriceAmount", minor, currency)
    ubl.put(price, "BaseQuantity", pieces, unitCode="C62")
