"""Warehousing (仓储): receipts and cartons, counted and measured."""
