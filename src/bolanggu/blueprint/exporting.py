"""Exporting (数据下载): observations and index points as CSV and as SDMX-CSV 2.0, each row with its source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from bolanggu.analytics.market_index.models import IndexPoint
from bolanggu.blueprint import selectors
from bolanggu.blueprint.models import Indicator, Observation
from bolanggu.blueprint.time_periods import sdmx

#: units of the texts as UN/ECE and SDMX code lists write them; a unit without a code stays as it is
UNITS = {"元": "CNY", "%": "PT", "百分点": "PN", "美元": "USD", "位": "RANK", "人": "PS", "人次": "PS"}
#: identifies the structure until the city registers one of its own
DATAFLOW = "BOLANGGU:BLUEPRINT(1.0)"
INDEX_DATAFLOW = "BOLANGGU:MARKET_INDEX(1.0)"


def observation_rows(indicators: Iterable[Indicator]) -> Iterator[dict[str, Any]]:
    """Every observation, shown or not, with how it stands to the shown one."""
    for indicator in indicators:
        for point in selectors.series(indicator):
            yield _row(point["shown"], "shown")
            for one, how in point["others"]:
                yield _row(one, how.value)


def _row(one: Observation, relation: str) -> dict[str, Any]:
    source = one.document
    return {
        "indicator": one.indicator.code,
        "label_zh": one.indicator.label_zh,
        "label_en": one.indicator.label_en,
        "frequency": one.indicator.frequency,
        "area": one.area,
        "period": one.period,
        "value": _plain(one.value),
        "unit": one.indicator.unit,
        "precision": _plain(one.precision),
        "bound": one.bound,
        "status": one.status,
        "comparator": one.comparator,
        "qualifier": one.qualifier,
        "basis": one.basis,
        "vintage": one.vintage,
        "relation": relation,
        "document": source.name if source else "",
        "sha256": source.sha256 if source else "",
        "start": "" if one.start is None else one.start,
        "end": "" if one.end is None else one.end,
        "records": "" if one.records is None else one.records,
        "stated_by": one.source,
    }


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def as_csv(rows: Iterable[dict[str, Any]]) -> str:
    """Rows as CSV with a header; cells that a spreadsheet would run as a formula are quoted with an apostrophe."""
    listed = list(rows)
    out = io.StringIO()
    if listed:
        writer = csv.DictWriter(out, list(listed[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({key: _safe(cell) for key, cell in row.items()} for row in listed)
    return out.getvalue()


def _safe(cell: Any) -> Any:
    """Keep numbers; defuse text that begins like a formula.

    >>> _safe("=1+1"), _safe("-1.2"), _safe("出口")
    ("'=1+1", '-1.2', '出口')
    """
    if isinstance(cell, str) and cell[:1] in set("=+-@\t\r") and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    try:
        Decimal(cell)
    except ArithmeticError:
        return False
    return True


def as_sdmx(rows: Iterable[dict[str, Any]]) -> str:
    """Observations in SDMX-CSV 2.0; UNIT_MULT is 0, for values stand in their base unit."""
    return as_csv(
        {
            "STRUCTURE": "dataflow",
            "STRUCTURE_ID": DATAFLOW,
            "ACTION": "I",
            "FREQ": row["frequency"],
            "REF_AREA": row["area"],
            "INDICATOR": row["indicator"],
            "COMPARATOR": row["comparator"] or "_Z",
            "SOURCE": row["sha256"][:16] or "RECORDS",
            "TIME_PERIOD": sdmx(row["period"]),
            "OBS_VALUE": row["value"],
            "UNIT_MEASURE": UNITS.get(row["unit"], row["unit"]),
            "UNIT_MULT": 0,
            "DECIMALS": len(row["value"].partition(".")[2]),
            "OBS_STATUS": row["status"],
            "BOUND": row["bound"],
            "VINTAGE": row["vintage"],
            "RELATION": row["relation"],
            "COMMENT_OBS": "; ".join(filter(None, (row["qualifier"], row["basis"], row["document"]))),
        }
        for row in rows
        if row["period"]
    )


def index_rows(points: Sequence[IndexPoint]) -> Iterator[dict[str, Any]]:
    """Index points, 100 in the base period; a point without a value says why."""
    for point in points:
        yield {
            "class": point.goods_class,
            "currency": point.currency,
            "period": point.period,
            "value": "" if point.value is None else _plain(point.value),
            "method": point.method,
            "coverage": _plain(point.coverage),
            "products": point.n_products,
            "lines": point.n_lines,
            "version": point.version,
            "number": point.number,
            "published_at": point.published_at.isoformat(),
            "why": point.why,
        }


def index_sdmx(points: Sequence[IndexPoint]) -> str:
    """Index points in SDMX-CSV 2.0."""
    return as_csv(
        {
            "STRUCTURE": "dataflow",
            "STRUCTURE_ID": INDEX_DATAFLOW,
            "ACTION": "I",
            "GOODS_CLASS": row["class"],
            "CURRENCY": row["currency"],
            "TIME_PERIOD": row["period"],
            "OBS_VALUE": row["value"],
            "UNIT_MEASURE": "IX",
            "UNIT_MULT": 0,
            "OBS_STATUS": "A" if row["value"] else "M",
            "COVERAGE": row["coverage"],
            "METHOD": row["method"],
            "COMMENT_OBS": row["why"],
        }
        for row in index_rows(points)
    )
