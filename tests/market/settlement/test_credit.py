"""Credit days are carried by the named funder: merchants are paid, the buyer pays later, the funder gets it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.market.settlement.conftest import AT, group

from bolanggu.market.settlement import accounts, selectors, services
from bolanggu.market.settlement.models import PlanOrder
from bolanggu.market.settlement.services.advance import FunderNotNamed
from bolanggu.market.settlement.services.extend_credit import NoCredit
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.ledger.verification import verify

pytestmark = pytest.mark.django_db
LOADED = date(2025, 2, 1)


def planned(by, day, due):
    services.plan(by=by, at=AT, group=due, rates=day, spread_bp=30)
    facts = {"by": by, "at": AT, "group": "YW-1"}
    services.receive(**facts, number="R1", minor=selectors.due("YW-1").deposit, payer="B1", payee="A1")
    services.allocate(**facts, stage="deposit")
    services.convert(**facts, rates=day)
    return facts


def test_a_funder_carries_the_credit_and_gets_all_of_it_back(by, day):
    facts = planned(by, day, group(credit_days=60))
    made = services.extend_credit(**facts, triggered_on=LOADED)
    assert {a.due_at.date() for a in made} == {LOADED + timedelta(days=60)}
    for advance in made:
        order = advance.order
        assert advance.minor == order.minor - order.deposit_minor
    assert services.extend_credit(**facts, triggered_on=LOADED) == made
    paid = {p.order.order: p.minor for p in services.pay_out(**facts)}
    assert paid == {o.order: o.minor - o.commission_minor for o in PlanOrder.objects.all()}
    services.receive(**facts, number="R2", minor=selectors.due("YW-1").outstanding, payer="B1", payee="A1")
    services.allocate(**facts, stage="balance")
    services.take_commission(**facts)
    services.convert(**facts, rates=day)
    services.repay_funder(**facts)
    for currency in ("CNY", "GBP", "USD"):
        assert ledger.balance(accounts.receivable("F1", currency)).posted == 0
        assert ledger.balance(accounts.capital("F1", currency)).posted == 0
    assert verify().faults == []


def test_without_credit_days_or_a_funder_there_is_no_credit(by, day):
    facts = planned(by, day, group())
    with pytest.raises(NoCredit, match="due at loading"):
        services.extend_credit(**facts, triggered_on=LOADED)
    services.plan(by=by, at=AT, group=replace(group(number="YW-2", credit_days=30), funder=None), rates=day)
    with pytest.raises(FunderNotNamed, match="no funder is named"):
        services.extend_credit(**(facts | {"group": "YW-2"}), triggered_on=LOADED)
