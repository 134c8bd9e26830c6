"""Money (资金): a buyer's payments in her currency, a merchant's statement (到账明细), the books of a trade."""
