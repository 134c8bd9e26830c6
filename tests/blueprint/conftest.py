"""A city with its blueprint adopted, two planners, and texts of our own."""

from datetime import UTC, datetime

import pytest

from bolanggu.blueprint import services
from bolanggu.platform.accounts.grants import Actor

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)

#: own sentences, invented numbers
TEXT = """示例市2030年发展目标

2026年7月，示例市完成出口3001亿元、增长12.5%。以数字贸易为牵引，塑造小商品贸易枢纽新场景。

到2030年，出口额达到9000亿元以上。

到2035年，建成人人向往的幸福之城。
"""


@pytest.fixture
def at():
    return AT


@pytest.fixture
def first():
    return Actor("first planner", frozenset({"planner"}))


@pytest.fixture
def second():
    return Actor("second planner", frozenset({"planner"}))


@pytest.fixture
def city(db, first, at):
    return services.adopt(by=first, at=at)


@pytest.fixture
def own_text(city, first, at):
    return services.load(by=first, at=at, text=TEXT, name="own.txt", key="own", dated=at.date()).document
