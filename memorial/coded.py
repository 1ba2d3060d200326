"""Coded values: a short stable code with an English label that gettext translates (pure)."""

from enum import StrEnum


class Coded(StrEnum):
    """A closed list of codes, written ``NAME = "code", "English label"``."""

    def __new__(cls, code: str, label: str):
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (code, label) pairs as forms and models want them."""
        return [(member._value_, member.label) for member in cls]


def gettext_noop(text: str) -> str:
    """Mark a label for translation without translating it here."""
    return text
