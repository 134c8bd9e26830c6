"""Orders (订单): one group a buyer's list, one order a merchant, terms and engagement frozen."""
