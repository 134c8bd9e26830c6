"""The oracle: the ledger said once more in plain dicts, slow and obvious. It shares no code with the product's book."""

from __future__ import annotations

from datetime import datetime

from bolanggu.platform.ledger import Opening, Transfer

BIGGEST = 9_223_372_036_854_775_807


class Oracle:
    """Accounts, transfers and holds as dicts; one method a question."""

    def __init__(self, openings: list[Opening]) -> None:
        self.accounts = {
            o.code: {"cur": o.currency, "limit": o.limited.value, "dp": 0, "cp": 0, "dh": 0, "ch": 0} for o in openings
        }
        self.transfers: dict = {}
        self.holds: dict = {}
        self.closed_through: datetime | None = None

    def post(self, batch: list[Transfer], at: datetime) -> list[str]:
        answers: list[str] = []
        position = 0
        while position < len(batch):
            chain = [batch[position]]
            while chain[-1].linked and position + len(chain) < len(batch):
                chain.append(batch[position + len(chain)])
            answers += self._answer(chain, at)
            position += len(chain)
        return answers

    def _answer(self, chain: list[Transfer], at: datetime) -> list[str]:
        if len(chain) == 1 and not chain[0].linked:
            return [self.one(chain[0], at)]
        if all(t.id in self.transfers and self.transfers[t.id] == self.content(t) for t in chain):
            return ["exists"] * len(chain)
        before = _copied(self.accounts), dict(self.transfers), _copied(self.holds)
        for number, transfer in enumerate(chain):
            code = self.one(transfer, at)
            if code == "ok" and number == len(chain) - 1 and transfer.linked:
                code = "linked_chain_open"
            if code != "ok":
                self.accounts, self.transfers, self.holds = before
                answers = ["linked_event_failed"] * len(chain)
                answers[number] = code
                return answers
        return ["ok"] * len(chain)

    def content(self, t: Transfer) -> tuple:
        debit, credit, amount, currency = t.debit, t.credit, t.amount, t.currency
        if t.pending is not None and t.pending in self.transfers:
            held = self.transfers[t.pending]
            debit, credit = debit or held[1], credit or held[2]
            amount = held[3] if amount is None else amount
            currency = currency or held[4]
        return (t.kind.name, debit, credit, amount, currency, t.pending, t.expires_at, t.purpose, t.ref, t.linked)

    def one(self, t: Transfer, at: datetime) -> str:
        if t.id in self.transfers:
            return "exists" if self.transfers[t.id] == self.content(t) else "exists_with_different_fields"
        if self.closed_through is not None and at <= self.closed_through:
            return "period_closed"
        code = self.end(t, at) if t.kind.name in ("POST_PENDING", "VOID", "EXPIRE") else self.start(t)
        if code == "ok":
            self.transfers[t.id] = self.content(t)
        return code

    def start(self, t: Transfer) -> str:
        debit, credit = self.accounts.get(t.debit), self.accounts.get(t.credit)
        for code, wrong in (
            ("amount_not_positive", t.amount <= 0),
            ("same_account", t.debit == t.credit),
            ("account_not_found", debit is None or credit is None),
        ):
            if wrong:
                return code
        debits, credits_ = debit["dp"] + debit["dh"] + t.amount, credit["cp"] + credit["ch"] + t.amount
        for code, wrong in (
            ("ledgers_differ", {debit["cur"], credit["cur"]} != {t.currency}),
            ("balance_too_large", debits > BIGGEST),
            ("exceeds_credits", debit["limit"] == "debits" and debits > debit["cp"]),
            ("balance_too_large", credits_ > BIGGEST),
            ("exceeds_debits", credit["limit"] == "credits" and credits_ > credit["dp"]),
        ):
            if wrong:
                return code
        if t.kind.name == "PENDING":
            debit["dh"] += t.amount
            credit["ch"] += t.amount
            self.holds[t.id] = {"state": "held", "amount": t.amount, "until": t.expires_at}
        else:
            debit["dp"] += t.amount
            credit["cp"] += t.amount
        return "ok"

    def end(self, t: Transfer, at: datetime) -> str:
        if t.pending not in self.transfers:
            return "pending_not_found"
        if t.pending not in self.holds:
            return "pending_not_pending"
        hold = self.holds[t.pending]
        _, debit, credit, held, currency, *_ = self.transfers[t.pending]
        over = hold["until"] is not None and hold["until"] <= at
        posting, expiring = t.kind.name == "POST_PENDING", t.kind.name == "EXPIRE"
        posted = held if t.amount is None else t.amount
        other = any(
            said not in ("", known) for said, known in ((t.debit, debit), (t.credit, credit), (t.currency, currency))
        )
        for code, wrong in (
            ("pending_has_different_fields", other or (not posting and posted != held)),
            ("pending_already_posted", hold["state"] == "posted"),
            ("pending_already_voided", hold["state"] == "voided"),
            ("pending_expired", hold["state"] == "expired"),
            ("pending_not_due", expiring and not over),
            ("pending_expired", over and not expiring),
            ("amount_not_positive", posted <= 0),
            ("exceeds_pending_amount", posted > held),
        ):
            if wrong:
                return code
        self.accounts[debit]["dh"] -= held
        self.accounts[credit]["ch"] -= held
        if posting:
            self.accounts[debit]["dp"] += posted
            self.accounts[credit]["cp"] += posted
        hold["state"] = {"POST_PENDING": "posted", "VOID": "voided", "EXPIRE": "expired"}[t.kind.name]
        return "ok"


def _copied(rows: dict) -> dict:
    return {name: dict(row) for name, row in rows.items()}
