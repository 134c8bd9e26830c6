"""The facts of goods that later links need: pack, weight, flags, code. One read for all lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

from bolanggu.market.goods.models import Product


@dataclass(frozen=True, slots=True)
class GoodsFacts:
    """Columns of a product as the trade uses them. mm, g; ``assumed`` names the columns filled by assumption."""

    code: str
    title_zh: str
    title_en: str
    category: str
    hs6: str
    pieces_per_carton: int
    carton_l_mm: int
    carton_w_mm: int
    carton_h_mm: int
    carton_net_g: int
    carton_gross_g: int
    this_side_up: bool
    fragile: bool
    battery: bool
    liquid: bool
    brand: bool
    lead_days: int
    assumed: str

    @property
    def apart(self) -> str:
        """Segregation class for stowage: battery, liquid, or empty."""
        return "battery" if self.battery else "liquid" if self.liquid else ""

    @property
    def title(self) -> str:
        """A title to show: English, else Chinese."""
        return self.title_en or self.title_zh


def facts_of(codes: Collection[str]) -> dict[str, GoodsFacts]:
    """Facts by product code."""
    names = [field.name for field in fields(GoodsFacts)]
    wanted = sorted(codes)
    found = {}
    for start in range(0, len(wanted), 500):
        rows = Product.objects.filter(code__in=wanted[start : start + 500]).values_list(*names)
        found.update({row[0]: GoodsFacts(*row) for row in rows})
    return found
