"""What an action would make of a record, shown before it is done, beside what it is now."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from victims.desk.wording import worded
from victims.dossier import Dossier, dossiers
from victims.labels import label
from victims.models import Sentence, Victim
from victims.models.facts import CaseField
from victims.models.values import own
from victims.vocabulary import Status

#: Where the fields of a person stand in the record form, if not under their own name.
SLOTS = {"birth": "birth.date", "birth_place": "birth.place"}


def foreseen(act: Callable[[], Victim]) -> list["Line"]:
    """Return what would be told of the person after ``act``, which is done in full and taken back.

    Raises what ``act`` raises.
    """
    with transaction.atomic():
        # As it is stored: what ``act`` returns may still have the columns from before.
        [dossier] = dossiers([Victim.objects.get(pk=act().pk)])
        lines = told(dossier)  # computed while it is so
        transaction.set_rollback(True)
    return lines


@dataclass(slots=True)
class Line:
    """One thing that is told of a person, in words; ``changed`` where the other side does not tell it.

    ``aside``: whether it is the one that is shown, how many entries tell it.
    """

    label: str
    words: str
    aside: str = ""
    text: str = ""
    language: str = ""
    changed: bool = False

    @property
    def said(self) -> tuple:
        return self.label, self.words, self.text


def told(dossier: Dossier) -> list[Line]:
    """Return all that is told of a person, line by line."""
    victim = dossier.victim
    status = _(Status(victim.status).label)
    if victim.synthetic:
        status += f", {_('synthetic person who never lived')}"
    lines = [Line(_("Status"), status)]
    for field in dossier.fields.values():
        slot = SLOTS.get(field.name, field.name)
        for value in field.values:
            shown = _("shown") if value.shown and len(field.values) > 1 else ""
            lines.append(Line(_(label(slot)), worded(slot, _plain(value.value)), shown))
    tellings = [telling for chapter in dossier.chapters for telling in chapter.events]
    lines += [Line(_(label(telling.slot)), _event(telling.fact), _sources(telling)) for telling in tellings]
    for entry in dossier.entries:
        lines.append(Line(_("Entry"), f"{entry.source.title}: {entry.item_key}", "", entry.text, entry.language))
    return lines


def _plain(value):
    return value if isinstance(value, str | int) else str(value)


def _sources(telling) -> str:
    several = len(telling.rows)
    return (
        ngettext("told by %(n)s entry", "told by %(n)s entries", several) % {"n": several} if several > 1 else ""
    )


def _event(row) -> str:
    """Return what a fact says in words."""
    words = []
    for field in own(type(row)):
        value = None if isinstance(field, CaseField) else getattr(row, field.name)
        if value not in (None, "", False):
            words.append(worded(f"{row.slot}.{field.name}", value if value is True else _plain(value)))
    if isinstance(row, Sentence):
        words[2:2] = [str(article.article) for article in row.articles.all()]
    return ", ".join(words)


def compare(before: list[list[Line]], after: list[Line]) -> None:
    """Mark the lines that stand on one side only."""
    there, then = {line.said for lines in before for line in lines}, {line.said for line in after}
    for lines in before:
        for line in lines:
            line.changed = line.said not in then
    for line in after:
        line.changed = line.said not in there
