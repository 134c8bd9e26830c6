"""GS1-128 barcodes (物流条码): Code 128 modules of an SSCC-18 with application identifier 00.

ISO/IEC 15417:2007 (Code 128) and GS1 General Specifications 5.4: start C, FNC1, pairs of digits, check symbol
modulo 103, stop. A module is one unit of width; for labels GS1 asks for 0.495 mm to 1.016 mm, at least 31.75 mm high.
"""

from __future__ import annotations

from functools import cache

from bolanggu.values.code import is_sscc

START_C, FNC1, STOP = 105, 102, 106
#: Widths of bars and spaces of the symbols 0 … 106 (ISO/IEC 15417, table 1): six digits each, the stop has seven.
_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
).split()


def sscc_symbols(sscc: str) -> list[int]:
    """Symbol values of an SSCC's barcode, from start to stop.

    >>> sscc_symbols("106141411928374657")[:4]
    [105, 102, 0, 10]

    Raises
    ------
    ValueError
        The SSCC has not 18 digits with a right check digit.
    """
    if not is_sscc(sscc):
        raise ValueError(f"{sscc!r} is not an SSCC of 18 digits with a right check digit")
    digits = "00" + sscc
    data = [FNC1, *(int(digits[at : at + 2]) for at in range(0, len(digits), 2))]
    check = (START_C + sum(place * value for place, value in enumerate(data, 1))) % 103
    return [START_C, *data, check, STOP]


@cache
def _bars(symbol: int) -> tuple[int, ...]:
    return tuple(int(width) for width in _WIDTHS[symbol])


def sscc_modules(sscc: str) -> list[int]:
    """Widths in modules of bars and spaces in turn, beginning with a bar."""
    return [width for symbol in sscc_symbols(sscc) for width in _bars(symbol)]
