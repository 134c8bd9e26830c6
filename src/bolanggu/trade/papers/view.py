"""What the page and the PDF show: a dossier as text ready to print, with pictures. English and Chinese side by side."""

from __future__ import annotations

from typing import Any

from bolanggu.trade.goods_facts import GoodsFacts, facts_of
from bolanggu.trade.papers.pictures import box_picture, route_picture
from bolanggu.values.money import Money

NOTICE = "Simulated trade on synthetic goods; not an offer. 模拟交易，合成数据，不构成要约。"


def view_of(dossier: dict[str, Any]) -> dict[str, Any]:
    """Everything the templates print, in their order."""
    goods = facts_of({line["code"] for line in dossier["lines"] if line["status"] == "ordered"})
    return {
        "number": dossier["trade_id"],
        "notice": NOTICE,
        "facts": _facts(dossier),
        "lines": [_line(line, goods) for line in dossier["lines"] if line["status"] == "ordered"],
        "unmatched": [_unmatched(line) for line in dossier["lines"] if line["status"] != "ordered"],
        "orders": [_order(order) for order in dossier["orders"]],
        "boxes": [_box(box) for box in dossier["containers"]],
        "declarations": [_declaration(one) for one in dossier["declarations"]],
        "routes": [_route(way) for way in dossier["routes"]],
        "route_picture": route_picture(dossier["routes"]),
        "milestones": [_milestone(event) for event in dossier["milestones"]],
        "carbon": carbon_rows(dossier["routes"]),
        "money": _money(dossier["money"]),
        "journal": f"{dossier['journal']['sequence']} {dossier['journal']['head'][:32]}",
        "steps": dossier["steps"],
    }


def _facts(dossier: dict[str, Any]) -> list[dict[str, str]]:
    agreement = dossier["agreement"]
    terms, roles = agreement["terms"], agreement["engagement"]
    deposit = f"{terms['deposit_bp'] / 100:g} %, balance on {terms['balance_trigger']}"
    rows = [
        ("Buyer", "采购商", dossier["buyer"]),
        ("Destination", "目的地", dossier["destination"]),
        ("Agent", "外贸公司", roles["agent"]),
        ("1039 operator", "市场采购经营者", roles["operator_1039"]),
        ("Terms", "贸易条款", f"{terms['incoterm']} {terms['place']} (Incoterms 2020)"),
        ("Deposit", "定金", deposit),
        ("Commission", "佣金", f"{roles['commission_buyer_bp'] / 100:g} %"),
        ("Opened", "开立", dossier["opened_at"][:10]),
    ]
    return [{"en": en, "zh": zh, "value": value} for en, zh, value in rows]


def _price(money: dict[str, Any]) -> str:
    return str(Money(money["currency"], money["minor"]))


def _line(line: dict[str, Any], goods: dict[str, GoodsFacts]) -> list[str]:
    facts = goods[line["code"]]
    title = " ".join(part for part in (facts.title_en, facts.title_zh) if part)
    sold = str(line["quantity"])
    pieces = sold if line["quantity"] == line["asked"] else f"{line['asked']} → {sold}"
    price, amount = _price(line["unit_price"]), _price(line["amount"])
    return [str(line["row"]), line["text"], f"{title} ({line['code']})", pieces, str(line["cartons"]), price, amount]


def _unmatched(line: dict[str, Any]) -> list[str]:
    return [str(line["row"]), line["text"], line["reason"] or "not ordered yet 尚未下单"]


def _order(order: dict[str, Any]) -> list[str]:
    name = " ".join(part for part in (order["merchant_name"], order["merchant_name_zh"]) if part)
    rows = ", ".join(str(row) for row in order["line_rows"])
    return [order["id"], f"{name} ({order['merchant']})", rows, str(Money(order["currency"], order["amount_minor"]))]


def _box(box: dict[str, Any]) -> dict[str, Any]:
    facts = [
        ("Container", "箱号", box["number"] or "–"),
        ("Seal", "铅封", box["seal"] or "–"),
        ("Cartons", "箱数", f"{box['cartons']}"),
        ("Volume", "体积", f"{box['cbm']:.2f} m³"),
        ("Share of the box", "占箱", f"{box['fill_percent']:.1f} %"),
        ("Gross mass", "毛重", f"{box['gross_kg']:,.1f} kg"),
        ("Whole box", "整箱装载率", f"{box['box_fill_percent']:.1f} %"),
        ("VGM", "核实总重", f"{box['vgm_kg']:,.1f} kg"),
    ]
    return {
        "title": f"{box['service']} {box['type']} {box['id']}",
        "facts": [{"en": en, "zh": zh, "value": value} for en, zh, value in facts],
        "picture": box_picture(box["id"]),
    }


def _declaration(one: dict[str, Any]) -> dict[str, Any]:
    findings = "; ".join(f"{f['rule']}: {f['message']}" for f in one["findings"])
    return {
        "title": f"{one['id']} · {one['mode']} · {one['verdict']} · {one['state']}",
        "value": f"USD {one['value_usd']}",
        "note": findings or "no findings 无异常",
        "items": [_item(item) for item in one["items"]],
    }


def _item(item: dict[str, Any]) -> list[str]:
    name = " ".join(part for part in (item["name_zh"], item["name_en"]) if part)
    return [item["hs"], name, str(item["pieces"]), f"{item['net_g'] / 1000:.3f}", item["value_usd"]]


def _route(way: dict[str, Any]) -> list[str]:
    chosen = "✓ " if way.get("chosen") else ""
    return [f"{chosen}{way['mode_chain']}", way["arrive"][:10], f"{way['cost']:,.2f}", f"{way['co2e_kg']:,.1f}"]


def _milestone(event: dict[str, Any]) -> list[str]:
    tense = {"PLN": "planned 计划", "EST": "estimated 预计", "ACT": "actual 实际"}[event["tense"]]
    return [event["happens_at"][:16].replace("T", " "), event["milestone"], event["place"], event["thing"], tense]


def carbon_rows(routes: list[dict[str, Any]]) -> list[list[str]]:
    """The chosen way's carbon sheet per TEU: leg, arithmetic, factor with its version and boundary, source."""
    chosen = next((way for way in routes if way["chosen"]), None)
    return [
        [
            line["leg"],
            line["arithmetic"],
            f"{line['factor']} {line['version']}, {line['boundary']}",
            line["source"],
            line["confidence"],
        ]
        for line in (chosen["carbon"]["lines"] if chosen else [])
    ]


def _money(money: dict[str, Any] | None) -> list[list[str]]:
    if money is None:
        return []
    of = money["currency"]
    rows = [
        ["Goods 货款", str(Money(of, money["goods_minor"]))],
        ["Commission 佣金", str(Money(of, money["commission_minor"]))],
        ["Freight and charges of the buyer 运费及买方费用", str(Money(of, money["charges_minor"]))],
        ["Due 应付", str(Money(of, money["due_minor"]))],
        ["Received 已收", str(Money(of, money["received_minor"]))],
    ]
    rows += [
        [f"Paid to {p['order__merchant']} 付商户", str(Money(p["currency"], p["minor"]))] for p in money["payouts"]
    ]
    sums = ", ".join(f"{currency} {total}" for currency, total in money["ledger"]["sums"].items())
    return [*rows, ["Books sum to 账平", sums]]
