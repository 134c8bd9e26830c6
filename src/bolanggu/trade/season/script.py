"""The script of a season (剧本): a folder with ``season.yaml`` and lists, read and checked before anything is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import yaml

from bolanggu.trade.request import Buyer
from bolanggu.values.fault import Fault

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Client:
    """A buyer of the season: who she is, where to, in which currency she pays, and how the goods shall travel."""

    buyer: Buyer
    to: str
    currency: str
    wish: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that comes in on a day."""

    file: Path
    client: Client
    day: date


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that goes wrong with a list's trade on a day: an act of `bolanggu.trade.changes` by its name."""

    number: int
    day: date
    act: str
    file: Path
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Script:
    """A whole season. ``decides`` is a weekday (Monday 0) and a time of day in UTC."""

    name: str
    seed: int
    opens: date
    decides: int
    decides_at: time
    last_decision: date
    agents: tuple[Mapping[str, str], ...]
    broker_signs: Mapping[str, str]
    lists: tuple[Listed, ...]
    incidents: tuple[Incident, ...]

    def key(self, *parts: object) -> str:
        """A key of this season: the same for the same seed."""
        return ":".join(["season", self.name, str(self.seed), *map(str, parts)])

    def decision_on(self, day: date) -> datetime | None:
        """The moment at which agents decide on a day, if they do."""
        if day > self.last_decision or (day.weekday() != self.decides and day != self.last_decision):
            return None
        return datetime.combine(day, self.decides_at, UTC)


def read_script(folder: Path, *, seed: int | None = None) -> Script:
    """Read a season.

    Raises
    ------
    Fault
        The folder has no readable ``season.yaml``, or an entry of it lacks something or names what is not there.
    """
    file = folder / "season.yaml"
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Fault(str(file), f"cannot be read: {error.strerror}; name a folder with a season.yaml") from None
    except yaml.YAMLError as error:
        raise Fault(str(file), f"is no YAML: {error}".replace("\n", " ")) from None
    try:
        return _script(document, folder, seed)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Fault(str(file), f"lacks or misnames an entry: {error!r}; see demo/season/season.yaml") from None


def _script(document: Mapping[str, Any], folder: Path, seed: int | None) -> Script:
    clients = {name: _client(row) for name, row in document["buyers"].items()}
    lists = tuple(Listed(_there(folder / row["file"]), clients[row["buyer"]], row["day"]) for row in document["lists"])
    known = {listed.file for listed in lists}
    incidents = tuple(
        _incident(number, row, folder, known) for number, row in enumerate(document.get("incidents") or [], 1)
    )
    return Script(
        name=str(document["name"]),
        seed=document["seed"] if seed is None else seed,
        opens=document["opens"],
        decides=_WEEKDAYS.index(document["decides"]),
        decides_at=time.fromisoformat(document["decides_at"]),
        last_decision=document["last_decision"],
        agents=tuple(document["agents"]),
        broker_signs=document.get("broker_signs") or {},
        lists=tuple(sorted(lists, key=lambda listed: (listed.day, listed.file.name))),
        incidents=tuple(sorted(incidents, key=lambda one: (one.day, one.number))),
    )


def _client(row: Mapping[str, str]) -> Client:
    buyer = Buyer(row["number"], row["name_en"], row["name_zh"], row["country"], row["agent"])
    return Client(buyer, row["to"], row["currency"], row["wish"])


def _there(file: Path) -> Path:
    if not file.is_file():
        raise Fault(str(file), "is named in season.yaml and is not there")
    return file


def _incident(number: int, row: Mapping[str, Any], folder: Path, known: set[Path]) -> Incident:
    file = folder / row["list"]
    if file not in known:
        raise Fault(
            str(folder / "season.yaml"), f"incident {number} is of {row['list']}, which is no list of the season"
        )
    return Incident(number, row["day"], row["act"], file, row.get("with") or {})
