"""Cleaning titles (标题清洗): words, Chinese runs, clauses; sizes, packs and sales words fall away."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

#: Clause weights: what stands before «with» or «for» is the good, what stands after is its company.
_CUTS = {"with": 0.3, "w": 0.3, "without": 0.15, "for": 0.4, "in": 0.35, "from": 0.2, "by": 0.2, "on": 0.3, "to": 0.3}
_CUTS |= {"including": 0.3, "featuring": 0.3, "suitable": 0.3, "used": 0.3, "compatible": 0.2, "like": 0.2}
_SALES = frozenset(
    "new hot sale selling best quality high cheap wholesale factory direct supply price custom customized "
    "customised logo oem odm fashion fashionable cute creative luxury premium popular trendy stylish promotional "
    "promotion free shipping amazon top seller 2023 2024 2025 2026 latest arrival style design personalized low "
    "moq stock ready bulk good nice super great portable mini large small big size sizes color colors colour "
    "assorted mixed random pcs pc piece pieces pack packs lot dozen pair pairs each per universal durable multi "
    "multifunction multifunctional eco friendly reusable professional original manufacturer china yiwu home".split()
)
_UNITS = re.compile(
    r"(?<![a-z])\d+([.,]\d+)?\s*(x|×|\*)?\s*(\d+([.,]\d+)?\s*(x|×|\*)?\s*)*"
    r"(mm|cm|m|inch|inches|in|ft|ml|l|cl|oz|g|kg|gsm|pcs|pc|pack|packs|ct|count|sets|v|w|a|ah|mah|hz|gb|tb|k|d|°|pieces|piece|ply)?\b"
)
_FIXES = (
    ("t-shirt", "tshirt"),
    ("t shirt", "tshirt"),
    ("tee shirt", "tshirt"),
    ("e-bike", "ebike"),
    ("w/", " with "),
    ("&", " and "),
    ("-on ", "on "),
    ("-up ", "up "),
    ("-in ", "in "),
    ("waist pack", "waist bag"),
    ("hip pack", "waist bag"),
    ("fanny pack", "waist bag"),
    ("back pack", "backpack"),
)
_OF = frozenset("set pack box bag pair case lot piece roll bundle kit dozen sheet".split())
_IRREGULAR = {
    "knives": "knife",
    "shelves": "shelf",
    "scarves": "scarf",
    "leaves": "leaf",
    "wolves": "wolf",
    "loaves": "loaf",
}
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ZH_BREAK = re.compile(
    r"[^\u3400-\u9fffA-Za-z0-9]+|[带配附送含](?=盖|挂钩|支架|灯|锁|拉链|手柄|吸管|轮|充电|底座|镜|遥控|包装|勺|刷|滤|提手|把手|礼盒|收纳|毛球|口袋|线|刀|笔)"
)
_ZH_NOISE = re.compile(
    r"厂家直销|工厂直供|批发|跨境|亚马逊|爆款|热销|新款|现货|定制|私人订制|外贸|一件代发|高档|时尚|创意|网红|ins风|INS|欧美|韩版|日系|北欧|"
    r"简约|可爱|包邮|专供|热卖|货源|源头|义乌|家用|多功能|大号|小号|中号|特价|专用|通用|便携式?|高品质|优质|个性|新品|款式|风格|\d+年|"
    r"[一二三四五六七八九十\d]+(个装|支装|只装|件装|片装|包装|个|支|只|色|克|寸|厘米|毫升|ml|ML|cm|CM|mm|米|升|L|斤|瓦|W|伏|V)"
)


#: What a good has not got («无贴纸», «免打孔»), and how many parts a set has, say nothing of its kind.
_ZH_WITHOUT = re.compile(
    r"免(打孔|钉|胶|安装|工具)|无(贴纸|痕|毒|味|异味|漏|噪音|甲醛|荧光)|不(含|带)(电池|灯|盖|杆)|[两三四五六七八九十\d]+件套(?=[\u3400-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words with the weight of its place; ``raw`` keeps the words as written, ``stems`` in the singular."""

    raw: tuple[str, ...]
    stems: tuple[str, ...]
    weight: float
    cut: str


@dataclass(frozen=True, slots=True)
class Title:
    """A cleaned title: English clauses, Chinese runs, and shares of materials stated in percent (word → percent)."""

    clauses: tuple[Clause, ...]
    chinese: tuple[str, ...]
    shares: tuple[tuple[str, float], ...]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The singular of an English word, roughly; the same rule for terms and titles.

    >>> [stem(word) for word in ("brushes", "toys", "glass", "batteries", "knives")]
    ['brush', 'toy', 'glass', 'battery', 'knife']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith(("ies", "ie")):
        return word[: word.rindex("ie")] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words of an English text, as the terms and titles are both cut."""
    for old, new in _FIXES:
        text = text.replace(old, new)
    return tuple(re.findall(r"[a-z0-9]+", text.replace("'s", "").replace("’s", "")))


def clean(text: str, text_zh: str = "") -> Title:
    """Clean an English or Chinese title, or one that mixes both.

    >>> [clause.stems for clause in clean("Hot sale 2024 kids water bottles 500ml with straw").clauses]
    [('kid', 'water', 'bottle'), ('straw',)]
    """
    text = unicodedata.normalize("NFKC", text)
    text_zh = unicodedata.normalize("NFKC", text_zh)
    chinese = f"{text_zh} {text}" if _CHINESE.search(text) else text_zh
    english = _CHINESE.sub(" ", text).lower()
    shares = _percentages(f"{english} {chinese}")
    return Title(_clauses(english), _runs(chinese), shares)


def _percentages(text: str) -> tuple[tuple[str, float], ...]:
    found = re.findall(r"(\d{1,3}(?:\.\d+)?)\s*%\s*([a-z]+|[\u3400-\u9fff]{1,2})", text)
    return tuple((word, float(share)) for share, word in found)


def _clauses(text: str) -> tuple[Clause, ...]:
    text = re.sub(r"\d{1,3}(\.\d+)?\s*%", " ", text)
    clauses: list[Clause] = []
    for position, part in enumerate(re.split(r"[,;|()\[\]/–—:\n]+|\s-\s", _UNITS.sub(" ", text))):
        clauses += _cut(words_of(part), 1.0 if not clauses and position == 0 else 0.8)
    return tuple(clauses)


def _cut(words: tuple[str, ...], weight: float) -> list[Clause]:
    """Cut a run of words at prepositions that follow a word, «set of» put aside, sales words dropped."""
    words = _after_of(words)
    clauses: list[Clause] = []
    run: list[str] = []
    place, cut = weight, ""
    for word in (*words, ""):
        if word in _CUTS or not word:
            if run:
                clauses.append(Clause(tuple(run), tuple(map(stem, run)), place, cut))
                run, place, cut = [], weight * _CUTS.get(word, 1.0), word
        elif word not in _SALES and not word.isdigit():
            run.append(word)
    return clauses


def _after_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Drop «set of», «box of 12»; for other «A of B» leave the words."""
    for i in range(len(words) - 1):
        if words[i + 1] == "of" and stem(words[i]) in _OF:
            return tuple(word for word in words[:i] + words[i + 2 :] if word != "of")
    return tuple(word for word in words if word not in ("of", "the", "a", "an", "and", "or"))


def _runs(text: str) -> tuple[str, ...]:
    text = _ZH_WITHOUT.sub(" ", _ZH_NOISE.sub("", text))
    return tuple(run for run in _ZH_BREAK.split(text) if _CHINESE.search(run))
