"""Order (订单): what one merchant sells."""
