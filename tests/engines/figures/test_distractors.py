"""Numbers that are no figures: slogans, names, ordinals, list numbers, dates, idioms; each entry of the lists."""

from __future__ import annotations

import pytest

from bolanggu.engines.figures.reading import read_figures
from bolanggu.engines.figures.words import words

SLOGANS = """“138”发展战略|“152”与“141”贯通|深入践行“五个结合”|坚决拥护“两个确立”|
“四治融合”善治之城|“3+1+1”工作体系|4+1重要要求|
“1+4+X”机制|聚焦“六类人”|迭代“千万工程”|“百县万品”|
一港一通道|用好“两只手”|科技主体“双倍增”计划|“一带一路”建设|两极分化|
一张蓝图绘到底|一任接着一任干|千家万户|一脉相承|三大新赛道|八大新场景|一个总目标|六干作风|五个坚持|三篇文章|四大片区"""
ORDINALS = """第十五次党代会|二十届四中全会|第六代市场|工业4.0版|第三期|四区市场|第一产业|第二课堂|第一时间|
全省17强县|百强县|五星级酒店|4A级景区|
第12届博览会|浙发〔2024〕12号|2号线|5G基站|5月15日上午9:30|0579-85551234|24小时不打烊"""
LISTS = "一、总体要求|（二）重点任务|1. 加快建设|一是抓投入；二是抓产出|### 1 必须立足市场化|- 2、推进改革"
VAGUE = "数百家企业|几十个国家|十几年|20年来|改革开放40多年|上世纪80年代|今后五年|一次次突围|一方面|一座城市|每万人"


@pytest.mark.parametrize("text", [part.strip() for part in f"{SLOGANS}|{ORDINALS}|{LISTS}|{VAGUE}".split("|")])
def test_what_only_looks_like_a_figure_is_left_alone(text):
    assert [figure.text for figure in read_figures(f"我们要记住{text}，久久为功。")] == []
    assert [figure.text for figure in read_figures(text)] == []


@pytest.mark.parametrize("idiom", words("idioms"))
def test_an_idiom_is_no_figure(idiom):
    assert read_figures(f"走进{idiom}，用好经验。") == []


@pytest.mark.parametrize("noun", words("abstract"))
def test_a_plan_count_before_an_abstract_noun_is_no_figure(noun):
    assert read_figures(f"抓住3个{noun}，久久为功。") == []


def test_a_text_without_figures_is_empty():
    assert read_figures("大道至简，实干为要！") == []
    assert read_figures("") == []
