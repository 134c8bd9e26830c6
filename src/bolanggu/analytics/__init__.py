"""Analytics (分析): expressions over the outbox and the tables of the links."""
