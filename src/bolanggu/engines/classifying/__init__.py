"""Classifying (归类): goods titles, English and Chinese, to six-digit codes of the Harmonized System.

Each answer says why and how sure. Pure: the nomenclature, the trade's terms and the calibration come in as arguments (`vocabulary.build`).
"""
