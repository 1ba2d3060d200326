"""Messages that are English where programs and commands tell them, and in the page's language on a page."""

from django.utils.translation import gettext


class Said(str):
    """A message in English that knows how to be told in another language."""

    msgid: str
    values: dict

    def told(self) -> str:
        """Return the message in the language of the page."""
        return gettext(self.msgid) % self.values


def said(msgid: str, **values) -> Said:
    """Return a message; import it as ``_``, so that its words are found to be translated."""
    made = Said(msgid % values)
    made.msgid, made.values = msgid, {name: str(value) for name, value in values.items()}
    return made


def in_words(message: str | Exception) -> str:
    """Return a message, or that of an error, in the language of the page as far as it has it."""
    if isinstance(message, Exception):
        message = message.args[0] if message.args else ""
    return message.told() if isinstance(message, Said) else str(message)
