"""Accounts (账户与授权): users and one grant model, deny by default."""
