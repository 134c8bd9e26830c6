"""The peers of goods search on the same rows: SQLite FTS5 with porter stems, PostgreSQL full text with GIN."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bolanggu.engines.goods_search.analysis import field_terms
from bolanggu.engines.goods_search.filters import FACETS
from bolanggu.engines.goods_search.schema import Goods

Ask = Callable[[str], Any]


def _cells(each: Goods) -> tuple[Any, ...]:
    return (
        each.pid,
        each.title_en,
        " ".join(field_terms([each.title_zh])["zh"]),
        each.category,
        each.district,
        each.moq,
        each.price,
    )


def _words(text: str) -> list[str]:
    return [word for word in "".join(c if c.isalnum() else " " for c in text).split() if word]


class Sqlite:
    """Contentless FTS5 beside a table of numbers, in a file, read in process."""

    def __init__(self, file: Path, rows: Iterable[Goods]) -> None:
        self.link = sqlite3.connect(file)
        self.link.executescript(
            """PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144;
            CREATE TABLE goods (pid INTEGER PRIMARY KEY, category INT, district INT, moq INT, price INT);
            CREATE VIRTUAL TABLE words USING fts5 (en, zh, content='', tokenize='porter unicode61')"""
        )
        for pid, en, zh, category, district, moq, price in map(_cells, rows):
            self.link.execute("INSERT INTO goods VALUES (?,?,?,?,?)", (pid, category, district, moq, price))
            self.link.execute("INSERT INTO words (rowid, en, zh) VALUES (?,?,?)", (pid, en, zh))
        self.link.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.link.commit()

    def words(self, text: str) -> list[Any]:
        """All words, ranked, 20 best."""
        asked = " AND ".join(f'"{word}"' for word in _words(text))
        sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20"
        return self.link.execute(sql, (asked,)).fetchall()

    def facets(self, text: str) -> list[Any]:
        """Counts of three facets of the goods that hold all words."""
        asked = " AND ".join(f'"{word}"' for word in _words(text))
        sql = "SELECT {0}, count(*) FROM words JOIN goods ON pid = words.rowid WHERE words MATCH ? GROUP BY {0}"
        return [self.link.execute(sql.format(name), (asked,)).fetchall() for name in FACETS]


class Postgres:
    """Stored tsvector with GIN, ranked by ts_rank, through a local socket."""

    def __init__(self, dsn: str, rows: Iterable[Goods]) -> None:
        import psycopg

        self.link = psycopg.connect(dsn, autocommit=True)
        self.link.execute(
            "CREATE TABLE goods (pid BIGINT PRIMARY KEY, en TEXT, zh TEXT, "
            "category INT, district INT, moq INT, price INT)"
        )
        with self.link.cursor() as cursor, cursor.copy("COPY goods FROM STDIN") as copy:
            for row in map(_cells, rows):
                copy.write_row(row)
        for statement in (
            (
                "ALTER TABLE goods ADD COLUMN v tsvector GENERATED ALWAYS AS "
                "(to_tsvector('english', en) || to_tsvector('simple', zh)) STORED"
            ),
            "CREATE INDEX goods_v ON goods USING gin (v)",
            "VACUUM ANALYZE goods",
        ):
            self.link.execute(statement)

    def _query(self, text: str) -> tuple[str, str]:
        config = "english" if text.isascii() else "simple"
        return f"plainto_tsquery('{config}', %s)", " ".join(_words(text))

    def words(self, text: str) -> list[Any]:
        """All words, ranked, 20 best."""
        query, asked = self._query(text)
        sql = f"SELECT pid FROM goods, {query} q WHERE v @@ q ORDER BY ts_rank(v, q) DESC LIMIT 20"  # noqa: S608 - own words
        return self.link.execute(sql, (asked,)).fetchall()

    def facets(self, text: str) -> list[Any]:
        """Counts of three facets of the goods that hold all words."""
        query, asked = self._query(text)
        sql = f"SELECT {{0}}, count(*) FROM goods WHERE v @@ {query} GROUP BY {{0}}"  # noqa: S608 - own words
        return [self.link.execute(sql.format(name), (asked,)).fetchall() for name in FACETS]


@contextmanager
def postgres(rows: Iterable[Goods]) -> Iterator[Postgres | None]:
    """A PostgreSQL with the rows, None where there is none on this machine."""
    from tests import databases

    if databases.binaries() is None:
        yield None
        return
    with databases.temporary() as server:
        server.create("goods")
        peer = Postgres(server.dsn("goods"), rows)
        try:
            yield peer
        finally:
            peer.link.close()
