"""Names (指标名): the indicator's name from the words before or after its figure."""

from __future__ import annotations

import re
from functools import lru_cache

from bolanggu.engines.figures.words import either, words

_PLACE = (
    r"(?:[全我本该](?:市|县|省|区|州|镇|乡|村|国|域)(?![场域区级民政容值长内])(?!外(?![贸向商资籍汇国]))"
    r"|[一-鿿]{2,3}(?:市|县|省)(?![场域区级民政容值外长])(?:级)?)"
)
_SINGLE = (
    r"(?:[而并且也又还已约超为是的了由从或仅另其使让把均较至]|在(?![校建职册园岗售营线外地])|到(?![港位账发达])|比(?![重例值较率价])|有(?![效限机色线轨害关])|自(?![营动主然有治贸来费驾行])|对(?![外口台港澳美欧日东“共非俄])|共(?![享建同富管青性产])"
    r"|各(?![类种级])|近(?![海岸郊])|将(?!军)|要(?![素件闻])|再(?![生贷制就保造融])|现(?![代金场货浇])|和(?!谐)|与|及(?![格时])|等(?![级离候])|我(?=[市县区省州])|每(?![万千百十股]))"
)
_LEAD = re.compile(
    rf"^(?:{either('lead')}|{_PLACE}|(?:连续|为期|时隔)[一二三四五六七八九十两\d]+[年次届天个月]+|全(?:国|球|省|世界)?(?=全)|[，、：:；”（）*#·\-]|{_SINGLE})(?=.)"
)
_CUT = re.compile(rf".*(?:{either('cut')})(?:了|过|出|各类)?(?=[一-鿿“A-Z]{{2}})")
_ETC = re.compile(r".*(?<![高中初平均同])等(?![级离候])(?=[一-鿿]{3})")

_VERB = re.compile(rf"^(?:{either('verbs')})(?:了|过|各类)?")
_ONLY = re.compile(
    rf"(?:{_PLACE}|{_SINGLE}|(?:连续|为期|时隔)[一二三四五六七八九十两\d]+[年次届天个月]+|{either('verbs')})+"
)
_TAIL = re.compile(
    rf"(?:{either('tail')}|连续\d+年|(?<![人日年月户亩])均|(?<![国所])有|(?<![节公合契])约|(?<![侦])破|(?<![附])近|(?<![公])共|(?<![仅])只|[达为是超占已各都也又还将在较的从由自到至了过仅]|[，、：:；“（\-·])$"
)
_STOP = re.compile(r"[，。；：:、？！（）()\n…《》■|]")
_GOES = re.compile(
    r"(?:齐全|调研|参与|参加|参展|入驻|落户|落地|入选|被评|被列|获评|获批|获得|荣获|开展|实现|分别|以上的|全部|同比|比上年|较上年|增长|下降"
    r"|携|前来|亮相|参会|到会|列入|纳入|通过|投入|建成|开工|竣工|完成|签约|达成|达到|居|位居|排名|占|惠及|覆盖|辐射|联通|，|已|均|被|将|率先|和\b|累计|共计)"
)
_ACTS = re.compile("调研|参与|参加|参展|参会|到会|入驻|落户|入选|获评|获批")
_BRACKET = re.compile(r"（[^（）]{0,30}）")
_MONEY_LIKE = re.compile(
    r"(?:[额值入出款资费价润税金产贷债薪元]|补贴|余额|交易|消费|投放|GDP|进出口|出口|进口|成本|预算|储备|信贷|融资|让利|经济|补助|损失)$"
)
_HEADS = re.compile(rf"(?:{either('heads')})")
_POINTERS = re.compile(r"[两三四2-9]项|两个|指标|均|都")
_JOINT = re.compile(r"[、，]|以及|和|与|及")
_BOTH = re.compile(r"^城乡(?=.)")


@lru_cache(maxsize=8192)
def before(text: str, *, lone: bool = True, whole: bool = False) -> str:
    """Name in the words before a figure: the noun after place, time and verb, before 达, 为, 实现.

    ``lone`` looks back over commas for a noun (no earlier figure in the sentence has one); ``whole`` keeps a list.

    >>> before("，全市实现规上工业总产值跃上"), before("累计培育国家高新技术企业"), before("、三天展期共接待专业采购商")
    ('规上工业总产值', '国家高新技术企业', '专业采购商')
    """
    text = _last_clause(_BRACKET.sub("", text), lone=lone, whole=whole)
    text = _strip_tail(text)
    if not whole:
        text = _CUT.sub("", text, count=1)
        text = _ETC.sub("", text, count=1)
    return unquote(strip_lead(text))


def _strip_tail(text: str) -> str:
    while (shorter := _TAIL.sub("", text)) != text:
        text = shorter
    return text


@lru_cache(maxsize=8192)
def strip_lead(text: str) -> str:
    """Drop connectives, places and light verbs in front of a noun; empty if nothing else is there.

    >>> strip_lead("我市累计新增中小企业"), strip_lead("现代服务业增加值"), strip_lead("现有")
    ('中小企业', '现代服务业增加值', '')
    """
    while text:
        shorter = _VERB.sub("", text, count=1)
        if shorter == text:
            shorter = _LEAD.sub("", text, count=1)
        if shorter == text:
            return "" if text in words("lead") or _ONLY.fullmatch(text) else text
        text = shorter
    return text


def _last_clause(text: str, *, lone: bool, whole: bool) -> str:
    """After the last comma or colon; after 、 too where a whole name follows it."""
    parts = re.split(r"[，：:；\n（\x1f]", text)
    noun = parts[-1]
    if lone or whole:
        noun = next((part for part in reversed(parts) if _strip_tail(strip_lead(part))), "")
    noun = noun.lstrip("、）")
    head, mark, last = noun.rpartition("、")
    if mark and head and not whole and len(strip_lead(_strip_tail(last))) > 3:
        return last
    return noun


_OPEN = re.compile(
    rf"(?:(?:{either('verbs', 'object')})(?:了|过|各类|有|出|着|到|起|下)?|(?<![共没])有|[含辖建获办供植引聚辟派])"
    r"(?:全国|全球|全省|世界|全市|国内|省内)?(?:约|近|超|各|共|超过)*$|[、和与及]$"
)


def ends_open(text: str) -> bool:
    """True if ``text`` ends in a verb that still waits for its object.

    >>> ends_open("累计实施"), ends_open("国家高新技术企业")
    (True, False)
    """
    return bool(_OPEN.search(text))


@lru_cache(maxsize=8192)
def after(text: str) -> str:
    """Name in the words after a counted figure.

    >>> after("国家级改革和"), after("的订单。"), after("名客商参会，"[1:])
    ('国家级改革', '订单', '参会客商')
    """
    text = text.lstrip("以上下左右余多的")
    text = _STOP.split(text, maxsplit=1)[0]
    doing = ""
    if (hit := _GOES.search(text, 1)) and hit.start() > 1:
        doing = hit.group() if _ACTS.match(text, hit.start()) else ""
        text = text[: hit.start()]
    text = re.sub(r"(?:[和与及或、，]|以及|的|等|各)+$", "", text)
    if len(text) > 16 and "的" in text:
        text = text.rsplit("的", 1)[1]
    return doing + unquote(text)[:20]


def unquote(text: str) -> str:
    """Drop quotation marks that have no partner or hold the whole name."""
    if text.count("“") != text.count("”") or (text.startswith("“") and text.find("”") == len(text) - 1):
        return text.strip("“”")
    return text


def counted(name: str, word: str) -> str:
    """A noun counted in ``word``, as an indicator: 商品 in 种 → 商品种类, 订单 in 笔 → 订单笔数, in 元 → 订单金额."""
    if not name:
        return name
    if word.endswith("元"):
        return name if _MONEY_LIKE.search(name) else name + "金额"
    if word == "次" and name.endswith(("次", "次数")):
        return name
    suffix = {
        "种": "种类",
        "类": "种类",
        "款": "种类",
        "人次": "人次",
        "次": "次数",
        "轮": "轮数",
        "笔": "笔数",
        "场": "场次",
    }.get(word, "")
    return name if not suffix or name.endswith((suffix, "量", "数", "率")) else name + suffix


def coordinated(text: str, count: int) -> list[str]:
    """``count`` names out of a list before 分别, short members completed from the last; empty if they do not fit.

    >>> coordinated("城镇、农村居民人均可支配收入", 2)
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> coordinated("城乡居民人均可支配收入", 2)
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    """
    text = _BRACKET.sub("", text)
    if count == 2 and (hit := _BOTH.match(text)):
        return ["城镇" + text[hit.end() :], "农村" + text[hit.end() :]]
    items = [item for item in _JOINT.split(text) if item]
    if len(items) < count:
        return []
    items = items[-count:]
    items = [strip_lead(item) or item for item in items]
    tail = _HEADS.search(items[-1])
    if tail and tail.end() == len(items[-1]):
        suffix = items[-1][tail.start() :]
        return [item if _HEADS.search(item) or len(item) > len(items[-1]) else item + suffix for item in items]
    return items


def is_generic(name: str) -> bool:
    """True if the name says no subject of its own: 总量, 增速, 金额."""
    return name in words("generic") or all(part in words("generic") for part in _JOINT.split(_POINTERS.sub("", name)))


def without_pointers(name: str) -> str:
    """A list of subjects without the words that only point back: 总量、增速两项指标 → 总量、增速."""
    return _POINTERS.sub("", name)
