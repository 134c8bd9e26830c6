"""Departments (责任单位): the usual one of a category, and the splits that the scopes name."""

from __future__ import annotations

from collections.abc import Callable

from bolanggu.data import read_yaml
from bolanggu.engines.triage.lexicon import categories


def department_of(category: str, has: Callable[[str], bool]) -> str:
    """The responsible unit of a request in ``category`` that holds the words for which ``has`` is true.

    Splits are tried in the order of the data; a request that names none of them goes to the usual department.

    >>> department_of("road", "县道护栏断了".__contains__), department_of("road", "路灯不亮".__contains__)
    ('TRANS', 'URBAN')
    """
    for split in read_yaml("governance/splits.yaml").get(category, []):
        if any(has(word) for word in split["words"]):
            return str(split["department"])
    return categories()[category].department
