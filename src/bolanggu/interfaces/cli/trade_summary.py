"""A dossier in a few lines for people at a terminal."""

from __future__ import annotations

from typing import Any

from bolanggu.values.money import Money


def summary(dossier: dict[str, Any]) -> str:
    """Lines, orders, boxes, declarations, ways, money and papers of a dossier as text."""
    lines = dossier["lines"]
    ordered = [line for line in lines if line["status"] == "ordered"]
    rows = [
        f"trade {dossier['trade_id']} to {dossier['destination']} (simulated)",
        f"  {len(ordered)} of {len(lines)} lines ordered at {len(dossier['orders'])} merchants",
        *(
            f"    row {line['row']}: {line['text']} – {line['reason']}"
            for line in lines
            if line["status"] == "unmatched"
        ),
        *(_box(box) for box in dossier["containers"]),
    ]
    if held := [number for step in dossier["steps"] if step["name"] == "depart" for number in step["held"]]:
        rows.append(f"  nothing left the city yet: {', '.join(held)} waits with the broker")
    if dossier["leftover_cartons"]:
        rows.append(f"  {dossier['leftover_cartons']} cartons left for the next sailing")
    rows += [
        f"  declaration {d['id']} mode {d['mode']}: USD {d['value_usd']}, {d['verdict']}"
        for d in dossier["declarations"]
    ]
    rows += [_way(way) for way in dossier["routes"]]
    if money := dossier["money"]:
        rows.append(f"  buyer pays {Money(money['currency'], money['due_minor'])}, books sum to zero")
    rows.append(f"  {len(dossier['documents'])} papers, each sealed; see {_index(dossier)}")
    return "\n".join(rows)


def _index(dossier: dict[str, Any]) -> str:
    """The page of the trade, from which every paper is reached; before there is one, the dossier."""
    path_of = {paper["kind"]: paper["path"] for paper in dossier["documents"]}
    return str(path_of.get("dossier_page") or path_of["dossier"])


def _box(box: dict[str, Any]) -> str:
    return (
        f"  {box['service']} {box['type']} {box['number'] or box['id']}: {box['cartons']} cartons,"
        f" {box['cbm']:.1f} m3, {box['gross_kg']:,.0f} kg, share {box['fill_percent']:.1f} % of the box"
    )


def _way(way: dict[str, Any]) -> str:
    chosen = "*" if way.get("chosen") else " "
    costs = f"cost {way['currency']} {way['cost']:,.0f}, {way['co2e_kg']:,.0f} kg CO2e"
    return f" {chosen}{way['mode_chain']}: arrives {way['arrive'][:10]}, {costs}"
