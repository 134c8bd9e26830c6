"""The papers of real trades: all kinds, agreeing figures, seals that verify, versions, and the folder people open."""

from __future__ import annotations

import io
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests import homes
from tests.trade.conftest import Command

from bolanggu.market.documents.types import TYPES
from bolanggu.platform.seals import Trusted, read_trusted, verify

ROWS = [("plastic hair clip blue", 240), ("folding umbrella black", 30), ("wooden photo frame", 90), ("postage", 1)]


@pytest.fixture(scope="module")
def traded(prepared, tmp_path_factory):
    """A trade that was taken through all its steps, its papers laid out in a folder of their own."""
    base = tmp_path_factory.mktemp("papers")
    command = Command(homes.copy(prepared, base / "home"))
    file = base / "list.csv"
    file.write_text("description,quantity\n" + "\n".join(f"{text},{count}" for text, count in ROWS), encoding="utf-8")
    dossier = command.trade(str(file), "--to", "ESBCN", "--out", str(base / "out"))
    yield command, dossier, base, str(file)
    homes.remove(command.home)


def text_of(paper):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(Path(paper["path"]).read_bytes())).pages)


def papers(dossier, kind, language=""):
    return [
        one for one in dossier["documents"] if one["kind"] == kind and (not language or one.get("language") == language)
    ]


def test_every_kind_is_written_in_folders(traded):
    _, dossier, base, _ = traded
    assert set(TYPES) <= {paper["kind"] for paper in dossier["documents"]}
    for paper in dossier["documents"]:
        file = Path(paper["path"])
        assert file.is_file()
        if paper["kind"] in TYPES:
            assert file.parent == base / "out" / TYPES[paper["kind"]].folder


def test_the_index_page_links_to_every_paper(traded):
    _, dossier, base, _ = traded
    page = (base / "out" / "index.html").read_text(encoding="utf-8")
    linked = {(base / "out" / href).resolve() for href in re.findall(r'href="([^"#]+)"', page)}
    assert all(file.is_file() for file in linked)
    assert {Path(one["path"]) for one in dossier["documents"] if one["kind"] in TYPES} <= linked


def test_container_seal_packages_kilograms_and_value_agree_on_every_paper(traded):
    _, dossier, _, _ = traded
    (box,) = dossier["containers"]
    (declaration,) = dossier["declarations"]
    gross = f"{Decimal(str(box['gross_kg'])):,.3f}"
    value = f"{Decimal(declaration['value_usd']):,.2f}"
    for kind in "packing_list container_load_plan commercial_invoice declaration_draft bill_of_lading_draft".split():
        for paper in [one for one in papers(dossier, kind) if one["path"].endswith("pdf")]:
            text = text_of(paper)
            assert box["number"] in text, kind
            assert box["seal"] in text, kind
            assert gross in text, kind
            assert str(box["cartons"]) in text, kind
            assert value in text or kind == "bill_of_lading_draft", kind


def test_every_file_verifies_without_the_database_and_a_changed_byte_is_found(traded):
    command, dossier, _, _ = traded
    trusted = read_trusted(command.home / "keys")
    for paper in dossier["documents"]:
        content = Path(paper["path"]).read_bytes()
        found = verify(content, trusted)
        assert found.ok, f"{paper['path']}: {found.why}"
        assert found.signer == "own"
        place = len(content) // 2
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        assert not verify(changed, trusted).ok


def test_seals_name_an_entry_of_the_journal(traded):
    _, dossier, _, _ = traded
    sealed = [verify(Path(one["path"]).read_bytes(), Trusted({})).seal for one in dossier["documents"]]
    assert all(seal.journal.sequence > 0 and len(seal.journal.head) == 64 for seal in sealed)
    listed = {one["id"]: one["seal"] for one in dossier["documents"] if one.get("seal")}
    for seal in sealed:
        if seal.paper.number in listed:
            assert listed[seal.paper.number]["signature"] == seal.signature


def test_the_same_command_gives_the_same_bytes_and_lost_files_are_made_again(traded):
    command, dossier, base, file = traded
    before = {one["path"]: one["sha256"] for one in dossier["documents"]}
    shutil.rmtree(base / "out")
    shutil.rmtree(command.home / "papers")
    again = command.trade(file, "--to", "ESBCN", "--out", str(base / "out"))
    assert {one["path"]: one["sha256"] for one in again["documents"]} == before
    assert again["superseded_documents"] == []


def test_a_trade_that_stops_at_the_orders_has_its_orders_and_nothing_later(command, purchase_list, tmp_path):
    dossier = command.trade(purchase_list(*ROWS), "--to", "ESBCN", "--until", "order", "--out", str(tmp_path / "out"))
    kinds = {one["kind"] for one in dossier["documents"]}
    assert kinds == {"purchase_order", "trade_summary", "dossier_page", "dossier"}
    whole = command.trade(purchase_list(*ROWS), "--to", "ESBCN", "--out", str(tmp_path / "out"))
    assert set(TYPES) <= {one["kind"] for one in whole["documents"]}
    replaced = {one["kind"]: one for one in whole["superseded_documents"]}
    assert {"trade_summary", "dossier_page"} <= set(replaced)
    for one in whole["superseded_documents"]:
        assert one["reason"]
        assert Path(one["path"]).is_file()
        assert Path(one["path"]).parent.name == "superseded"
    current = {one["id"]: one["version"] for one in whole["documents"]}
    assert all(current[one["id"]] > one["version"] for one in whole["superseded_documents"])


def test_verify_says_of_each_file_whether_it_holds(traded, tmp_path):
    command, dossier, base, _ = traded
    good = papers(dossier, "packing_list", "zh")[0]["path"]
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(Path(good).read_bytes().replace(b"/Type", b"/Tipe", 1))
    told = command.run("verify", good, "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["files"][0]["ok"]
    told = command.run("verify", str(base / "out"), "--json")
    assert told.returncode == 0, told.stdout[-500:]
    assert len(json.loads(told.stdout)["files"]) == len(dossier["documents"]) + 1
    told = command.run("verify", good, str(bad), "--json")
    assert told.returncode == 1
    first, second = json.loads(told.stdout)["files"]
    assert (first["ok"], second["ok"]) == (True, False)
    assert "changed after it was sealed" in second["why"]


def test_a_stranger_verifies_with_the_issuers_key_and_refuses_another(traded, tmp_path):
    command, dossier, base, _ = traded
    paper = papers(dossier, "commercial_invoice", "en")[0]["path"]
    stranger = Command(tmp_path / "stranger")
    told = stranger.run("verify", paper, "--key", str(base / "out" / "issuer.json"), "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["files"][0]["signer"] == "trusted"
    told = stranger.run("verify", paper, "--key", "0" * 64, "--json")
    assert told.returncode == 1
    assert "unknown key" in json.loads(told.stdout)["files"][0]["why"]
    told = stranger.run("verify", paper)
    assert told.returncode == 0
    assert "not known here" in told.stderr
    told = command.run("verify", str(tmp_path / "nowhere.pdf"))
    assert told.returncode == 2
    assert "nowhere.pdf" in told.stderr
