"""Commitments: kinds, levers, years, and what is measurable; invented plans."""

from __future__ import annotations

from bolanggu.engines.figures import read

PLAN = """聚焦世界花园之城一个总目标，竞逐绿色发展新赛道，构筑生态高地；以数字港口为牵引，塑造开放窗口新场景。

### 1. 东部创新策源地

- 以人才引育为关键点，打造开放创新生态。

#### 到2030年

建成创新型城市、现代产业集群。

到2035年，地区生产总值突破3000亿元。

一、加快建设教育强市

守正与创新相结合，统筹发展与安全。"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(commitment.kind, " ".join(commitment.text.split())) for commitment in read(text).commitments]


def test_goal_track_scene_measure_target_task_and_principle():
    assert kinds(PLAN) == [
        ("goal", "聚焦世界花园之城一个总目标"),
        ("track", "竞逐绿色发展新赛道，构筑生态高地"),
        ("scene", "以数字港口为牵引，塑造开放窗口新场景"),
        ("goal", "东部创新策源地"),
        ("measure", "以人才引育为关键点，打造开放创新生态"),
        ("target", "建成创新型城市、现代产业集群"),
        ("target", "到2035年，地区生产总值突破3000亿元"),
        ("task", "加快建设教育强市"),
        ("principle", "守正与创新相结合"),
    ]


def test_a_target_without_a_number_is_not_measurable():
    without, numeric = (c for c in read(PLAN).commitments if c.kind == "target")
    assert (without.by, without.measurable, without.value) == ("2030", False, None)
    assert (numeric.by, numeric.measurable, numeric.value, numeric.unit) == ("2035", True, 300000000000, "元")


def test_parents_and_levers():
    found = read(PLAN).commitments
    assert [found[1].parent, found[2].parent, found[4].parent] == [0, 0, 3]
    assert (found[2].lever, found[4].lever) == ("数字港口", "人才引育")


def test_spans_are_the_raw_words():
    for commitment in read(PLAN).commitments:
        assert PLAN[commitment.start : commitment.end] == commitment.text


def test_what_was_done_so_far_makes_nothing_measurable():
    (measure,) = read("以综合改革为牵引，聚焦关键领域突破，累计实施40余项改革。").commitments
    assert measure.kind == "measure"
    assert not measure.measurable
