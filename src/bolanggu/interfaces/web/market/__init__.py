"""Market today (今日市场): what the market does, every figure with its time, open to everyone."""
