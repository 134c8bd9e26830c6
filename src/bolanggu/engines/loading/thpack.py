"""The literature's text format of loading problems (OR-Library "thpack", BR 文本格式)."""

from __future__ import annotations

from dataclasses import dataclass

from bolanggu.values.fault import Fault

from .model import CartonType, ContainerType


@dataclass(frozen=True, slots=True)
class Instance:
    """One problem: its number in the file, the container and the carton types, in the file's own unit of length."""

    number: int
    container: ContainerType
    cartons: tuple[CartonType, ...]


@dataclass
class _Lines:
    """Rows that are not blank, with their line numbers."""

    file: str
    rows: list[tuple[int, list[str]]]
    at: int = 0

    def take(self, what: str, lengths: tuple[int, ...]) -> tuple[int, list[int]]:
        """Take the next row as whole numbers."""
        if self.at >= len(self.rows):
            last = self.rows[-1][0] if self.rows else 1
            raise Fault(self.file, f"the file ends where {what} should stand", row=last)
        number, words = self.rows[self.at]
        self.at += 1
        if len(words) not in lengths:
            wanted = " or ".join(str(length) for length in lengths)
            raise Fault(self.file, f"{what} has {len(words)} numbers, {wanted} are needed", row=number)
        return number, [self._whole(word, number, column) for column, word in enumerate(words, 1)]

    def _whole(self, word: str, row: int, column: int) -> int:
        try:
            return int(word)
        except ValueError:
            try:
                if float(word).is_integer():
                    return int(float(word))
            except (ValueError, OverflowError):
                pass
            raise Fault(self.file, f'"{word}" is not a whole number', row=row, column=str(column)) from None


def read_thpack(text: str, file: str) -> tuple[Instance, ...]:
    r"""Read every instance of a file.

    A type's line is ``id e1 f1 e2 f2 e3 f3 quantity``; f = 1 lets edge e stand vertical. A line of seven numbers lacks
    the second edge's flag, which is read as 1 (thpack9, cases 18 to 20).

    Raises
    ------
    Fault
        A line is missing or malformed, an edge is not positive, no edge may stand vertical, an id comes twice.

    Examples
    --------
    >>> text = "1 \r\n 1 25\r\n 10 10 10\r\n 1\r\n 7 5 1 4 0 3 0 2\r\n"
    >>> read_thpack(text, "x.txt")[0].cartons[0].orientations()
    ((4, 3, 5), (3, 4, 5))
    """
    rows = [(number, line.split()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    lines = _Lines(file, rows)
    _, (count,) = lines.take("the number of instances", (1,))
    if count < 1:
        raise Fault(file, f"the number of instances is {count}, at least 1 is needed", row=1)
    instances = tuple(_instance(lines, number) for number in range(1, count + 1))
    if lines.at < len(rows):
        raise Fault(file, f"text follows after the {count} instances", row=rows[lines.at][0])
    return instances


def _instance(lines: _Lines, number: int) -> Instance:
    lines.take(f"the head of instance {number}", (1, 2))
    row, (length, width, height) = lines.take(f"the container of instance {number}", (3,))
    if min(length, width, height) < 1:
        raise Fault(lines.file, f"a container of {length} x {width} x {height} holds nothing", row=row)
    row, (kinds,) = lines.take(f"the number of types of instance {number}", (1,))
    if kinds < 1:
        raise Fault(lines.file, f"instance {number} has {kinds} types, at least 1 is needed", row=row)
    cartons = [_carton(lines, number) for _ in range(kinds)]
    keys = [carton.key for carton in cartons]
    for key in keys:
        if keys.count(key) > 1:
            raise Fault(lines.file, f"type {key} comes twice in instance {number}", row=row)
    return Instance(number, ContainerType("br", length, width, height), tuple(cartons))


def _carton(lines: _Lines, number: int) -> CartonType:
    row, numbers = lines.take(f"a type of instance {number}", (8, 7))
    if len(numbers) == 7:
        numbers = [*numbers[:4], 1, *numbers[4:]]
    key, length, f1, width, f2, height, f3, quantity = numbers
    for column, edge in ((2, length), (4, width), (6, height)):
        if edge < 1:
            raise Fault(lines.file, f"edge {edge} must be at least 1", row=row, column=str(column))
    for column, flag in ((3, f1), (5, f2), (7, f3)):
        if flag not in (0, 1):
            raise Fault(lines.file, f"flag {flag} must be 0 or 1", row=row, column=str(column))
    if not (f1 or f2 or f3):
        raise Fault(lines.file, f"no edge of type {key} may stand vertical; set one flag to 1", row=row)
    if quantity < 0:
        raise Fault(lines.file, f"quantity {quantity} must not be negative", row=row, column="8")
    return CartonType(str(key), length, width, height, quantity, upright=(bool(f1), bool(f2), bool(f3)))
