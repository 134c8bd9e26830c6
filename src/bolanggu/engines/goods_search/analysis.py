"""Analysis (分词): from a folded text to the terms of each index field."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from bolanggu.engines.goods_search.folding import has_han, tokens

#: English words that carry no meaning in a title; dropped from conjunctions and from matching.
_STOP_TEXT = "a an and at by for from in is it of on or our the to w with your"
STOP_WORDS = frozenset(_STOP_TEXT.split())
_STEMMERS = {"en": "english", "es": "spanish", "fr": "french", "ru": "russian", "ar": "arabic"}


@cache
def _stemmer(lang: str) -> object:
    import snowballstemmer

    return snowballstemmer.stemmer(_STEMMERS[lang])


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str = "en") -> str:
    """The Snowball stem of a folded word.

    >>> stem("decorations"), stem("boxes")
    ('decor', 'box')
    """
    if word[0].isdigit() or has_han(word):
        return word
    return str(_stemmer(lang).stemWord(word))  # type: ignore[attr-defined]


def han_words(run: str) -> list[str]:
    """Words of a run of Chinese, the longer ones also cut into the words inside them."""
    import rjieba

    return list(rjieba.cut_for_search(run))


def han_cut(run: str) -> list[str]:
    """Words of a run of Chinese, one after the other.

    >>> "".join(han_cut("透明折叠雨伞"))
    '透明折叠雨伞'
    """
    import rjieba

    return list(rjieba.cut(run))


def han_pairs(run: str) -> list[str]:
    """Every neighbouring pair of a run of Chinese.

    >>> han_pairs("钢丝钳")
    ['钢丝', '丝钳']
    """
    return [run[i : i + 2] for i in range(len(run) - 1)]


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """First letter and consonants of a word, doubles once: what is left of it in a buyer's abbreviation.

    >>> skeleton("holder"), skeleton("bottle"), skeleton("hldr")
    ('hldr', 'btl', 'hldr')
    """
    rest = word[0] + "".join(letter for letter in word[1:] if letter not in "aeiouy")
    return "".join(letter for i, letter in enumerate(rest) if not i or rest[i - 1] != letter)


@lru_cache(maxsize=100_000)
def pinyin(word: str) -> str:
    """The sound of a Chinese word without tones.

    >>> pinyin("景点") == pinyin("经典")
    True
    """
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(word))


def is_han(token: str) -> bool:
    """True if the token is a run of Chinese."""
    return "㐀" <= token[0] <= "鿿"


def telling(words: Iterable[str]) -> list[str]:
    """The words without the stop words; all of them when nothing else is there."""
    words = list(words)
    return [word for word in words if word not in STOP_WORDS] or words


def field_terms(titles: Iterable[str]) -> dict[str, list[str]]:
    """Terms of the fields zh, han, en and spelt for the titles of one good, in any script.

    ``han`` holds the pairs that are no words of ``zh`` already, ``spelt`` the words that differ from their stem.
    Keys are left out where there is nothing to say.
    """
    zh: dict[str, None] = {}
    han: dict[str, None] = {}
    en: dict[str, None] = {}
    spelt: dict[str, None] = {}
    for title in titles:
        for token in tokens(title):
            if is_han(token):
                zh |= dict.fromkeys(han_words(token))
                han |= dict.fromkeys(han_pairs(token))
            elif token not in STOP_WORDS:
                root = stem(token)
                en[root] = None
                if root != token:
                    spelt[token] = None
    found = {"zh": list(zh), "han": [pair for pair in han if pair not in zh], "en": list(en), "spelt": list(spelt)}
    return {name: terms for name, terms in found.items() if terms}
