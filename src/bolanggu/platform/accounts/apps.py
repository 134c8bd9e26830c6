"""Django application `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts (账户与授权): users and one grant model, deny by default."""

    name = "bolanggu.platform.accounts"
    label = "accounts"
