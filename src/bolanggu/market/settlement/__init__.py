"""Settlement (结算): one buyer pays many merchants, in parts and in other currencies, and no cent is lost."""
