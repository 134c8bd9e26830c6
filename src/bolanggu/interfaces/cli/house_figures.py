"""The house figures (style gates): lengths, docstrings, return types, test lines per code line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: figure → (bar, True if at most, False if at least)
BARS = {
    "module length p90": (250.0, True),
    "function length p90": (30.0, True),
    "public docstrings %": (88.0, False),
    "return types %": (100.0, False),
    "test lines per code line": (1.3, False),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One house figure beside its bar."""

    name: str
    value: float
    bar: float
    at_most: bool

    @property
    def holds(self) -> bool:
        """True if the bar holds."""
        return self.value <= self.bar if self.at_most else self.value >= self.bar


def measure(root: Path) -> list[Figure]:
    """Measure the tree below ``root``; migrations do not count."""
    sources = list(_python(root / "src"))
    trees = [(path, path.read_text(encoding="utf-8")) for path in sources]
    code_lines = sum(_lines(text) for _, text in trees)
    test_lines = sum(_lines(path.read_text(encoding="utf-8")) for path in _python(root / "tests"))
    functions = [node for _, text in trees for node in _functions(ast.parse(text))]
    public = [flag for _, text in trees for flag in _documented(ast.parse(text))]
    values = {
        "module length p90": _p90([text.count("\n") for _, text in trees]),
        "function length p90": _p90([(node.end_lineno or node.lineno) - node.lineno + 1 for node in functions]),
        "public docstrings %": 100.0 * sum(public) / max(1, len(public)),
        "return types %": 100.0 * sum(node.returns is not None for node in functions) / max(1, len(functions)),
        "test lines per code line": test_lines / max(1, code_lines),
    }
    return [Figure(name, values[name], bar, at_most) for name, (bar, at_most) in BARS.items()]


def _python(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def _lines(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip())


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _documented(tree: ast.Module) -> Iterator[bool]:
    yield ast.get_docstring(tree) is not None
    for node in ast.walk(tree):
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if named and not node.name.startswith("_") and node.name != "Meta":
            yield ast.get_docstring(node) is not None


def _p90(values: list[int]) -> float:
    ordered = sorted(values)
    return float(ordered[min(len(ordered) - 1, int(0.9 * len(ordered)))]) if ordered else 0.0
