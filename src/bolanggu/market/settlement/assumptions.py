"""Named assumptions on money, and the local charges that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from bolanggu.data import read_yaml
from bolanggu.market.settlement.inputs import ChargeDue
from bolanggu.values.fault import Fault

_FILE = "assumptions/charges.yaml"


def fx_spread_bp() -> int:
    """Basis points on the parity that a buyer pays for conversion."""
    return int(read_yaml(_FILE)["fx_spread_bp"]["value"])


def receipt_tolerance_bp() -> int:
    """Basis points by which receipts may exceed what they are for."""
    return int(read_yaml(_FILE)["receipt_tolerance_bp"]["value"])


def origin_payer(incoterm: str, kind: str, payers: Mapping[str, str]) -> str:
    """Who bears an origin charge: as the terms say, else by the Incoterms 2020 rule.

    >>> origin_payer("FOB", "seal", {"seal": "merchant"}), origin_payer("EXW", "seal", {})
    ('merchant', 'buyer')
    """
    return payers.get(kind) or str(read_yaml(_FILE)["origin_payer"]["values"][incoterm])


def local_charges(
    *,
    prefix: str,
    boxes: Sequence[str],
    wm_milli: int,
    bills: int,
    declarations: int,
    incoterm: str,
    payers: Mapping[str, str],
    payees: Mapping[str, str],
) -> list[ChargeDue]:
    """Origin charges of one shipment, in yuan.

    Parameters
    ----------
    prefix
        Starts the number of each charge, so that booking them again books nothing.
    boxes
        Types of the full containers, such as ``["40HC", "20GP"]``; empty where all goes by groupage.
    wm_milli
        Thousandths of a weight-or-measure ton (the larger of m3 and t) that goes by groupage.
    bills, declarations
        Numbers of bills of lading and of customs declarations.
    payees
        Role (``carrier``, ``forwarder``, ``broker``) → number of the party that is paid.

    Raises
    ------
    Fault
        A container type has no charge.
    """
    made = []
    for kind, tariff in read_yaml(_FILE)["local_charges"].items():
        yuan = _amount(kind, tariff, boxes=boxes, wm_milli=wm_milli, bills=bills, declarations=declarations)
        fen = int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP))
        if fen:
            payer = origin_payer(incoterm, kind, payers)
            made.append(ChargeDue(f"{prefix}-{kind}", kind, payer, payees[tariff["payee"]], "CNY", fen))
    return made


def _amount(
    kind: str, tariff: Mapping[str, object], *, boxes: Sequence[str], wm_milli: int, bills: int, declarations: int
) -> Decimal:
    yuan, basis = tariff["yuan"], tariff["basis"]
    if basis == "container":
        assert isinstance(yuan, dict)
        if unknown := sorted(set(boxes) - set(yuan)):
            raise Fault(_FILE, f"{kind} has no charge for {', '.join(unknown)}; known are {', '.join(yuan)}")
        return Decimal(sum(yuan[box] for box in boxes))
    if basis == "wm":
        least = Decimal(str(tariff["minimum"]))
        return max(Decimal(str(yuan)) * wm_milli / 1000, least) if wm_milli else Decimal(0)
    return Decimal(str(yuan)) * (bills if basis == "bill" else declarations)
