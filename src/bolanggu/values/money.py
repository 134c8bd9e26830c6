"""Money (金额): integer minor units with an ISO 4217 code. Never a float, never two currencies in one sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

#: Exponents of ISO 4217 currencies that are not 2 (ISO 4217:2015, list one).
EXPONENTS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}


class CurrencyMismatch(ValueError):
    """Two currencies met in one sum; convert explicitly with a dated rate first."""

    code = "currency_mismatch"


class NotMoney(ValueError):
    """The text is not an amount of money."""

    code = "not_money"


def exponent(currency: str) -> int:
    """Digits after the decimal point of ``currency`` (ISO 4217).

    >>> exponent("USD"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    return EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units of one currency.

    >>> str(Money("USD", 1250) + Money("USD", 50))
    'USD 13.00'
    """

    currency: str
    minor: int

    def __add__(self, other: Money) -> Money:
        """Add an amount of the same currency, or raise CurrencyMismatch."""
        self._same(other)
        return Money(self.currency, self.minor + other.minor)

    def __sub__(self, other: Money) -> Money:
        """Subtract an amount of the same currency, or raise CurrencyMismatch."""
        self._same(other)
        return Money(self.currency, self.minor - other.minor)

    def __mul__(self, pieces: int) -> Money:
        """Multiply by a whole number of pieces."""
        return Money(self.currency, self.minor * pieces)

    def __str__(self) -> str:
        """Currency and decimal amount, as ``USD 13.00``."""
        return f"{self.currency} {self.decimal()}"

    def _same(self, other: Money) -> None:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"cannot add {other.currency} to {self.currency}: convert with a dated rate first")

    def decimal(self) -> Decimal:
        """The amount as a decimal with the currency's own digits."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def portion(self, numerator: int, denominator: int) -> Money:
        """The share ``numerator / denominator``, rounded half up to the minor unit.

        >>> Money("CNY", 1001).portion(3, 10).minor
        300
        """
        exact = Decimal(self.minor * numerator) / Decimal(denominator)
        return Money(self.currency, int(exact.quantize(Decimal(1), ROUND_HALF_UP)))


def parse(text: str, currency: str) -> Money:
    """Read a plain decimal amount; refuse currency signs, separators and too many digits.

    >>> parse("12.5", "USD").minor
    1250

    Raises
    ------
    NotMoney
        The text is not a plain decimal, or has more digits than the currency.
    """
    try:
        amount = Decimal(text.strip())
    except ArithmeticError:
        raise NotMoney(f"{text!r} is not an amount; write digits and a point, such as 12.50") from None
    if not amount.is_finite():
        raise NotMoney(f"{text!r} is not an amount; write digits and a point, such as 12.50")
    minor = amount.scaleb(exponent(currency))
    if minor != minor.to_integral_value():
        raise NotMoney(f"{text!r} has more digits than {currency} knows ({exponent(currency)})")
    return Money(currency, int(minor))


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Share ``total`` by ``weights`` so that the parts add up exactly (largest remainder, ties to the earlier).

    Used wherever a sum is divided: a container's cost over trades, a fee over lines. A zero weight
    gets nothing; if every weight is zero the parts are as equal as can be.

    >>> split(100, [1, 1, 1])
    [34, 33, 33]
    >>> split(-7, [3, 4])
    [-3, -4]
    """
    if not weights:
        if total:
            raise ValueError(f"cannot share {total} among nobody")
        return []
    if min(weights) < 0:
        raise ValueError("weights must not be negative")
    if total < 0:
        return [-part for part in split(-total, weights)]
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    parts = [total * weight // whole for weight in weights]
    rest = [total * weight % whole for weight in weights]
    for index in sorted(range(len(weights)), key=lambda i: (-rest[i], i))[: total - sum(parts)]:
        parts[index] += 1
    return parts


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Sum amounts of one currency; the empty sum is zero of ``currency``."""
    result = Money(currency, 0)
    for amount in amounts:
        result = result + amount
    return result


@dataclass(frozen=True, slots=True)
class Rate:
    """A dated exchange rate: ``numerator / denominator`` major units of ``quote`` for one major unit of ``base``.

    >>> usd = Rate("USD", "CNY", 71884, 10000, "2024-12-31", "CFETS central parity")
    >>> usd.convert(Money("USD", 10000)).minor
    71884
    """

    base: str
    quote: str
    numerator: int
    denominator: int
    date: str
    source: str

    def convert(self, amount: Money) -> Money:
        """Convert ``amount`` of the base currency, half even to the quote's minor unit."""
        if amount.currency != self.base:
            raise CurrencyMismatch(f"this rate converts {self.base}, not {amount.currency}")
        shift = exponent(self.quote) - exponent(self.base)
        exact = Decimal(amount.minor * self.numerator).scaleb(shift) / Decimal(self.denominator)
        return Money(self.quote, int(exact.quantize(Decimal(1), ROUND_HALF_EVEN)))

    def inverse(self) -> Rate:
        """The same rate read the other way."""
        return Rate(self.quote, self.base, self.denominator, self.numerator, self.date, self.source)
