"""Random acts in random order on small trades: whatever happens, and whatever is refused, everything agrees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.trade.changes import bazaar

from bolanggu.market.aftersales import selectors as aftersales
from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.settlement import selectors as settlement
from bolanggu.trade.changes.scene import ORDER, NotPossible
from bolanggu.trade.declared import declarations_of
from bolanggu.trade.marks import marks_of
from bolanggu.values.fault import Fault

#: refusals that say why; anything else is a fault of ours
REFUSALS = (NotPossible, LookupError, Fault)
ROWS = bazaar.ROWS[:4]
STEPS = [step for step in ORDER if ORDER.index(step) >= ORDER.index("order")]

remedies = st.sampled_from(["refund", "wait"])
moneys = st.sampled_from(["keep", "refund"])
picks = st.integers(0, 5)


class Changes(RuleBasedStateMachine):
    """A trade that goes on step by step while anything may happen to it."""

    folder = None
    keys = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.undone = bazaar.undone()
        self.undone.__enter__()
        self.count = 0

    def teardown(self) -> None:
        self.undone.__exit__(None, None, None)

    @initialize(step=st.sampled_from(STEPS[:6]))
    def open_it(self, step):
        self.trade = bazaar.trade_at(self.folder, step, rows=ROWS)
        self.now = bazaar.moment(self.trade)
        self.paid = settlement.PaymentPlan.objects.exists()

    def line(self, pick):
        rows = bazaar.lines_of(self.trade)
        return rows[pick % len(rows)] if rows else None

    def act(self, name, **wishes):
        """Do it, or hear why not; after either nothing disagrees (see the invariant)."""
        self.count += 1
        self.now = max(self.now, bazaar.moment(self.trade)) + timedelta(hours=5)
        before = bazaar.fingerprint(self.trade)
        try:
            outcome = bazaar.do(self.trade, name, f"{name}-{self.count}", at=self.now, **wishes)
        except REFUSALS:
            assert bazaar.fingerprint(self.trade) == before, f"{name} was refused and left something"
        else:
            again = bazaar.do(self.trade, name, f"{name}-{self.count}", at=self.now, **wishes)
            assert (again.fresh, again.done) == (False, outcome.done)
        self.trade.refresh_from_db()

    @rule()
    def go_on(self):
        """The next step; production waits for deposits, and then so does the trade."""
        done = {mark.name for mark in marks_of(self.trade)}
        left = [step for step in ORDER if step not in done]
        if left:
            owed = settlement.due(self.trade.number).outstanding if "deposit" in done else 0
            try:
                self.trade = bazaar.go_on(self.folder, self.trade, left[0])
            except ValueError:
                assert owed, f"{left[0]} was refused though nothing is owed"

    @rule(pick=picks, money=moneys)
    def refuse(self, pick, money):
        if line := self.line(pick):
            self.act("refuse_order", order=line["order__number"], reason="sold out", money=money)

    @rule(pick=picks, money=moneys)
    def cancel(self, pick, money):
        if line := self.line(pick):
            self.act("cancel_line", line=line["line"], reason="not wanted", money=money)

    @rule(code=st.sampled_from(["A5", "A6", "B1"]), pieces=st.integers(1, 300))
    def add(self, code, pieces):
        self.act("add_line", product=code, pieces=pieces, deposit="paid")

    @rule(pick=picks, percent=st.integers(0, 99))
    def short(self, pick, percent):
        if line := self.line(pick):
            self.act(
                "deliver_short", line=line["line"], pieces=line["quantity"] * percent // 100, reason=f"{percent} %"
            )

    @rule(pick=picks, pieces=st.integers(1, 200))
    def wrong(self, pick, pieces):
        if line := self.line(pick):
            self.act("deliver_wrong", line=line["line"], pieces=pieces, reason="another colour")

    @rule(pick=picks, grown=st.integers(-20, 60), heavier=st.integers(-50, 900))
    def measure(self, pick, grown, heavier):
        if line := self.line(pick):
            size = {"l_mm": 420 + grown, "w_mm": 330 + grown, "h_mm": 310 + grown, "gross_g": 9000 + heavier}
            self.act("measure_cartons", line=line["line"], **size)

    @rule(pick=picks, major=st.integers(0, 3))
    def inspect(self, pick, major):
        if line := self.line(pick):
            self.act("inspect_goods", line=line["line"], major=major, critical=major // 3)

    @rule(port=st.sampled_from(["DEHAM", "ESBCN", "NLRTM"]))
    def port(self, port):
        self.act("change_port", destination=port, reason="the buyer moved")

    @rule(rule_=st.sampled_from(["FOB", "CIF", "EXW"]))
    def terms(self, rule_):
        self.act("change_terms", incoterm=rule_, reason="agreed anew")

    @rule()
    def roll(self):
        self.act("roll_box", reason="overbooked")

    @rule()
    def select(self):
        self.act("customs_inspects", reason="at random")

    @rule()
    def release(self):
        self.act("customs_releases")

    @rule(minor=st.integers(1, 200_000), currency=st.sampled_from(["USD", "EUR"]))
    def pay(self, minor, currency):
        self.act("receive_payment", number=f"BANK-{self.count}", minor=minor, currency=currency)

    @precondition(lambda self: self.paid)
    @rule(back=st.booleans())
    def settle_unmatched(self, back):
        left = [row for row in settlement.unmatched(self.trade.number) if row["left_minor"]]
        if left and back:
            self.act("return_payment", number=left[0]["number"], reason="too much")
        elif left:
            self.act("convert_payment", number=left[0]["number"])

    @rule(count=st.integers(1, 3), liable=st.sampled_from(["carrier", "agent"]))
    def claim(self, count, liable):
        boxes = consolidation.boxes(self.trade.number)
        if boxes:
            cartons = tuple(where[0] for where in boxes[0]["plan__placements"][:count])
            self.act("claim_missing", box=boxes[0]["plan__number"], cartons=cartons, liable=liable, reason="missing")

    @rule(part=st.integers(1, 100))
    def settle_claim(self, part):
        open_ = [claim for claim in aftersales.claims(self.trade.number) if claim["state"] == "negotiating"]
        if open_:
            minor = max(1, open_[0]["minor"] * part // 100)
            self.act("claim_settled", claim=open_[0]["number"], minor=minor, answer=f"{part} %")

    @invariant()
    def everything_agrees(self):
        if hasattr(self, "trade"):
            assert bazaar.disagreements(self.trade) == []

    @invariant()
    def nothing_is_declared_twice(self):
        if hasattr(self, "trade"):
            numbers = [one["id"] for one in declarations_of(self.trade.number)]
            assert len(numbers) == len(set(numbers))


def _try(folder, examples, steps):
    Changes.folder = folder
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    wish = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, suppress_health_check=quiet
    )
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(Changes, settings=wish)


def test_a_few_things_in_a_row(folder):
    _try(folder, examples=3, steps=8)


@pytest.mark.slow
def test_many_things_in_a_row(folder):
    _try(folder, examples=25, steps=10)
