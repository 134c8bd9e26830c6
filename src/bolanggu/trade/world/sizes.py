"""Sizes (规格) of synthetic goods: those that fit the item, so that a keychain is not a metre long."""

from __future__ import annotations

from bolanggu.lexicon.items import Item
from bolanggu.lexicon.words import Word, words

#: kind of size → (mm or cm³ of one unit, least and most multiple of the packed edge or volume of one piece)
_EDGES = {"cm": (10.0, 0.6, 3.0), "mm": (1.0, 0.1, 1.2), "inch": (25.4, 0.4, 3.5)}
#: goods that are folded or rolled up open to so many times their packed edge
_OPENING = {"textiles": 4.5, "scarves": 5.0, "rainwear": 2.5, "bags": 2.5, "flowers": 1.5}
_VOLUMES = {"ml": (1.0, 0.2, 1.1), "oz": (29.57, 0.2, 1.1), "l": (1000.0, 0.3, 8.0)}


def sizes_of(item: Item) -> tuple[Word, ...]:
    """Sizes in which the item may be sold; at least two where it is sold by size at all.

    >>> from bolanggu.lexicon.items import items
    >>> [word.zh for word in sizes_of(items()["wine_glass"])][:2]
    ['250ml', '300ml']
    """
    known = tuple(word for word in words("sizes").values() if word.of == item.sizes)
    if item.sizes in _EDGES:
        unit, least, most = _EDGES[item.sizes]
        measure = (item.unit_cm3 * 1000) ** (1 / 3) * _OPENING.get(item.category, 1.0)
    elif item.sizes in _VOLUMES:
        unit, least, most = _VOLUMES[item.sizes]
        measure = item.unit_cm3
    else:
        return known
    fitting = tuple(word for word in known if least <= amount(word) * unit / measure <= most)
    if len(fitting) >= 2:
        return fitting
    middle = measure * (least + most) / 2
    return tuple(sorted(known, key=lambda word: abs(amount(word) * unit - middle))[:2])


def amount(size: Word) -> float:
    """Give the number in a size's key.

    >>> amount(words("sizes")["m_1_5"])
    1.5
    """
    return float(size.key.removeprefix(f"{size.of}_").replace("_", "."))
