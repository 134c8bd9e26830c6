"""What is issued: new versions for new facts, the old ones kept with why, lost files made again, nothing doubled."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bolanggu.market.documents import selectors as documents
from bolanggu.market.documents.forms import Form
from bolanggu.platform.parties.services import register
from bolanggu.platform.seals import Trusted, verify
from bolanggu.platform.seals.house import house_key
from bolanggu.trade.models import Trade
from bolanggu.trade.papers.drafts import plain_draft
from bolanggu.trade.papers.files import lay_out
from bolanggu.trade.papers.issuing import Round, issue_papers
from bolanggu.trade.world.cast import WORLD

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
LATER = AT + timedelta(days=3)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLANGGU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def trade(db):
    buyer = register(by=WORLD, at=AT, number="B1", kind="buyer", name_en="B1")
    return Trade.objects.create(
        number="T1", key="k", list_sha256="0" * 64, destination="ESBCN", currency="USD", buyer=buyer, stated_at=AT
    )


def draft(content, kind="packing_list", **figures):
    text = f"<!DOCTYPE html><p>{content}</p>\n"
    form = Form("html", "both", lambda issue: text.replace("</p>", f" v{issue.version}</p>").encode())
    return replace(plain_draft("T1", kind, kind, content, AT, form), figures=figures)


def versions():
    return {row["paper"]: row["version"] for row in documents.of_trade("T1")}


def test_the_same_facts_are_issued_once(trade):
    for _ in range(2):
        issue_papers(trade, [draft("12 cartons")], at=AT)
    assert versions() == {"T1-packing_list": 1}
    assert documents.superseded("T1") == []


def test_new_facts_are_a_new_version_and_the_old_file_stays_and_verifies(trade):
    issue_papers(trade, [draft("12 cartons", packages=12)], at=AT)
    issue_papers(trade, [draft("11 cartons", packages=11)], at=LATER)
    assert versions() == {"T1-packing_list": 2}
    (old,) = documents.superseded("T1")
    assert old["reason"] == "packages: 12 → 11"
    assert old["superseded_at"].startswith("2026-03-04")
    key = house_key()
    for row in (*documents.of_trade("T1"), old):
        content = Path(row["path"]).read_bytes()
        found = verify(content, Trusted({key.public: "own"}, key.public))
        assert found.ok, found.why
        assert found.seal.paper.version == row["version"]


def test_a_stated_reason_is_kept(trade):
    issue_papers(trade, [draft("12 cartons")], at=AT)
    issue_papers(trade, [draft("11 cartons")], at=LATER, reason="a merchant delivered short")
    assert documents.superseded("T1")[0]["reason"] == "a merchant delivered short"


def test_a_paper_whose_facts_are_gone_is_withdrawn_and_comes_back_as_the_next_version(trade):
    first, other = draft("box 1"), draft("page", kind="dossier_page")
    second = replace(first, number="T1-packing_list-B02", name="packing_list-B02")
    issue_papers(trade, [first, second], at=AT)
    issue_papers(trade, [other], at=AT)
    issue_papers(trade, [first], at=LATER, reason="box 2 was rolled")
    assert versions() == {"T1-packing_list": 1, "T1-dossier_page": 1}
    assert documents.superseded("T1")[0]["reason"] == "box 2 was rolled"
    issue_papers(trade, [first, second], at=LATER)
    assert versions()["T1-packing_list-B02"] == 2


def test_a_lost_or_changed_file_is_made_again_to_the_byte(trade):
    issue_papers(trade, [draft("12 cartons")], at=AT)
    (row,) = documents.of_trade("T1")
    file = Path(row["path"])
    for harm in (lambda: file.write_bytes(b"forged"), file.unlink):
        harm()
        issue_papers(trade, [draft("12 cartons")], at=LATER)
        assert hashlib.sha256(Path(row["path"]).read_bytes()).hexdigest() == row["sha256"]
    assert versions() == {"T1-packing_list": 1}


def test_a_file_that_cannot_be_made_again_is_a_new_version_that_says_why(trade, home):
    issue_papers(trade, [draft("12 cartons")], at=AT)
    (home / "keys" / "seal.key").unlink()
    shutil.rmtree(home / "papers")
    issue_papers(trade, [draft("12 cartons")], at=LATER)
    assert versions() == {"T1-packing_list": 2}
    assert documents.superseded("T1")[0]["reason"] == "sealed with another key"


def test_one_who_is_overtaken_issues_on_what_stands_then(trade):
    slow = Round(trade, AT, "")
    issue_papers(trade, [draft("12 cartons")], at=AT)
    with pytest.raises(Exception, match="does not follow 1"):
        slow.issue([draft("11 cartons")])
    issue_papers(trade, [draft("11 cartons")], at=LATER)
    assert versions() == {"T1-packing_list": 2}


def test_a_folder_shows_what_stands_and_apart_what_was_replaced(trade, tmp_path):
    folder = tmp_path / "out"
    for content, at in (("12 cartons", AT), ("11 cartons", LATER)):
        issue_papers(trade, [draft(content)], at=at)
        lay_out(folder, documents.of_trade("T1"), documents.superseded("T1"))
    assert "11 cartons v2" in (folder / "packing_list.html").read_text()
    assert "12 cartons v1" in (folder / "superseded" / "packing_list.v1.html").read_text()
    own = folder / "notes.txt"
    own.write_text("mine")
    issue_papers(trade, [draft("x", kind="packing_list")], at=LATER)
    lay_out(folder, [], documents.superseded("T1"))
    assert own.read_text() == "mine"
