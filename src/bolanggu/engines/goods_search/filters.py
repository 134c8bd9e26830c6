"""Filters, sorts and facets (筛选): numbers of the index beside the words."""

from __future__ import annotations

from dataclasses import dataclass, fields

import tantivy

from bolanggu.engines.goods_search.index import GoodsIndex

FACETS = ("category", "district", "moq")
MOST_VALUES = 200
_MUST = tantivy.Occur.Must


@dataclass(frozen=True, slots=True)
class Filters:
    """What the goods must be; None lets everything pass. Bounds are inclusive; numbers as in `schema.Goods`."""

    category: int | None = None
    district: int | None = None
    shop: int | None = None
    moq: int | None = None
    moq_most: int | None = None
    price_least: int | None = None
    price_most: int | None = None
    volume_most: int | None = None
    stock_least: int | None = None

    def queries(self, schema: tantivy.Schema) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """The conditions as clauses of a Boolean query; they do not count in the score."""
        found = []
        for each in fields(self):
            value = getattr(self, each.name)
            if value is not None:
                found.append((_MUST, tantivy.Query.const_score_query(_condition(schema, each.name, value), 0.0)))
        return found


def _condition(schema: tantivy.Schema, name: str, value: int) -> tantivy.Query:
    field, _, bound = name.partition("_")
    if not bound:
        return tantivy.Query.term_query(schema, field, value)
    low, high = (value, None) if bound == "least" else (None, value)
    return tantivy.Query.range_query(schema, field, tantivy.FieldType.Unsigned, low, high)


def with_filters(schema: tantivy.Schema, query: tantivy.Query, filters: Filters) -> tantivy.Query:
    """The query narrowed to what the filters let pass."""
    conditions = filters.queries(schema)
    return tantivy.Query.boolean_query([(_MUST, query), *conditions]) if conditions else query


def facets(
    index: GoodsIndex, query: tantivy.Query | None = None, filters: Filters | None = None
) -> dict[str, dict[int, int]]:
    """Number of goods for each value of the facet fields under a query and filters.

    The count of a value is the number of hits after choosing it. Counts over all goods are remembered until
    the next commit.
    """
    filters = filters or Filters()
    if query is None and filters == Filters():
        return index.remembered("facets", lambda: _count(index, tantivy.Query.all_query()))
    base = query if query is not None else tantivy.Query.all_query()
    return _count(index, with_filters(index.schema, base, filters))


def _count(index: GoodsIndex, query: tantivy.Query) -> dict[str, dict[int, int]]:
    wanted = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in FACETS}
    answer = index.searcher().aggregate(query, wanted)
    return {name: {int(each["key"]): int(each["doc_count"]) for each in answer[name]["buckets"]} for name in FACETS}
