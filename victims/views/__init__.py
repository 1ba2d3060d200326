"""The public pages."""

from victims.views.public import home

__all__ = ["home"]
