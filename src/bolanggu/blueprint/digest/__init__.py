"""Digest (一图读懂): one report on one page, made from what was read; every number leads to its sentence."""

from bolanggu.blueprint.digest.composing import Digest, compose
from bolanggu.blueprint.digest.page import html
from bolanggu.blueprint.digest.printing import pdf
from bolanggu.blueprint.digest.writing import write

__all__ = ["Digest", "compose", "html", "pdf", "write"]
