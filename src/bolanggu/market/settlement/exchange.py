"""Moving money between accounts of one or of two currencies: chains of transfers, no database.

Between currencies nothing crosses: what is sold goes into the liquidity account of its currency, what is delivered
comes out of that of the other, with the spread and the residue of rounding beside it, all linked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from bolanggu.market.settlement import accounts
from bolanggu.platform.ledger import Kind, Transfer, key
from bolanggu.values.money import Money, Rate


@dataclass(frozen=True, slots=True)
class Quoted:
    """A frozen rate: the parity, and the basis points that the buyer pays on top."""

    parity: Rate
    spread_bp: int = 0

    def dealing(self) -> Rate:
        """The rate with the spread on it: dearer for whoever buys ``parity.base``."""
        at = self.parity
        numerator, denominator = at.numerator * (10000 + self.spread_bp), at.denominator * 10000
        return Rate(at.base, at.quote, numerator, denominator, at.date, at.source)

    def price(self, amount: Money) -> Money:
        """What ``amount`` costs in the quote currency; at least one minor unit where it is not nothing.

        >>> Quoted(Rate("CNY", "USD", 10000, 71884, "2024-12-31", "CFETS"), 30).price(Money("CNY", 71884)).minor
        10030
        """
        cost = self.dealing().convert(amount).minor
        return Money(self.parity.quote, max(cost, 1) if amount.minor else 0)


@dataclass(frozen=True, slots=True)
class Move:
    """What is to be moved: from the debit of one account to the credit of another.

    ``key`` is the business key of the move; ``hold`` names a hold on ``source`` whose posting pays it.
    """

    key: tuple[str, ...]
    source: str
    target: str
    purpose: str
    ref: str
    hold: UUID | None = None


def hold(move: Move, sold: Money, *, delivered: str) -> Transfer:
    """Reserve what a move will pay: a hold on the source, towards the target or the liquidity of its currency."""
    target = move.target if sold.currency == delivered else accounts.liquidity(sold.currency)
    return Transfer(
        id=key(*move.key),
        kind=Kind.PENDING,
        debit=move.source,
        credit=target,
        amount=sold.minor,
        currency=sold.currency,
        purpose=move.purpose,
        ref=move.ref,
    )


def chain(move: Move, sold: Money, delivered: Money, quoted: Quoted | None = None) -> list[Transfer]:
    """Transfers that take ``sold`` from the source and bring ``delivered`` to the target; nothing for nothing.

    ``quoted`` is the frozen rate from the delivered currency to the sold one; None within one currency.
    The last transfer is not linked. The one that reaches the target has the id ``arrival(move)``.
    """
    if sold.currency == delivered.currency:
        if sold != delivered:
            raise ValueError(f"{sold} cannot become {delivered} within one currency")
        return [_paid(move, sold, move.target, key(*move.key, "arrive"))] if sold.minor else []
    assert quoted is not None
    parity = quoted.parity.inverse().convert(sold).minor
    dealt = quoted.dealing().inverse().convert(sold).minor
    pool, other = accounts.liquidity(delivered.currency), delivered.currency
    legs = [_paid(move, sold, accounts.liquidity(sold.currency), key(*move.key, "sell"))] if sold.minor else []
    legs += _leg(move, (pool, move.target), delivered, "arrive", move.purpose)
    legs += _leg(move, (pool, accounts.spread(other)), Money(other, parity - dealt), "spread", "fx_spread")
    legs += _leg(
        move, (pool, accounts.rounding(other)), Money(other, dealt - delivered.minor), "rounding", "fx_rounding"
    )
    return link(legs)


def arrival(move: Move) -> UUID:
    """Id of the transfer of a chain that reaches the target."""
    return key(*move.key, "arrive")


def link(transfers: list[Transfer]) -> list[Transfer]:
    """Tie transfers into one chain: all or none."""
    return [replace(t, linked=True) for t in transfers[:-1]] + [replace(t, linked=False) for t in transfers[-1:]]


def _paid(move: Move, sold: Money, target: str, identity: UUID) -> Transfer:
    common = {"id": identity, "debit": move.source, "credit": target, "purpose": move.purpose, "ref": move.ref}
    kind = Kind.POST if move.hold is None else Kind.POST_PENDING
    return Transfer(**common, amount=sold.minor, currency=sold.currency, kind=kind, pending=move.hold)  # type: ignore[arg-type]


def _leg(move: Move, ends: tuple[str, str], amount: Money, part: str, purpose: str) -> list[Transfer]:
    if not amount.minor:
        return []
    source, target = ends if amount.minor > 0 else reversed(ends)
    return [
        Transfer(
            id=key(*move.key, part),
            debit=source,
            credit=target,
            amount=abs(amount.minor),
            currency=amount.currency,
            purpose=purpose,
            ref=move.ref,
        )
    ]
