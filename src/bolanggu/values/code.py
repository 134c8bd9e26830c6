"""Codes (编码) with check digits: GS1 SSCC-18, ISO 6346 container numbers, the unified social credit code."""

from __future__ import annotations

_ISO6346_VALUES = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True))
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = [pow(3, i, 31) for i in range(17)]


def gs1_check_digit(digits: str) -> int:
    """Check digit of a GS1 key (GS1 General Specifications 7.9): weights 3, 1 from the right.

    >>> gs1_check_digit("10614141192837465")
    7
    """
    return -sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits))) % 10


def sscc(extension: int, company_prefix: str, serial: int) -> str:
    """An 18-digit Serial Shipping Container Code (SSCC-18, GS1).

    >>> sscc(1, "0614141", 192837465)
    '106141411928374657'
    """
    room = 16 - len(company_prefix)
    body = f"{extension}{company_prefix}{serial:0{room}d}"
    if len(body) != 17:
        raise ValueError(f"serial {serial} does not fit in {room} digits after prefix {company_prefix}")
    return f"{body}{gs1_check_digit(body)}"


def is_sscc(text: str) -> bool:
    """True for 18 digits with a right check digit."""
    return len(text) == 18 and text.isdigit() and gs1_check_digit(text[:-1]) == int(text[-1])


def iso6346_check_digit(prefix: str) -> int:
    """Check digit of a container number without its last digit (ISO 6346 annex A).

    >>> iso6346_check_digit("CSQU305438")
    3
    """
    total: int = sum((_ISO6346_VALUES[c] if c.isalpha() else int(c)) * 2**i for i, c in enumerate(prefix))
    return total % 11 % 10


def container_number(owner: str, serial: int) -> str:
    """A container number: three-letter owner code, U, six digits, check digit (ISO 6346).

    >>> container_number("CSQ", 305438)
    'CSQU3054383'
    """
    prefix = f"{owner}U{serial:06d}"
    return f"{prefix}{iso6346_check_digit(prefix)}"


def is_container_number(text: str) -> bool:
    """True for a well-formed container number with a right check digit."""
    return (
        len(text) == 11
        and text[:4].isalpha()
        and text[:4].isupper()
        and text[4:].isdigit()
        and iso6346_check_digit(text[:10]) == int(text[10])
    )


def uscc_check_character(body: str) -> str:
    """Check character of a unified social credit code (统一社会信用代码, GB 32100-2015).

    >>> uscc_check_character("91110000600037341")
    'L'
    """
    total = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(body, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[-total % 31]


def is_uscc(text: str) -> bool:
    """True for 18 characters of the GB 32100 alphabet with a right check character."""
    return len(text) == 18 and all(c in _USCC_ALPHABET for c in text) and uscc_check_character(text[:17]) == text[17]
