"""Purchase list (采购清单): each line with the goods that fit, how well, and why none does."""
