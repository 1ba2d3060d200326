"""Why a person was found, in the words of the page's language."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _

#: (role, code) of a part -> sentence. Whole sentences, since they are translated as they stand.


def _sentence(role: str, code: str, typed: str, stored: str) -> str:
    told = {"typed": typed, "stored": stored}
    if role == "s":
        return {
            "exact": _("surname as written"),
            "sounds": _("surname sounds the same"),
            "misspelt": _("surname “%(stored)s” is like “%(typed)s”"),
            "half": _("“%(typed)s” is a part of the surname"),
            "fits": _("surname “%(stored)s” fits “%(typed)s”"),
        }.get(code, "") % told
    if role == "g":
        return {
            "exact": _("given name as written"),
            "variant": _("given name “%(typed)s” = “%(stored)s”"),
            "initial": _("initial of the given name"),
            "sounds": _("given name sounds the same"),
            "misspelt": _("given name “%(stored)s” is like “%(typed)s”"),
            "half": _("“%(typed)s” is a part of the given name"),
            "fits": _("given name “%(stored)s” fits “%(typed)s”"),
            "untold": _("given name not told"),
            "another": _("another given name: %(stored)s"),
        }.get(code, "") % told
    return {
        "exact": _("patronymic as written"),
        "variant": _("patronymic “%(typed)s” = “%(stored)s”"),
        "initial": _("initial of the patronymic"),
        "sounds": _("patronymic sounds the same"),
        "misspelt": _("patronymic “%(stored)s” is like “%(typed)s”"),
        "half": _("“%(typed)s” is a part of the patronymic"),
        "fits": _("patronymic “%(stored)s” fits “%(typed)s”"),
        "untold": _("patronymic not told"),
        "another": _("another patronymic: %(stored)s"),
    }.get(code, "") % told


def _words(why: tuple) -> str:
    return "; ".join(sentence for part in why if (sentence := _sentence(*part)))


#: Return the reason of a hit, worded when it is shown: tuple of (role, code, typed word, stored part).
in_words = lazy(_words, str)
