"""Rules as data (规则): dated, sourced parameters and three-valued conditions with a trace. Pure Python.

A rule is a tree of conditions over typed facts that is true, false or unknown; unknown names the missing evidence.
Every answer can say which condition decided, which parameter it used with its date and source, and what would change it.
"""
