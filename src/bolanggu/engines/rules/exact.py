"""Exact documents (精确读取): JSON and YAML whose numbers stay decimals, so that a threshold is reached exactly."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from bolanggu.engines.rules.facts import RuleFault

_EXPONENT = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?[eE][-+]?[0-9]+")


def read_json(text: str) -> Any:
    """Read JSON with decimals.

    >>> read_json('{"share": 0.1}')
    {'share': Decimal('0.1')}

    Raises
    ------
    RuleFault
        The text is not JSON, or holds NaN or Infinity.
    """
    try:
        return json.loads(text, parse_float=_decimal, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise RuleFault(f"row {error.lineno} column {error.colno}", f"not JSON: {error.msg}") from None
    except RecursionError:
        raise RuleFault("document", "nests too deeply") from None


def read_yaml(text: str) -> Any:
    """Read YAML with decimals; JSON is YAML too.

    >>> read_yaml("value: 0.30")
    {'value': Decimal('0.30')}

    Raises
    ------
    RuleFault
        The text is not YAML.
    """
    try:
        return yaml.load(text, Loader=_ExactLoader)  # noqa: S506 - derives from the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"row {mark.line + 1} column {mark.column + 1}" if mark else "document"
        raise RuleFault(place, f"not YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise RuleFault("document", f"not YAML: {error}") from None
    except RecursionError:
        raise RuleFault("document", "nests too deeply") from None


def _refuse(word: str) -> Any:
    raise RuleFault("document", f"{word} is not a number")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise RuleFault("document", f"{text[:40]} is not a number that can be kept exactly") from None


class _ExactLoader(yaml.SafeLoader):
    """The safe loader with decimals for floats."""


def _construct_decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    text = str(loader.construct_scalar(node)).replace("_", "")
    if text.lstrip("+-").lower() in (".inf", ".nan"):
        raise RuleFault(f"row {node.start_mark.line + 1}", f"{text} is not a number")
    if ":" in text:
        raise RuleFault(f"row {node.start_mark.line + 1}", f"{text} is not a number; quote it if it is text")
    return _decimal(text)


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _construct_decimal)
_ExactLoader.add_implicit_resolver("tag:yaml.org,2002:float", _EXPONENT, list("-+0123456789"))
