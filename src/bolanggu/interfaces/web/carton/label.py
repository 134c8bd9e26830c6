"""Label (箱标): the GS1-128 barcode of a carton as SVG, its SSCC in figures below."""

from __future__ import annotations

from bolanggu.market.documents.barcodes import sscc_modules

_HIGH, _QUIET = 60, 10


def barcode(sscc: str) -> str:
    """The barcode of an SSCC as an SVG document; one unit is one module."""
    x, bars = _QUIET, []
    for place, width in enumerate(sscc_modules(sscc)):
        if place % 2 == 0:
            bars.append(f'<rect x="{x}" y="4" width="{width}" height="{_HIGH}"/>')
        x += width
    wide, high, shown = x + _QUIET, _HIGH + 22, f"(00) {sscc}"
    place = f'x="{wide / 2}" y="{_HIGH + 18}" text-anchor="middle" font-family="monospace" font-size="13"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" aria-label="{shown}">'
        f'<rect width="{wide}" height="{high}" fill="#fff"/>{"".join(bars)}<text {place}>{shown}</text></svg>'
    )
