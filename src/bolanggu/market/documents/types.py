"""Kinds of papers (单证类型): names, UN/EDIFACT code, numbering, folder, and the step after which they are written."""

from __future__ import annotations

from dataclasses import dataclass

from bolanggu.data import read_csv
from bolanggu.market.documents.sheet import Words


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of paper, written ``of`` a trade or of its part in a shipment.

    Whoever may not read the thing it ``needs`` (payment, payout, declaration) does not get the paper. ``code`` is
    that of UN/EDIFACT data element 1001, empty where the list has none that fits.
    """

    kind: str
    code: str
    suffix: str
    folder: str
    step: str
    of: str
    needs: str
    name: Words

    @property
    def file(self) -> str:
        """Beginning of the names of its files."""
        return self.kind.replace("_", "-")


def _read() -> dict[str, DocumentType]:
    rows = read_csv("codes/document_types.csv")
    return {
        row["kind"]: DocumentType(
            kind=row["kind"],
            code=row["code"],
            suffix=row["suffix"],
            folder=row["folder"],
            step=row["step"],
            of=row["of"],
            needs=row["needs"],
            name=Words(row["name_en"], row["name_zh"]),
        )
        for row in rows
    }


TYPES = _read()
