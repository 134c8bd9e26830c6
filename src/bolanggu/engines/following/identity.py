"""Identity (标识): EPC URN and GS1 Digital Link are one name; both become the canonical Digital Link URI.

Sources: GS1 EPC Tag Data Standard 2.0, section 6 (URNs), GS1 Digital Link 1.1.2; CBV 2.0, 8.9 asks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HOME = "https://id.gs1.org"


@dataclass(frozen=True, slots=True)
class _Scheme:
    """How a URN's parts make a key: digits before the check digit, and what its last part is called."""

    application: str
    digits: int
    tail: str | None = None
    lead: str = ""
    indicator: bool = False


#: Application identifiers by URN scheme. ``indicator``: the first digit of the second part leads the key.
SCHEMES = {
    "id:sgtin": _Scheme("01", 13, "/21/", indicator=True),
    "class:lgtin": _Scheme("01", 13, "/10/", indicator=True),
    "id:upui": _Scheme("01", 13, "/235/", indicator=True),
    "id:sscc": _Scheme("00", 17, indicator=True),
    "id:sgln": _Scheme("414", 12, "/254/"),
    "id:pgln": _Scheme("417", 12),
    "id:grai": _Scheme("8003", 13, "", lead="0"),
    "id:gdti": _Scheme("253", 12, ""),
    "id:gsin": _Scheme("402", 16),
    "id:gsrn": _Scheme("8018", 17),
    "id:gsrnp": _Scheme("8017", 17),
}
#: Schemes whose key has no check digit: prefix and reference as they are.
PLAIN = {"id:giai": "8004", "id:ginc": "401"}

_URN = re.compile(r"urn:epc:((?:id|class|idpat):[a-z]+):([\d]{6,12})\.(.+)", re.ASCII)
_LINK = re.compile(r"https?://[^/]+(?:/[^/]+)*?/(00|01|253|401|402|414|417|8003|8004|8017|8018)/([^?#]+)", re.ASCII)
_ENCODED = {"!": "%21", "(": "%28", ")": "%29", "*": "%2A", "+": "%2B", ",": "%2C", ":": "%3A"}


def canonical(name: str) -> str:
    """The canonical Digital Link of a GS1 name; any other name as it is.

    >>> canonical("urn:epc:id:sscc:4012345.0111111111")
    'https://id.gs1.org/00/040123451111111110'
    >>> canonical("https://example.com/00/040123451111111110?x=1")
    'https://id.gs1.org/00/040123451111111110'
    >>> canonical("BLGU0000013")
    'BLGU0000013'
    """
    urn, link = _URN.fullmatch(name), _LINK.fullmatch(name.partition("?")[0].partition("#")[0])
    if urn:
        return _of_urn(*urn.groups()) or name
    return _of_link(*link.groups()) if link else name


def check_digit(digits: str) -> int:
    """The GS1 check digit (General Specifications, 7.9).

    >>> check_digit("04012345111111111")
    0
    """
    return -sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits))) % 10


def _of_urn(scheme: str, prefix: str, rest: str) -> str | None:
    if scheme in PLAIN:
        return f"{HOME}/{PLAIN[scheme]}/{prefix}{_encoded(rest)}"
    if scheme == "idpat:sgtin" and rest.endswith(".*"):
        scheme, rest = "id:sgtin", rest.removesuffix(".*")
    rule = SCHEMES.get(scheme)
    if rule is None:
        return None
    reference, _, tail = rest.partition(".")
    body = reference[:1] + prefix + reference[1:] if rule.indicator else rule.lead + prefix + reference
    if len(body) != rule.digits or not body.isdigit():
        return None
    key = f"{HOME}/{rule.application}/{body}{check_digit(body)}"
    return key + (rule.tail or "") + _encoded(tail) if tail and (tail != "0" or rule.application != "414") else key


def _of_link(application: str, rest: str) -> str:
    """Home domain, 14-digit GTIN, and of lot and serial the finer one alone."""
    key, *parts = rest.rstrip("/").split("/")
    if application == "01":
        key = key.rjust(14, "0")
    pairs = dict(zip(parts[::2], parts[1::2], strict=False))
    finest = next((qualifier for qualifier in ("21", "235", "10", "254") if qualifier in pairs), None)
    return f"{HOME}/{application}/{key}" + (f"/{finest}/{pairs[finest]}" if finest else "")


def _encoded(text: str) -> str:
    return "".join(_ENCODED.get(sign, sign) for sign in text)
