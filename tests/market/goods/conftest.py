from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bolanggu.market.goods.models import Booth, District, Shop
from bolanggu.market.goods.services import Imported, import_catalogue


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOLANGGU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def shops(parties: dict[str, object]) -> list[Shop]:
    district = District.objects.create(code="1", name_zh="一区", name_en="District 1")
    made = []
    for number, category in enumerate(("toys", "bags", "hair", "general"), 1):
        shop = Shop.objects.create(
            number=f"S{number}", merchant=parties["M1"], name_zh="店", name_en="Shop", category=category
        )
        Booth.objects.create(district=district, floor=1, street="1", number=f"10{number}", shop=shop)
        made.append(shop)
    return made


@pytest.fixture
def take(shops: list[Shop], world: object, at: object, tmp_path: Path) -> Callable[..., Imported]:
    def import_rows(rows: Iterable[str] | bytes, *, replace: bool = False, name: str = "goods.csv") -> Imported:
        file = tmp_path / name
        file.write_bytes(rows if isinstance(rows, bytes) else ("\n".join(rows) + "\n").encode())
        return import_catalogue(by=world, at=at, file=file, replace=replace)

    return import_rows
