"""Files of every kind that carries a seal, and a key that is no one's."""

import io

import pytest

from bolanggu.platform.seals import Journal, Paper, seal
from bolanggu.platform.seals.keys import key_from

PAPER = Paper("T1-packing_list", "packing_list", 1, "zh", "T1")
JOURNAL = Journal(481, "5" * 64)
AT = "2026-12-15T07:00:00+00:00"


def made_pdf() -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue().rstrip(b"\n")


def made_workbook() -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write(0, 0, "箱")
    return stream.getvalue()


FILES = {
    "pdf": made_pdf,
    "xlsx": made_workbook,
    "xml": '<?xml version="1.0" encoding="UTF-8"?>\n<Invoice><ID>发票</ID></Invoice>\n'.encode,
    "html": lambda: b"<!DOCTYPE html>\n<html><p>dossier</p></html>\n",
    "json": lambda: b'{\n "trade_id": "T1"\n}\n',
}


@pytest.fixture(params=FILES)
def content(request) -> bytes:
    return FILES[request.param]()


@pytest.fixture
def key():
    return key_from(bytes(range(32)), "Issuer <&> 甲 --")


@pytest.fixture
def sealed(content, key) -> bytes:
    return seal(content, paper=PAPER, at=AT, journal=JOURNAL, key=key)[0]
