"""Forms of a paper (单证格式): PDF in Chinese and English, a workbook, exchange files where a standard has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bolanggu.market.documents.exchange import exchange_files
from bolanggu.market.documents.papers import Paper
from bolanggu.market.documents.setting import Issue, set_sheet
from bolanggu.market.documents.sheet import LANGUAGES
from bolanggu.market.documents.workbooks import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": XLSX,
    "xml": "application/xml",
    "json": "application/json",
    "html": "text/html",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One file of a paper: ``suffix`` ends its name, ``make`` gives its bytes for an issue."""

    suffix: str
    language: str
    make: Callable[[Issue], bytes]

    @property
    def media_type(self) -> str:
        """What the file is."""
        return MEDIA_TYPES[self.suffix.rpartition(".")[2]]


def forms(paper: Paper) -> Iterator[Form]:
    """Every form of a paper. Labels are printed in both languages at once."""
    sheet = paper.sheet
    if sheet.form == "labels":
        yield Form("pdf", "both", partial(set_sheet, sheet, "zh"))
    else:
        for language in LANGUAGES:
            yield Form(f"{language}.pdf", language, partial(set_sheet, sheet, language))
    yield Form("xlsx", "both", partial(workbook, sheet))
    for suffix, make in exchange_files(paper).items():
        yield Form(suffix, "both", make)
