"""A sound declaration in the form bolanggu-1039/1, and a way to change one field by its path."""

from __future__ import annotations

import copy
from typing import Any


def uscc(body: str = "91330782MA2800001") -> str:
    from bolanggu.values.code import uscc_check_character

    return body + uscc_check_character(body)


def line(row: int, hs10: str = "9615110000", amount: str = "1000.00", **more: Any) -> dict[str, Any]:
    return {
        "row": row,
        "hs10": hs10,
        "name_zh": "塑料梳子",
        "name_en": "plastic comb",
        "brand_type": 0,
        "category": None,
        "qty": "100",
        "unit": "007",
        "net_kg": "10.00",
        "amount": amount,
        "currency": "USD",
        "supplier": {
            "id": f"S{row}",
            "name": "stall",
            "cluster": "YW",
            "agreement": {"no": "A1", "signed_at": "2026-01-05"},
        },
        "recognition": {"status": "CONFIRMED", "qty_left": "100", "synced_at": "2026-05-30T08:00:00+08:00"},
        "ciq_application": None,
    } | more


def document(*lines: dict[str, Any]) -> dict[str, Any]:
    """A declaration that every rule passes."""
    return {
        "format": "bolanggu-1039/1",
        "declaration": {
            "id": "D1",
            "trade_mode": "1039",
            "declared_at": "2026-05-31T10:00:00+08:00",
            "custom_master": "2925",
            "exit_port": "3104",
            "destination": "ESP",
            "consignor_uscc": uscc(),
            "bl_no": "BL1",
            "vessel": "V1",
            "container": "CSQU3054383",
            "trade_ref": "T1",
            "simplified": False,
            "packages": 10,
            "gross_kg": "500",
        },
        "cluster": {
            "code": "YW",
            "name_zh": "浙江义乌国际小商品城",
            "effective_from": "2014-11-01",
            "customs_offices": ["2925"],
            "pilot_food_cosmetics": False,
        },
        "operator": {
            "name": "operator",
            "uscc": uscc(),
            "mp_filing": {"no": "M1", "from": "2020-01-01", "to": "2026-05-31"},
            "customs_filing": {"no": "C1", "from": "2026-05-31", "to": None},
        },
        "buyer": {
            "name": "Omar Al-Hassan",
            "nationality": "JOR",
            "id_type": "PASSPORT",
            "id_no": "P1",
            "verified": True,
        },
        "fx": {"month": "2026-05", "per_usd": {"CNY": "7.10", "EUR": "0.90"}},
        "lines": list(lines) or [line(1), line(2, "4202220000")],
        "lists": {name: [] for name in ("prohibited", "restricted", "negative", "ciq", "export_duty", "denied_parties")}
        | {"brand_words": []},
        "history": [],
    }


def changed(base: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with the field at ``path`` (``lines.0.qty``) set, or removed where the value is ``...``."""
    whole = copy.deepcopy(base)
    *way, last = path.split(".")
    place: Any = whole
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    key: Any = int(last) if isinstance(place, list) else last
    if value is ...:
        del place[key]
    else:
        place[key] = value
    return whole
