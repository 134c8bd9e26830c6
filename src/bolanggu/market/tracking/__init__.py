"""Tracking (跟踪): milestones and events of cartons and containers."""
