"""Fault: bad input, named by file, row and column, with what would be right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Fault(Exception):
    """Input that cannot be used. The command line turns it into exit code 2.

    ``row`` counts from 1 without the header where the input is a table; None where there is no row.

    >>> str(Fault("list.csv", '"2 dz" is not a whole number of pieces; write 24', row=17, column="quantity"))
    'list.csv row 17, column quantity: "2 dz" is not a whole number of pieces; write 24'
    """

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    code: str = "bad_input"

    def __str__(self) -> str:
        """One line: file, row, column, what is wrong and what would be right."""
        place = self.file
        if self.row is not None:
            place += f" row {self.row}"
        if self.column:
            place += f"{',' if self.row is not None else ''} column {self.column}"
        return f"{place}: {self.message}"

    def as_dict(self) -> dict[str, str | int | None]:
        """The fault as JSON data."""
        return {"file": self.file, "row": self.row, "column": self.column, "message": self.message}
