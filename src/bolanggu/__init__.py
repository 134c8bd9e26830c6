"""Bolanggu (拨浪鼓): the open-source operating system of a trade city."""

__version__ = "0.1.0"
