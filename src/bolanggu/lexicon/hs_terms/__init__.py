"""Terms of the Harmonized System (海关商品用语): the trade's words for tariff subheadings, English and Chinese."""
