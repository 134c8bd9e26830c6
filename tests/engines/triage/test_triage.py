"""Triage of requests: invented ones that no word list was made from, the splits, and the reference's file."""

from __future__ import annotations

import csv

import pytest

from bolanggu.engines.triage.lexicon import categories, departments, terms
from bolanggu.engines.triage.likeness import likeness
from bolanggu.engines.triage.triage import language, read_requests, triage
from bolanggu.values.fault import Fault

# written after the word lists and kept out of them: an honest measure (invented, no real persons)
FRESH = [
    ("我妈想把她那间卖袜子的店面转到我名下，管理方说要交一笔钱合理吗", "stall", "MKTG"),
    ("篁园市场三楼的空调像没开，衣服都汗湿了", "market_site", "MKTG"),
    ("执照上的名字写错一个字，要重新跑一趟吗", "registration", "MSA"),
    ("理发店说好六十八，洗完头要收三百八", "consumer", "MSA"),
    ("花两千买的扫地机器人三天就罢工，店家让我找厂家", "consumer", "MSA"),
    ("同行直接用我们的注册牌子在网上开店", "quality_ip", "MSA"),
    ("昨天点的酸菜鱼，鱼肉有股怪味，孩子吐了一晚", "food_safety", "MSA"),
    ("我们这栋写字楼的电梯上周夹到人了", "equipment", "MSA"),
    ("我们想组团去迪拜办展，区里有没有什么鼓励办法", "trade_policy", "COMM"),
    ("发往智利的货柜被抽检，堆场费谁出", "clearance", "CUST"),
    ("公司去年多交了税，怎么申请退回来", "tax", "TAX"),
    ("有人开着面包车在村里卖假药骗老太太的钱，已经报过警没动静", "public_order", "PSB"),
    ("夜里一点隔壁还在打麻将大喊大叫", "noise", "PSB"),
    ("对面楼盘连夜浇筑，灯光和机器声一晚没停", "noise", "URBAN"),
    ("孩子想改回生父的姓", "household", "PSB"),
    ("我是约旦人，工作签快到期，换公司了怎么办", "visa", "EEA"),
    ("稠州路和宗泽路口左转的灯只有八秒，根本过不去", "traffic", "TPOL"),
    ("小学门口的马路两边停得只剩一条缝", "parking", "TPOL"),
    ("早上七点去工业区的班车总是满员不停", "transit", "TRANS"),
    ("下骆宅那段人行道全是树根拱起来的砖", "road", "URBAN"),
    ("37省道边上的路灯杆歪了快倒了", "road", "TRANS"),
    ("我的快递被别人冒领了，驿站不认账", "logistics", "TRANS"),
    ("在直播公司做主播，答应的保底没给", "wages", "HRSS"),
    ("爷爷的养老金这个月突然没发", "social_ins", "HRSS"),
    ("我想请一个法国设计师来公司上班，手续多久", "work_permit", "HRSS"),
    ("体检中心把我的报告弄错了", "medical", "HEALTH"),
    ("儿子在外地上大学，生病住院怎么报销", "med_ins", "MEDI"),
    ("钢琴老师突然跑路，还剩四十节课", "schooling", "EDU"),
    ("我们小区的快递柜占了消防车位，物业还收租金", "property", "HOUSE"),
    ("租的房子漏水，房东让我自己修", "housing", "HOUSE"),
    ("楼下开饭店把承重柱打掉了一块", "construction", "HOUSE"),
    ("拆迁协议签了两年，安置房影子都没有", "title", "LAND"),
    ("我们村旧改，我家三口人能分多少平方", "homestead", "LAND"),
    ("每天傍晚天桥上全是卖袜子手机壳的", "street", "URBAN"),
    ("五楼在公共平台上搭了个洗衣房", "illegal_build", "URBAN"),
    ("菜市场后面的垃圾房一周没清，全是老鼠", "sanitation", "URBAN"),
    ("小区有人养了四只大狗，早晚叫个不停", "dogs", "URBAN"),
    ("楼下烧烤店的烟全飘进卧室", "pollution", "ECO"),
    ("家里水龙头流出来的水有股漂白粉味", "water", "UTIL"),
    ("小区说装充电桩要供电出证明，找谁", "power_gas", "UTIL"),
    ("村里有个小厂用大罐子存酒精，旁边就是民房", "work_safety", "EMERG"),
    ("我们厂宿舍楼只有一个楼梯还堆满布料", "fire", "EMERG"),
    ("想给爸爸申请居家养老的护理员", "civil", "CIVIL"),
    ("村里的田租给别人种，租金三年没发给我们", "rural", "AGRI"),
    ("合伙做生意散了，对方不退本金，想找人调解", "legal", "JUST"),
    ("约旦客户让我先发货，现在人联系不上，八万块没付", "foreign_dispute", "JUST"),
    ("我们开发了新软件，能评科技型中小企业吗", "tech", "SCI"),
    ("办退休要我证明我还在世，还要单位盖三个章", "e_service", "DATA"),
    ("去年说给规上企业的奖励，文件都下了，钱还没见着", "policy_money", "DATA"),
    ("法院说已结案，可贷款时还显示我是老赖", "credit", "DRC"),
    ("有人上门推销理财，说保本年化十二个点", "finance", "DRC"),
    ("游泳馆办的年卡涨价还不让带孩子", "culture", "CULT"),
    ("隔壁把空调外机装在我窗口下面，热风直吹", "neighbour", "TOWN"),
    ("接线员很耐心，给个好评", "other", "TOWN"),
    ("I lost my passport in the market. What should I do to leave China?", "visa", "EEA"),
    ("The restaurant added a fee that is not on the menu.", "consumer", "MSA"),
    ("An electric bike hit my car and the driver ran away.", "traffic", "TPOL"),
    ("My supplier shipped 200 boxes less than I paid for.", "foreign_dispute", "JUST"),
]


def share(rows: list[tuple[str, str]]) -> float:
    return sum(triage(text).department == department for text, department in rows) / len(rows)


def test_four_of_five_fresh_requests_reach_their_department():
    assert share([(text, department) for text, _, department in FRESH]) >= 0.8


def test_the_reference_requests_reach_their_department(shared):
    with (shared / "governance" / "hotline_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["department"]) for row in csv.DictReader(file)]
    assert share(rows) >= 0.8


@pytest.mark.parametrize(
    ("text", "category", "department"),
    [
        ("隔壁商铺音响太吵", "noise", "PSB"),
        ("工地半夜打桩太吵", "noise", "URBAN"),
        ("工厂机器整夜响，太吵睡不着", "noise", "ECO"),
        ("机动车道上违停没人管", "parking", "TPOL"),
        ("人行道上停满私家车", "parking", "URBAN"),
        ("市场停车楼停车费太贵", "parking", "MKTG"),
        ("路灯不亮，井盖坏了", "road", "URBAN"),
        ("县道路面有大坑", "road", "TRANS"),
    ],
)
def test_the_splits_of_the_scopes(text, category, department):
    found = triage(text)
    assert (found.category, found.department) == (category, department)


def test_what_nobody_can_place_goes_to_the_backstop():
    for text in ("……", "嗯嗯嗯", "?", "123"):
        found = triage(text)
        assert (found.category, found.department) == ("other", "TOWN")


def test_confidence_is_a_share_and_falls_with_doubt():
    clear, doubtful = triage("遛狗不拴绳，还没有狗证"), triage("想问一下")
    assert 0 <= doubtful.confidence < clear.confidence <= 1


def test_the_same_request_gets_the_same_answer():
    assert triage("电梯困人") == triage("电梯困人")


def test_every_category_has_words_in_both_languages_and_a_department():
    for lang in ("zh", "en"):
        assert {term.category for term in terms(lang)} == set(categories())
    assert {category.department for category in categories().values()} <= set(departments())


def test_likeness_is_a_cosine():
    assert all(0 <= value <= 1 + 1e-9 for value in likeness("楼道里电瓶车飞线充电", "zh").values())


def test_language_is_told_by_the_letters():
    assert language("Where is the 海关?") == "en"
    assert language("我的visa过期了") == "zh"


def test_a_request_without_text_is_named():
    with pytest.raises(ExceptionGroup) as caught:
        read_requests([{"row": "1", "text": "停水"}, {"row": "2", "text": " "}], "calls.csv")
    (fault,) = caught.value.exceptions
    assert isinstance(fault, Fault)
    assert (fault.row, fault.column) == (2, "text")
