"""Rules as data (规则): dated, sourced parameters and three-valued conditions with a trace. Pure Python.

A rule is a tree of conditions over typed facts that is true, false or unknown; unknown names the missing evidence.
Every answer can say which condition decided, which dated and sourced parameter it used, and what would change it.
"""
