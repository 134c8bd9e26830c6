"""An act of a person never takes place before what happened to the trade already, and never earlier than now."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.interfaces.conftest import AT

from bolanggu.interfaces.access import clock
from bolanggu.market.customs.models import Declaration, Step
from bolanggu.trade.models import StepDone, Trade

LATER = AT + timedelta(days=40)


def asked(at):
    return SimpleNamespace(at=at)


@pytest.mark.parametrize(("now", "expected"), [(AT, LATER), (LATER + timedelta(days=1), LATER + timedelta(days=1))])
def test_a_trade_that_ran_ahead_sets_the_time(two_trades, now, expected):
    trade = Trade.objects.get(number=two_trades.a)
    StepDone.objects.create(trade=trade, name="receive", at=LATER, facts={}, milliseconds=1.0)
    assert clock.of_trade(asked(now), two_trades.a) == expected
    assert clock.of_trade(asked(now), two_trades.b) == now


def test_a_declaration_that_ran_ahead_sets_the_time(two_trades):
    declaration = Declaration.objects.get(number=f"{two_trades.a}-D01")
    Step.objects.create(declaration=declaration, state="released", actor="x", source="simulated", stated_at=LATER)
    assert clock.of_declaration(asked(AT), declaration.number) == LATER
    assert clock.of_declaration(asked(AT), f"{two_trades.b}-D01") == AT


def test_a_trade_that_is_not_there_has_no_time_of_its_own(db):
    assert clock.of_trade(asked(AT), "TZZZZZZZZZZ") == AT
