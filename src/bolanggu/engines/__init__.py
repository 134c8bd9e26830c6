"""Engines: pure libraries; no Django, no clock, no network; none imports another."""
