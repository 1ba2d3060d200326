"""Signing in: accounts are made by an administrator; attempts are limited, a second factor can be added."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up."""

    def is_open_for_signup(self, request):
        return False
