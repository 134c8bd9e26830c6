"""The script of a season is read whole or refused with the place named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bolanggu.trade.season.deciding import shipment_number
from bolanggu.trade.season.script import read_script
from bolanggu.values.fault import Fault


def test_lists_and_incidents_are_in_order_of_their_days(season):
    script = read_script(season)
    assert [listed.file.name for listed in script.lists] == ["a.csv", "b.csv", "c.csv", "d.csv", "e.csv", "f.csv"]
    assert [(one.number, one.act) for one in script.incidents] == [(1, "refuse_order"), (2, "cancel_line")]
    assert script.lists[0].client.buyer.agent == "T-AG1"


def test_agents_decide_on_their_weekday_and_on_the_last_day_only(season):
    script = read_script(season)
    assert script.decision_on(date(2026, 3, 6)) == datetime(2026, 3, 6, 4, tzinfo=UTC)
    assert script.decision_on(date(2026, 3, 7)) is None
    assert script.decision_on(date(2026, 4, 10)) is None


def test_another_seed_names_other_trades_and_the_same_seed_the_same(season):
    one, two = read_script(season), read_script(season, seed=4)
    assert one.key("list", "a.csv") == read_script(season).key("list", "a.csv") != two.key("list", "a.csv")
    assert shipment_number(one.key("pool")) == shipment_number(one.key("pool")) != shipment_number(two.key("pool"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("opens: 2026-03-02\n", "", "KeyError"),
        ("file: a.csv", "file: z.csv", "z.csv"),
        ("buyer: one,", "buyer: nobody,", "nobody"),
        ("decides: friday", "decides: someday", "ValueError"),
        ("list: e.csv", "list: x.csv", "no list of the season"),
        ("name: small", "name: [", "is no YAML"),
    ],
)
def test_a_script_that_cannot_be_used_names_what_is_wrong(season, tmp_path, old, new, message):
    for file in season.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    text = (tmp_path / "season.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "season.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Fault, match=message.replace("[", r"\[")):
        read_script(tmp_path)


def test_a_folder_without_a_script_is_named(tmp_path):
    with pytest.raises(Fault, match="cannot be read"):
        read_script(tmp_path)


def test_the_demo_season_is_what_it_says():
    from tests.trade.conftest import ROOT

    script = read_script(ROOT / "demo" / "season")
    assert len(script.lists) == 40
    assert len({listed.client.buyer.number for listed in script.lists}) == 3
    assert len(script.agents) == 2
    assert (script.lists[-1].day - script.lists[0].day).days <= 42
