"""Acts (变更办理): what may happen to a trade, each by a form made from the act's own fields (`trade.changes`)."""
