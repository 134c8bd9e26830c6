"""The rules of the dossier's contract, checked from outside on nothing but its JSON."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

INNER_M3 = {"20GP": 33.2, "40GP": 67.7, "40HC": 76.3, "45HC": 86.0}
MOST_PAYLOAD_KG = {"20GP": 28_600, "40GP": 29_500, "40HC": 29_500, "45HC": 29_500}


def broken_rules(dossier: dict[str, Any], asked: list[int | None], packs: dict[str, tuple[int, int, int]]) -> list[str]:
    """Every rule that a dossier breaks, in words.

    ``asked`` are the quantities of the list by row; ``packs`` gives pieces, mm³ and gross g of a full carton by code.
    """
    checks = (_lines, _orders, _containers, _declarations, _rest)
    return [fault for check in checks for fault in check(dossier, asked, packs)]


def _lines(dossier, asked, packs):
    rows = [line["row"] for line in dossier["lines"]]
    if rows != list(range(1, len(asked) + 1)):
        yield "1: rows do not appear once each, in order"
    for line in dossier["lines"]:
        where = f"row {line['row']}"
        if line["status"] not in {"ordered", "unmatched"}:
            yield f"1: {where} is {line['status']}"
        elif line["status"] == "unmatched":
            if not line["reason"]:
                yield f"1: {where} is unmatched without a reason"
        else:
            yield from _ordered(line, where, asked[line["row"] - 1], packs)


def _ordered(line, where, asked, packs):
    if line["code"] not in packs:
        yield f"2: {where} code {line['code']} is not in the catalogue"
        return
    if not isinstance(line["quantity"], int) or (line["quantity"] < asked and not line["reason"]):
        yield f"2: {where} sells {line['quantity']} of {asked} without a reason"
    if line["cartons"] < 1 or line["cartons"] * packs[line["code"]][0] < line["quantity"]:
        yield f"2: {where} has {line['cartons']} cartons for {line['quantity']} pieces"
    if line["amount"]["minor"] != line["unit_price"]["minor"] * line["quantity"]:
        yield f"2: {where} amount is not price times pieces"
    if line["amount"]["currency"] != line["unit_price"]["currency"]:
        yield f"2: {where} has two currencies"


def _orders(dossier, asked, packs):
    ordered = {line["row"]: line for line in dossier["lines"] if line["status"] == "ordered"}
    held = [row for order in dossier["orders"] for row in order["line_rows"]]
    if sorted(held) != sorted(ordered):
        yield "3: ordered rows do not lie in exactly one order each"
    for order in dossier["orders"]:
        lines = [ordered[row] for row in order["line_rows"]]
        if order["amount_minor"] != sum(line["amount"]["minor"] for line in lines):
            yield f"3: order {order['id']} is not the sum of its lines"
        if {line["amount"]["currency"] for line in lines} != {order["currency"]}:
            yield f"3: order {order['id']} and its lines differ in currency"


def _containers(dossier, asked, packs):
    ordered = [line for line in dossier["lines"] if line["status"] == "ordered"]
    boxes = dossier["containers"]
    if sum(line["cartons"] for line in ordered) != sum(b["cartons"] for b in boxes) + dossier["leftover_cartons"]:
        yield "4: cartons of lines are not those of containers and leftovers"
    for box in boxes:
        if box["type"] not in INNER_M3:
            yield f"5: container type {box['type']}"
        elif not 0 < box["fill_percent"] <= 100 or not box["fill_percent"] <= box["box_fill_percent"] + 1e-6 <= 100.001:
            yield f"5: {box['id']} fill {box['fill_percent']}"
        elif not 0 < box["gross_kg"] <= box["payload_kg"] <= MOST_PAYLOAD_KG[box["type"]]:
            yield f"5: {box['id']} gross {box['gross_kg']} payload {box['payload_kg']}"
    if ordered and not dossier["leftover_cartons"]:
        yield from _totals(boxes, ordered, packs)


def _totals(boxes, ordered, packs):
    loaded_m3 = sum(box["fill_percent"] / 100 * INNER_M3[box["type"]] for box in boxes)
    cartons_m3 = sum(line["cartons"] * packs[line["code"]][1] for line in ordered) / 1e9
    if abs(loaded_m3 / cartons_m3 - 1) > 0.15:
        yield f"5: {loaded_m3:.2f} m3 loaded, {cartons_m3:.2f} m3 of cartons"
    heaviest = sum(line["cartons"] * packs[line["code"]][2] for line in ordered) / 1000
    if sum(box["gross_kg"] for box in boxes) > 1.05 * heaviest:
        yield "5: containers weigh more than their cartons"


def _declarations(dossier, asked, packs):
    for one in dossier["declarations"]:
        value = Decimal(one["value_usd"])
        if one["mode"] == "1039" and not 0 < value <= 150_000:
            yield f"6: {one['id']} declares USD {value}"
        if not one["items"]:
            yield f"6: {one['id']} has no items"
        if sum(Decimal(item["value_usd"]) for item in one["items"]) != value:
            yield f"6: items of {one['id']} do not add up"


def _rest(dossier, asked, packs):
    if not dossier["routes"]:
        yield "7: no route"
    for way in dossier["routes"]:
        if not (way["mode_chain"] and way["arrive"] and way["cost"] > 0 and way["co2e_kg"] > 0):
            yield f"7: {way['mode_chain']} {way['arrive']} {way['cost']} {way['co2e_kg']}"
    if any(dossier["ledger"]["sums"].values()) or dossier["ledger"]["entries"] < 2 * len(dossier["orders"]):
        yield f"8: ledger {dossier['ledger']}"
    for paper in dossier["documents"]:
        if not Path(paper["path"]).is_file() or not Path(paper["path"]).stat().st_size:
            yield f"9: {paper['path']} is missing or empty"
