"""Acts on goods: import a catalogue, change one good, learn a wording."""

from bolanggu.market.goods.services.change import UnknownGoods, change
from bolanggu.market.goods.services.import_catalogue import Imported, NoShops, import_catalogue
from bolanggu.market.goods.services.learn_alias import learn_alias

__all__ = ["Imported", "NoShops", "UnknownGoods", "change", "import_catalogue", "learn_alias"]
