"""The same facts are the same version; what is replaced stays with its reason; fonts cover what is printed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from bolanggu.market.documents import selectors
from bolanggu.market.documents.models import Document
from bolanggu.market.documents.services import FileIssued, Overtaken, PaperIssued, issue, withdraw
from bolanggu.market.documents.typesetting import font_folders, pdf
from bolanggu.platform.journal.models import Entry


@pytest.fixture
def paper(at):
    files = [FileIssued("T1-PL.zh.pdf", "zh", "T1/versions/pl.v1.zh.pdf", "application/pdf", "a" * 64, "5" * 128)]
    return PaperIssued(
        "T1-PL", "packing_list", 1, at, "f" * 64, files, {"packages": 12}, key="b" * 64, journal=(7, "c" * 64)
    )


@pytest.fixture
def issued(db, world, paper):
    def write(**changes):
        return issue(by=world, trade="T1", papers=[replace(paper, **changes)])

    return write


def test_an_issued_paper_names_its_seal_and_its_place_in_the_journal(issued):
    issued()
    (row,) = selectors.of_trade("T1")
    assert row["seal"] == {"key": "b" * 64, "signature": "5" * 128, "journal": {"sequence": 7, "head": "c" * 64}}
    assert row["path"] == str(selectors.store() / "T1/versions/pl.v1.zh.pdf")
    assert Entry.objects.get(kind="paper.issued").subject == "T1-PL"


def test_the_next_version_replaces_the_one_before_which_stays_with_the_reason(issued):
    issued()
    issued(version=2, facts="e" * 64, reason="a carton was refused")
    assert [row["version"] for row in selectors.of_trade("T1")] == [2]
    (old,) = selectors.superseded("T1")
    assert (old["version"], old["reason"]) == (1, "a carton was refused")
    assert old["superseded_at"]


def test_without_a_reason_a_replaced_paper_says_that_its_facts_changed(issued):
    issued()
    issued(version=2)
    assert selectors.superseded("T1")[0]["reason"] == "the facts changed"


@pytest.mark.parametrize("version", [1, 3])
def test_versions_have_no_doubles_and_no_gaps(issued, version):
    issued()
    with pytest.raises(Overtaken, match="does not follow 1"):
        issued(version=version)


def test_a_paper_whose_facts_are_gone_is_withdrawn_and_its_next_version_counts_on(issued, world, at):
    issued()
    assert withdraw(by=world, at=at, trade="T1", papers=["T1-PL"], reason="the box was rolled") == 1
    assert selectors.of_trade("T1") == []
    assert selectors.superseded("T1")[0]["reason"] == "the box was rolled"
    issued(version=2)
    assert selectors.superseded("T1")[0]["reason"] == "the box was rolled"


def test_the_database_keeps_one_standing_version_and_a_reason_for_the_others(issued, at):
    issued()
    with pytest.raises(IntegrityError, match="documents_document"):
        Document.objects.create(number="T1-PL.zh.pdf", version=2, trade="T1", kind="x", stated_at=at)


def test_the_database_refuses_to_supersede_without_a_reason(issued):
    issued()
    with pytest.raises(IntegrityError, match="documents_document_reason"):
        Document.objects.update(superseded=True)


def test_every_font_package_is_there():
    assert len(font_folders()) == 3


def test_a_paper_is_set_with_chinese():
    data = {name: [] for name in "facts lines unmatched orders boxes declarations routes money".split()}
    made = pdf(
        "trade_summary",
        {**data, "number": "T1", "notice": "模拟", "journal": "1 ab"},
        at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    assert made.startswith(b"%PDF")
    assert b"NotoSansCJK" in made
