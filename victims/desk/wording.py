"""What stands in a record, in words: labels for keys, dates and codes as people say them."""

from functools import cache

from django.utils.translation import gettext as _

from memorial import edtf
from victims.labels import label, plain
from victims.models import SentenceRevision
from victims.models.rows import SLOTS
from victims.models.values import own
from victims.templatetags.wording import in_words, term
from victims.vocabulary import Completeness, Sex

DATES = ("date", "date_old_style", "told_date", "given", "withdrawn")


@cache
def _codes() -> dict[tuple[str, str], dict[str, str]]:
    """Return {(slot, field): {code: its English label}}."""
    models = {**SLOTS, "revision": SentenceRevision}
    coded = ((slot, field) for slot, model in models.items() for field in own(model) if field.choices)
    found = {(slot, field.name): dict(field.choices) for slot, field in coded}
    return found | {("", "sex"): dict(Sex.choices()), ("", "completeness"): dict(Completeness.choices())}


def worded(slot: str, value) -> str:
    """Return a value of a slot ("arrests[0].date", "arrests") in words; "" for nothing."""
    *above, name = plain(slot).split(".")
    owner = above[-1] if above else ""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return "; ".join(worded(slot, one) for one in value)
    if isinstance(value, dict):
        told = (_pair(name, key, one) for key, one in value.items() if one not in (None, "", [], False))
        return ", ".join(told)
    if value is True:
        return _("yes")
    codes = _codes().get((owner, name))
    if codes and value in codes:
        return _(str(codes[value]))
    if name in DATES and isinstance(value, str) and edtf.is_valid(value):
        return in_words(value)
    return term(value) if name == "term" else str(value)


def _pair(owner: str, key: str, value) -> str:
    """Return one value of an object with its label; printed words need none."""
    words = worded(f"{owner}.{key}", value)
    return words if key in ("printed", "form", "text", "name") else f"{_(label(f'{owner}.{key}'))}: {words}"
