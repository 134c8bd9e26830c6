"""The trade's words (行话): items, materials, styles, colours, sizes, packs and uses, one place for the whole city.

The tables are TSV files beside this module. Chinese and English were written by the authors for this project; the other
languages stand in ``labels/`` and say whether a person reviewed them. Packs, prices and weights of items are typical
figures of small-commodity trade assumed by the authors, not measurements.
"""
