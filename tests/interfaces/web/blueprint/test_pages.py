"""The plan can be walked from the goal to every figure's source; what is not assessable is never green."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest

from bolanggu.blueprint import services
from bolanggu.blueprint.models import Indicator, Node, Observation, Target
from bolanggu.interfaces.web.blueprint.drawing import Point, trend
from bolanggu.platform.accounts.grants import Actor

AT = datetime(2026, 11, 24, tzinfo=UTC)
PLANNER = Actor("first planner", frozenset({"planner"}))
SECOND = Actor("second planner", frozenset({"planner"}))
OWN = "2023年出口3500.4亿元。2024年出口超4200亿元。2025年出口5876亿元。2025年上半年出口3580亿元。"


@pytest.fixture
def site(db, client):
    services.adopt(by=PLANNER, at=AT)
    return client


@pytest.fixture
def own_text(site):
    loaded = services.load(by=PLANNER, at=AT, text=OWN, name="own", kind="communique", key="own")
    changes = services.read_changes(loaded.document)
    services.propose(by=PLANNER, at=AT, number="P", changes=changes, document=loaded.document)
    services.review(by=SECOND, at=AT, number="P")
    services.accept(by=SECOND, at=AT, number="P")


def page(site, path, **headers):
    answer = site.get(path, headers=headers or {"Accept-Language": "en"})
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_every_link_of_the_plan_can_be_followed(site):
    seen, todo = set(), ["/blueprint/"]
    while todo:
        path = todo.pop()
        seen.add(path)
        found = re.findall(r'href="(/blueprint/[^"#?]*)', page(site, path))
        todo += [one for one in dict.fromkeys(found) if one not in seen and one not in todo and "csv" not in one]
    assert {f"/blueprint/{code}/" for code in Node.objects.values_list("code", flat=True)} <= seen
    assert "/blueprint/indicators/EXPORT/" in seen
    assert "/blueprint/documents/plenary-2025/" in seen


def test_a_box_names_its_place_in_the_document(site):
    text = page(site, "/blueprint/goal/")
    assert "93–108" in text
    assert "/blueprint/documents/strategy-2021/#o93" in text
    assert "blockquote" not in text


def test_the_sentence_shows_once_the_city_loads_its_text(site, shared):
    text = (shared / "measure/texts/000.txt").read_bytes().decode()
    services.load(by=PLANNER, at=AT, text=text, name="x")
    assert "聚焦世界小商品之都一个总目标</mark>" in page(site, "/blueprint/goal/")
    assert 'id="o93"' in page(site, "/blueprint/documents/strategy-2021/")


def test_targets_without_a_number_are_not_green(site):
    text = page(site, "/blueprint/")
    assert text.count('class="badge">not assessable</span>') == Target.objects.count()
    assert 'badge good"' not in text


def test_every_figure_of_an_indicator_leads_to_its_sentence(own_text, site):
    text = page(site, "/blueprint/indicators/EXPORT/")
    document = page(site, "/blueprint/documents/own/")
    for start in re.findall(r"/documents/own/#o(\d+)", text):
        assert f'id="o{start}"' in document


def test_sources_that_disagree_both_show(own_text, site):
    text = page(site, "/blueprint/indicators/EXPORT/")
    assert "358B CNY" in text
    assert "358.6B CNY" in text
    assert "differs" in text


def test_two_periods_are_compared(own_text, site):
    text = page(site, "/blueprint/indicators/EXPORT/?a=2023&b=2025")
    assert "67.9%" in text
    assert "237.56B CNY" in text


def test_a_half_year_is_not_compared_with_a_year(own_text, site):
    assert "not comparable" in page(site, "/blueprint/indicators/EXPORT/?a=2025-H1&b=2025")


def test_a_bound_makes_the_difference_inexact(own_text, site):
    assert "is a bound" in page(site, "/blueprint/indicators/EXPORT/?a=2024&b=2025")


def test_chinese_readers_get_chinese_labels(site):
    text = page(site, "/blueprint/", **{"Accept-Language": "zh-CN"})
    assert "贸易枢纽" in text
    assert "Trade hub" not in text


def test_the_download_has_every_observation_with_its_source(own_text, site):
    answer = site.get("/blueprint/observations.csv?indicator=EXPORT")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["relation"] for row in rows} == {"shown", "differs"}
    assert all(len(row["sha256"]) == 64 for row in rows)


def test_sdmx_has_its_columns_and_periods(own_text, site):
    answer = site.get("/blueprint/observations.sdmx.csv?indicator=EXPORT")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer["Content-Type"].startswith("application/vnd.sdmx.data+csv")
    assert {"STRUCTURE", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS"} <= set(
        rows[0]
    )
    assert {row["TIME_PERIOD"] for row in rows} == {"2023", "2024", "2025", "2025-S1"}
    assert len({(row["TIME_PERIOD"], row["SOURCE"]) for row in rows}) == len(rows)


def test_an_indicator_may_be_embedded_and_nothing_else(site):
    embedded = site.get("/blueprint/indicators/EXPORT/embed/")
    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert "script" not in embedded["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in site.get("/blueprint/")["Content-Security-Policy"]


def test_the_register_of_reforms_names_who_copied(site):
    text = page(site, "/blueprint/reforms/")
    assert "Copied by 38" in text
    assert "江苏海门叠石桥国际家纺城" in text


def test_a_measured_figure_leads_to_its_records(site):
    Observation.objects.create(
        indicator=Indicator.objects.get(code="MARKET_ORDERS"),
        period="2026-11",
        value=3,
        records=3,
        origin="records:MARKET_ORDERS:1",
        source="simulated",
        stated_at=AT,
    )
    text = page(site, "/blueprint/indicators/MARKET_ORDERS/")
    assert "/blueprint/indicators/MARKET_ORDERS/records/2026-11/" in text
    assert "simulated" in text
    assert "orders.Order" in page(site, "/blueprint/indicators/MARKET_ORDERS/records/2026-11/")


@pytest.mark.parametrize("path", ["nope/", "indicators/NOPE/", "documents/nope/", "indicators/GDP/records/2025/"])
def test_what_is_not_there_is_not_found(site, path):
    assert site.get(f"/blueprint/{path}").status_code == 404


def test_an_empty_installation_says_so(db, settings, client):
    assert "No blueprint stands here yet." in page(client, "/blueprint/")
    assert "No index point yet" in page(client, "/blueprint/index/")


def test_a_trend_needs_two_points_and_escapes_its_words():
    assert trend([Point("2024", 1.0, "1")], title="x") == ""
    drawn = trend([Point("<a>", 1.0, "1"), Point("b", 2.0, "2", open=True)], title='"x"', aim=3.0)
    assert "&lt;a&gt;" in drawn
    assert "<a>" not in drawn
    assert 'class="aim"' in drawn
