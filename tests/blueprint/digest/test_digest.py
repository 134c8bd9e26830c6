"""The page on one report: every number leads to its sentence, nothing is added, anything can be printed."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bolanggu.blueprint.digest import compose, html, pdf, write
from bolanggu.blueprint.digest.annotating import annotate
from bolanggu.blueprint.digest.cards import cards
from bolanggu.engines import figures
from bolanggu.values.fault import Fault

REPORT = """# 示例市政府工作报告

2026年1月20日

2025年，示例市实现地区生产总值1234.5亿元，增长6.2%，居全省第3位；出口3001亿元、增长24.6%。

以数字港口为牵引，塑造开放窗口新场景。

到2030年，出口额达到9000亿元以上。

到2035年，建成<幸福>之城，人人向往。
"""


def digest_of(text, name="report.txt"):
    return compose(text, figures.read(text), name)


def test_growth_and_rank_join_their_level():
    gdp, export = cards(figures.read(REPORT).figures)[:2]
    assert (gdp.indicator, gdp.number.digits, gdp.number.unit) == ("地区生产总值", "1234.5", "亿元")
    assert [line.number.unit for line in gdp.lines] == ["%", "位"]
    assert export.english == "Exports"


def test_every_number_on_the_page_leads_to_a_mark_in_the_text():
    page = html(digest_of(REPORT))
    links = set(re.findall(r'href="#([fc]\d+)"', page))
    ids = set(re.findall(r'id="([fc]\d+)"', page))
    assert links
    assert links <= ids
    assert {f"f{at}" for at in range(len(figures.read(REPORT).figures))} <= ids


def test_the_page_needs_nothing_else():
    page = html(digest_of(REPORT))
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "<script" not in page


def test_words_of_the_text_are_escaped():
    page = html(digest_of(REPORT))
    assert "&lt;幸福&gt;" in page
    assert "<幸福>" not in page


def test_a_target_without_a_number_reads_not_assessable():
    digest = digest_of(REPORT)
    states = {words.by: words.measurable for words in digest.targets}
    assert states == {"2030": True, "2035": False}
    assert "不可评估 not assessable" in html(digest)


def test_the_text_keeps_every_letter():
    page = annotate(REPORT, figures.read(REPORT).figures, figures.read(REPORT).commitments)
    plain = re.sub("<[^>]*>", "", page).replace("&lt;", "<").replace("&gt;", ">")
    assert "".join(plain.split()) == "".join(REPORT.split())


def test_breaks_of_columns_are_mended_but_no_letter_is_lost():
    broken = "\n".join(REPORT.replace("\n", "")[at : at + 9] for at in range(0, 160, 9))
    page = annotate(broken, figures.read(broken).figures, [])
    assert "".join(re.sub("<[^>]*>", "", page).split()).count("亿元") == "".join(broken.split()).count("亿元")


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(st.text('出口进到20205亿元%、，。\n 第1位增长以为牵引塑造场景<&"', max_size=80))
def test_any_text_makes_a_page(text):
    page = annotate(text, figures.read(text).figures, figures.read(text).commitments)
    plain = re.sub("<[^>]*>", "", page)
    for code, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        plain = plain.replace(code, letter)
    assert "".join(plain.split()) == "".join(text.split())
    assert html(digest_of(text))


def test_the_sheet_is_a_pdf_with_the_sentences_behind(tmp_path):
    made = pdf(digest_of(REPORT))
    assert made.startswith(b"%PDF")


def test_a_text_with_nothing_in_it_still_makes_both():
    digest = digest_of("春天来了。")
    assert "没有数据" in html(digest)
    assert pdf(digest).startswith(b"%PDF")


def test_a_long_report_runs_on_to_further_pages():
    long = "\n\n".join(f"{1990 + n % 30}年，指标{'甲乙丙丁戊己庚辛'[n % 8]}{n}达{n + 1}亿元。" for n in range(120))
    assert pdf(digest_of(long)).startswith(b"%PDF")


def test_the_data_file_is_exact(tmp_path):
    paths = write(digest_of(REPORT), tmp_path / "out")
    data = json.loads((tmp_path / "out/digest.json").read_text())
    assert set(paths) == {"html", "pdf", "data"}
    assert data["figures"][0]["value"] == 123450000000
    assert data["document"]["characters"] == len(REPORT)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["digest.json", "digest.pdf", "index.html"]


def test_a_folder_that_cannot_be_is_bad_input(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="cannot be written"):
        write(digest_of(REPORT), tmp_path / "file" / "out")


def test_at_most_eight_headlines():
    text = "".join(f"2025年，{name}产量{n + 2}万吨。" for n, name in enumerate("稻麦豆棉麻丝茶糖果菜鱼"))
    digest = digest_of(text)
    assert len(digest.headlines) == 8
    assert len(digest.headlines) + len(digest.others) == len(cards(digest.figures))


@pytest.mark.parametrize("name", ["000", "001", "003", "004"])
def test_the_published_documents_make_a_page(shared, name):
    text = (shared / "measure/texts" / f"{name}.txt").read_bytes().decode()
    digest = digest_of(text, name)
    page = html(digest)
    assert set(re.findall(r'href="#([fc]\d+)"', page)) <= set(re.findall(r'id="([fc]\d+)"', page))
    assert pdf(digest).startswith(b"%PDF")


def test_the_plenary_digest_has_its_six_places_and_three_years(shared):
    digest = digest_of((shared / "measure/texts/003.txt").read_bytes().decode())
    assert [len(pillar.measures) for pillar in digest.pillars] == [3, 4, 3, 3, 3, 4]
    assert [year for year, _ in digest.years] == ["2027", "2030", "2035"]


def test_the_strategy_has_three_tracks_and_eight_scenes(shared):
    digest = digest_of((shared / "measure/texts/000.txt").read_bytes().decode())
    assert (len(digest.tracks), len(digest.scenes)) == (3, 8)
    assert digest.scenes[0].lever == "数字贸易"
