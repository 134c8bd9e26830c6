"""Classifying (归类): goods titles, English and Chinese, to six-digit codes of the Harmonized System.

Each answer says why and how sure. Pure: nomenclature, trade terms and calibration come in as arguments.
"""
