"""Customs (报关): declarations under market procurement trade (市场采购贸易, 1039) and the modes beside it."""
