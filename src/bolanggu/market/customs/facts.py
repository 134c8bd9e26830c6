"""Facts (申报事实) of a consignment for the rule book: of the declaration, and of each line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from fractions import Fraction

from bolanggu.engines.rules.book import Book
from bolanggu.engines.rules.facts import Value
from bolanggu.market.customs.consignment import Buyer, Cluster, Consignment, Line, Operator, Recognition, Supplier
from bolanggu.market.customs.merging import exact_sum
from bolanggu.market.customs.screening import DatedLists, brand_word, same_name, sisters
from bolanggu.values.code import is_uscc

Facts = dict[str, Value | None]

_NOBODY = Buyer(None, None, None, None, verified=None)
_NO_OPERATOR = Operator(None, None, None, None)
_NOWHERE = Cluster(None, None, None, (), pilot_food_cosmetics=None)
_NO_SUPPLIER = Supplier(None, None, None)
_UNRECOGNISED = Recognition(None, None, None)


def declaration_facts(consignment: Consignment, book: Book, items: int) -> Facts:
    """Facts of the whole declaration; ``items`` is the number of its items after merging."""
    heading, cluster = consignment.heading, consignment.cluster or _NOWHERE
    nets = [line.net_kg for line in consignment.lines]
    known = [net for net in nets if net is not None]
    return {
        "trade_mode": heading.trade_mode,
        "value_usd": Fraction(consignment.value_cents, 100),
        "kinds": Fraction(len({line.hs10 for line in consignment.lines})),
        "items": Fraction(items),
        "simplified": heading.simplified,
        "custom_master": heading.custom_master,
        "customs_offices": cluster.customs_offices,
        "cluster_effective_from": cluster.effective_from,
        "net_kg": exact_sum(known) if len(known) == len(nets) else None,
        "least_net_kg": min(known) if len(known) == len(nets) else None,
        "gross_kg": heading.gross_kg,
        "trade_ref": heading.trade_ref,
        "trade_ref_used": heading.trade_ref is not None
        and any(past.trade_ref == heading.trade_ref for past in consignment.history),
        **_party_facts(consignment),
        **_sister_facts(consignment, book),
    }


def _party_facts(consignment: Consignment) -> Facts:
    heading, operator, buyer = consignment.heading, consignment.operator or _NO_OPERATOR, consignment.buyer or _NOBODY
    filings = {"mp_filing_valid": operator.mp_filing, "customs_filing_valid": operator.customs_filing}
    listed = (name for name in consignment.lists.denied_parties if buyer.name and same_name(buyer.name, name))
    codes = [code for code in (heading.consignor_uscc, operator.uscc) if code]
    return {
        "consignor_uscc": heading.consignor_uscc,
        "operator_uscc": operator.uscc,
        "uscc_valid": all(map(is_uscc, codes)) if codes else None,
        **{name: filing is not None and filing.covers(heading.day) for name, filing in filings.items()},
        "buyer_name": buyer.name,
        "buyer_nationality": buyer.nationality,
        "buyer_id_type": buyer.id_type,
        "buyer_id_no": buyer.id_no,
        "buyer_verified": buyer.verified,
        "denied_party": next(listed, None),
    }


def _sister_facts(consignment: Consignment, book: Book) -> Facts:
    day = consignment.heading.day
    if "declaration_limit_usd" not in book.parameters.values:
        return {}
    cap, share = (book.value(name, day) for name in ("declaration_limit_usd", "split_share"))
    hours = book.value("split_window_hours", day)
    if not (isinstance(cap, Fraction) and isinstance(share, Fraction) and isinstance(hours, Fraction)):
        return {}
    floor = cap * share
    parts = sisters(consignment, least_cents=-int(-floor * 100 // 1), window=timedelta(hours=float(hours)))
    together = consignment.value_cents + sum(part.value_cents for part in parts)
    return {
        "split_floor_usd": floor,
        "sister_declarations": Fraction(len(parts)),
        "sister_ids": ", ".join(part.id or "an unnumbered declaration" for part in parts),
        "together_usd": Fraction(together, 100),
    }


def line_facts(line: Line, consignment: Consignment, lists: DatedLists, nomenclature: Collection[str]) -> Facts:
    """Facts of one line; ``nomenclature`` holds the six-digit codes of the Harmonized System in force."""
    cluster, supplier = consignment.cluster or _NOWHERE, line.supplier or _NO_SUPPLIER
    hs10 = line.hs10
    names = (line.name_zh, line.name_en)
    return {
        "row": Fraction(line.row),
        "hs10": hs10,
        "name": " / ".join(name for name in names if name),
        "supplier": supplier.name or supplier.id,
        "supplier_in_cluster": supplier.cluster is not None and supplier.cluster == cluster.code,
        **{name: lists.named(name, hs10) for name in ("prohibited", "restricted", "negative")},
        "category": line.category or "ordinary",
        "pilot": cluster.pilot_food_cosmetics,
        "hs_known": len(hs10) == 10 and hs10.isascii() and hs10.isdigit() and hs10[:6] in nomenclature,
        "brand_type": None if line.brand_type is None else Fraction(line.brand_type),
        "brand_word": brand_word(names, consignment.lists.brand_words),
        "agreement_no": supplier.agreement_no,
        "agreement_signed_on": supplier.agreement_signed_on,
        **_system_facts(line, consignment, lists),
    }


def _system_facts(line: Line, consignment: Consignment, lists: DatedLists) -> Facts:
    recognition, application = line.recognition or _UNRECOGNISED, line.ciq_application
    return {
        "recognised": recognition.status is not None,
        "recognition_status": recognition.status,
        "qty": line.qty,
        "qty_left": recognition.qty_left,
        "synced_at": recognition.synced_at,
        "declared_at": consignment.heading.declared_at,
        "ciq_listed": lists.named("ciq", line.hs10),
        "ciq_application": application.no if application else None,
        "ciq_accepted_at": application.accepted_at if application else None,
    }
