"""A paper with the same content is the same version; fonts cover what is printed."""

from datetime import UTC, datetime

import pytest

from bolanggu.market.documents import selectors
from bolanggu.market.documents.models import Document
from bolanggu.market.documents.services import issue
from bolanggu.market.documents.typesetting import font_folders, pdf


@pytest.fixture
def issued(db, world, at):
    def write(digest="a" * 64):
        return issue(
            by=world,
            at=at,
            trade="T1",
            number="T1-summary",
            kind="trade_summary",
            file="summary.pdf",
            media_type="application/pdf",
            sha256=digest,
        )

    return write


def test_the_same_content_is_the_same_version(issued):
    assert issued().version == issued().version == 1


def test_changed_content_is_the_next_version_and_the_old_one_stays(issued):
    issued()
    assert issued("b" * 64).version == 2
    assert Document.objects.count() == 2
    assert [row["sha256"] for row in selectors.of_trade("T1")] == ["b" * 64]


def test_every_font_package_is_there():
    assert len(font_folders()) == 3


def test_a_paper_is_set_with_chinese(db):
    data = {name: [] for name in "facts lines unmatched orders boxes declarations routes money".split()}
    made = pdf(
        "trade_summary",
        {**data, "number": "T1", "notice": "模拟", "journal": "1 ab"},
        at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    assert made.startswith(b"%PDF")
    assert b"NotoSansCJK" in made
