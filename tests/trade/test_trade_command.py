"""The trade as people run it: the contract holds, bad input is named, the same command is the same trade."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta

import pytest
from tests.trade.conftest import GOODS
from tests.trade.contract import broken_rules

PACKS = {code: (pieces, size[0] * size[1] * size[2], gross) for code, _, _, _, pieces, size, gross in GOODS}
ROWS = [("plastic hair clip blue", 240), ("folding umbrella black", 30), ("postage", 1), ("wooden photo frame", 90)]


def told(dossier):
    """What a dossier says of the trade, without clocks and places of files."""
    kept = ("trade_id", "lines", "orders", "containers", "leftover_cartons", "declarations", "ledger", "money")
    return without_clocks({name: dossier[name] for name in kept})


def without_clocks(value):
    if isinstance(value, dict):
        return {k: without_clocks(v) for k, v in value.items() if not k.endswith("_at") and k not in {"at", "date"}}
    if isinstance(value, list):
        return [without_clocks(each) for each in value]
    return value


def test_a_list_becomes_a_dossier_that_keeps_the_contract(command, purchase_list):
    dossier = command.trade(purchase_list(*ROWS), "--to", "ESBCN")
    assert broken_rules(dossier, [quantity for _, quantity in ROWS], PACKS) == []
    assert [line["status"] for line in dossier["lines"]] == ["ordered", "ordered", "unmatched", "ordered"]
    assert [step["name"] for step in dossier["steps"]] == (
        "read match quote order deposit receive book load declare depart follow observe".split()
    )


def test_the_same_command_again_books_nothing_twice(command, purchase_list):
    arguments = (purchase_list(*ROWS), "--to", "ESBCN")
    first, again = command.trade(*arguments), command.trade(*arguments)
    assert told(first) == told(again)
    assert first["journal"] == again["journal"]


def test_another_key_is_another_trade_and_a_key_keeps_its_list(command, purchase_list):
    one = command.trade(purchase_list(*ROWS), "--to", "ESBCN", "--key", "spring")
    two = command.trade(purchase_list(*ROWS), "--to", "ESBCN", "--key", "summer")
    assert one["trade_id"] != two["trade_id"]
    other = command.run("trade", purchase_list(("cotton socks grey", 10)), "--to", "ESBCN", "--key", "spring")
    assert other.returncode == 2
    assert "belongs to trade" in other.stderr


def test_a_trade_can_stop_and_go_on(command, purchase_list):
    arguments = (purchase_list(*ROWS), "--to", "ESBCN")
    stopped = command.trade(*arguments, "--until", "order")
    assert stopped["containers"] == []
    assert [step["name"] for step in stopped["steps"]][-1] == "order"
    whole = command.trade(*arguments)
    assert whole["trade_id"] == stopped["trade_id"]
    assert len(whole["containers"]) == 1


def test_papers_go_where_they_are_asked_to(command, purchase_list, tmp_path):
    dossier = command.trade(purchase_list(*ROWS), "--to", "ESBCN", "--out", str(tmp_path / "papers"))
    folder = tmp_path / "papers"
    assert sorted(file.name for file in folder.iterdir()) == [
        *"1-order 2-warehouse 3-loading 4-customs 5-transport 6-statements".split(),
        *"dossier.json index.html issuer.json trade_summary.pdf".split(),
    ]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "塑料发夹" in page
    assert {"dossier", "dossier_page", "trade_summary", "packing_list"} <= {p["kind"] for p in dossier["documents"]}


def test_what_no_container_takes_is_not_ordered_and_says_why(command, purchase_list):
    dossier = command.trade(purchase_list(("garden statue of stone", 1), ("cotton socks grey", 100)), "--to", "ESBCN")
    assert [line["status"] for line in dossier["lines"]] == ["unmatched", "ordered"]
    assert "no container takes a carton of A7: too large" in dossier["lines"][0]["reason"]
    assert dossier["leftover_cartons"] == 0
    assert len(dossier["orders"]) == len(dossier["containers"]) == 1


def test_a_carton_heavier_than_any_payload_is_not_ordered(command, purchase_list):
    dossier = command.trade(purchase_list(("cast iron weight block", 10)), "--to", "ESBCN")
    assert "heavier than the payload" in dossier["lines"][0]["reason"]
    assert dossier["orders"] == dossier["containers"] == []
    assert not any(dossier["ledger"]["sums"].values())


def test_a_list_that_no_departure_can_hold_is_told_before_anything_is_ordered(command, purchase_list):
    done = command.run("trade", purchase_list(("wooden photo frame", 9_000_000)), "--to", "ESBCN", "--json")
    assert done.returncode == 2
    assert "nothing was ordered: split the list" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_list_of_which_nothing_is_found_is_still_a_dossier(command, purchase_list):
    dossier = command.trade(purchase_list(("quantum flux capacitor", 3), ("freight", 1)), "--to", "ESBCN")
    assert all(line["status"] == "unmatched" and line["reason"] for line in dossier["lines"])
    assert dossier["orders"] == dossier["containers"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "ZZQQQ"], "ZZQQQ"),
        (["--to", "ESBCM"], "ESBCN"),
        (["--to", "ESBCN", "--depart", "2020-01-01"], "is in the past"),
        (["--to", "ESBCN", "--depart", "tomorrow"], "write it as 2026-12-31"),
        (["--to", "ESBCN", "--currency", "XYZ"], "there is no rate for XYZ"),
        (["--to", "ESBCN", "--until", "moon"], "there is no step moon"),
        (["--to", "ESBCN", "--depart", "9999-12-31"], "is too far ahead"),
        (["--to", "CNYIW"], "name a place abroad"),
        (["--to", "ESBCN", "--key", ""], "--key: has 0 characters"),
        (["--to", "ESBCN", "--out", __file__], "is a file; name a folder"),
    ],
)
def test_bad_wishes_end_with_2_and_say_what_would_be_right(command, purchase_list, arguments, message):
    done = command.run("trade", purchase_list(*ROWS), *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "list.csv: is empty"),
        ("description,quantity\n", "list.csv: has a header and no lines"),
        ("sku,quantity\nmug,1\n", "list.csv column description"),
        ("description,quantity\n" + "mug,1\n" * 10_000, "has 10,000 lines"),
    ],
)
def test_bad_lists_end_with_2_and_name_the_place(command, tmp_path, content, message):
    (tmp_path / "list.csv").write_text(content)
    done = command.run("trade", str(tmp_path / "list.csv"), "--to", "ESBCN")
    assert done.returncode == 2
    assert message in done.stderr


def test_bad_cells_are_named_and_the_rest_is_traded(command, purchase_list):
    rows = [("plastic hair clip blue", "2 dz"), ("cotton socks grey", "-3"), ("steel pencil sharpener", "1e9")]
    dossier = command.trade(purchase_list(*rows, ("wooden photo frame", 40)), "--to", "ESBCN")
    assert [line["status"] for line in dossier["lines"]] == ["unmatched"] * 3 + ["ordered"]
    assert "write 24" in dossier["lines"][0]["reason"]
    assert {(fault["row"], fault["column"]) for fault in dossier["faults"]} == {(n, "quantity") for n in (1, 2, 3)}


def test_a_later_departure_is_kept(command, purchase_list):
    day = date.today() + timedelta(days=90)  # noqa: DTZ011 - a day of the command line
    dossier = command.trade(purchase_list(*ROWS), "--to", "ESBCN", "--depart", day.isoformat())
    assert min(way["legs"][0]["depart"][:10] for way in dossier["routes"]) >= day.isoformat()


def test_every_id_of_a_dossier_can_be_traced_to_lines_and_shares_add_up(command, purchase_list):
    dossier = command.trade(purchase_list(*ROWS), "--to", "ESBCN")
    lines = {line["id"] for line in dossier["lines"] if line["status"] == "ordered"}
    ids = [box["id"] for box in dossier["containers"]] + [box["number"] for box in dossier["containers"]]
    ids += [item["id"] for one in dossier["declarations"] for item in one["items"]]
    ids += [order["id"] for order in dossier["orders"]]
    ids += dossier["steps"][-1]["points"]
    ids += [line["ssccs"][0] for line in dossier["lines"] if line["status"] == "ordered"]
    ids += {transfer["purpose"]: transfer["id"] for transfer in dossier["transfers"]}.values()
    for number in ids:
        done = command.run("trace", number, "--json")
        assert done.returncode == 0, done.stderr
        walked = json.loads(done.stdout)
        found = [step for step in walked["back"] if step["kind"] == "line"]
        assert {step["id"] for step in found} <= lines
        assert sum(step["share_percent"] for step in found) == pytest.approx(100, abs=1e-3)
    line = json.loads(command.run("trace", min(lines), "--json").stdout)
    assert {step["kind"] for step in line["forward"]} >= {"order", "carton", "container", "customs_item", "index_point"}


def printed_ids(value, name=""):
    """Every id that a dossier prints, but those of goods, parties' names, digests and keys."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from printed_ids(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from printed_ids(each, name)
    elif isinstance(value, str) and name in {"id", "trade_id", "number", "seal", "order", "booking", "ssccs", "buyer"}:
        yield value


def test_every_id_that_a_dossier_prints_can_be_traced(command, purchase_list):
    dossier = command.trade(purchase_list(*ROWS), "--to", "ESBCN", "--currency", "eur")
    assert dossier["currency"] == "EUR"
    ids = dict.fromkeys(printed_ids(dossier))
    assert len(ids) > 40
    done = command.python(
        "import json, sys; from bolanggu.interfaces.cli.django_setup import start; start();"
        "from bolanggu.trade.tracing import trace;"
        "print(json.dumps([trace(each) for each in json.load(sys.stdin)]))",
        json.dumps(list(ids)),
    )
    for number, walked in zip(ids, done, strict=True):
        assert walked["back"] or walked["forward"] or walked["about"], number
    by_id = dict(zip(ids, done, strict=True))
    order = by_id[dossier["orders"][0]["id"]]
    assert {"carton", "share", "container", "transfer", "declaration"} <= {step["kind"] for step in order["forward"]}
    trade = by_id[dossier["trade_id"]]
    boxes = [step for step in trade["forward"] if step["kind"] == "container"]
    assert sum(step["share_percent"] for step in boxes) == pytest.approx(100)
    receipt = by_id[dossier["money"]["receipts"][0]["number"]]
    assert {step["currency"] for step in receipt["back"]} == {"EUR"}


def test_an_unknown_id_ends_with_2(command):
    done = command.run("trace", "nothing-like-this")
    assert done.returncode == 2
    assert "nothing goes by" in done.stderr


@pytest.mark.slow
@pytest.mark.shared
def test_thirty_real_lists_keep_the_contract_and_find_their_own_goods(shared, tmp_path_factory):
    from tests.trade.conftest import Command

    folder = tmp_path_factory.mktemp("real")
    command = Command(folder / "home")
    assert command.run("goods", "import", str(shared / "marketplace" / "goods_import.csv")).returncode == 0
    with (shared / "marketplace" / "goods_import.csv").open(encoding="utf-8", newline="") as stream:
        goods = {row["code"]: row for row in csv.DictReader(stream)}
    edges = ("carton_l_mm", "carton_w_mm", "carton_h_mm")
    packs = {
        code: (
            int(row["pcs_per_carton"]),
            int(row[edges[0]]) * int(row[edges[1]]) * int(row[edges[2]]),
            int(row["carton_gross_g"]),
        )
        for code, row in goods.items()
    }
    right = of = 0
    for file in sorted((shared / "marketplace" / "purchase_lists").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        asked = [int(row["Quantity"]) for row in rows]
        made = folder / file.name
        with made.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(
                [("description", "quantity"), *((row["Description"], row["Quantity"]) for row in rows)]
            )
        dossier = command.trade(str(made), "--to", "ESBCN")
        assert broken_rules(dossier, asked, packs) == [], file.name
        for row, line in zip(rows, dossier["lines"], strict=True):
            code = row["StockCode"].upper()
            if code not in goods:
                assert line["status"] == "unmatched", row["Description"]
                continue
            of += 1
            right += line["status"] == "ordered" and goods[line["code"]]["title_en"] == goods[code]["title_en"]
    assert of > 1000
    assert right >= 0.99 * of, f"{right} of {of}"
