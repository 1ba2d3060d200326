"""The desk's page of one person: their entries as forms, what is wrong with them, and saving them as one.

When two people have one record open, the second to save gets both: the page again, with their own changes
laid over what the first has saved, and a list of what that was.
"""

from dataclasses import dataclass

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.saying import in_words
from sources.models import Source, SourceKind
from victims.desk.forms import RecordForms
from victims.desk.history import standing
from victims.desk.wording import worded
from victims.editing import Refused, Wish, as_of, as_read, save
from victims.labels import label, warning
from victims.models import Entry, Victim, cluster
from victims.models.corrections import corrected, differing
from victims.models.rows import canonical, corrections
from victims.models.values import RecordError
from victims.permissions import may_enter, only_source
from victims.plausibility import doubts

NEW = "new"
COLUMNS = ("item_key", "locator", "language", "text")


@dataclass(slots=True)
class Clash:
    """What somebody else changed meanwhile in one place, and what we wrote there, if anything."""

    label: str
    before: object
    theirs: object
    ours: object = None


class WhyForm(forms.Form):
    """Why the record is changed, and the revision that was on the screen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=gettext_lazy("Reason of the change"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"size": 60}),
        help_text=gettext_lazy("Kept in the record's history."),
    )


class Card:
    """All forms of a person. ``data`` None shows the record as it is; ``add`` offers an entry of ``source``."""

    def __init__(self, user, victim: Victim | None = None, data=None, *, add: bool = False, source: str = ""):
        self.user, self.victim, self.data = user, victim, data
        self.clashes: list[Clash] = []
        #: Entries that are not of this record any more, with what was typed into them: [(name, [(label, words)])].
        self.lost: list[tuple[str, list]] = []
        self.why = WhyForm(data, initial={"revision": victim and victim.revision})
        self._then: dict | None = None
        self.seen = self._seen()
        self.sheets: list[RecordForms] = []
        self.locked: list[Entry] = []
        self.removed: set[int] = set()
        #: {entry: (its record, what differs from its columns)} at the revision that is shown.
        self.said: dict[int, tuple[dict, dict]] = {}
        if victim is not None:
            self._open(victim)
        if victim is None or add or (data is not None and f"{NEW}-source" in data):
            source = source or (only_source(user) if victim is None and data is None else "")
            told = {"language": "ru", "source": source[:100]}
            self.sheets.append(RecordForms(NEW, {}, told, data=data, user=user))
            if data is None:
                _begin_at(self.sheets[-1], "item_key" if source else "source")

    def _seen(self) -> int | None:
        """Return the revision that was on the screen; one that the log does not have is told as an error."""
        if self.victim is None:
            return None
        given = self.data.get("revision", "") if self.data is not None else str(self.victim.revision)
        if given.isdecimal() and len(given) < 10 and int(given) <= self.victim.revision:
            try:
                self._then = _said_then(self.victim, int(given)) if int(given) < self.victim.revision else None
                return int(given)
            except Refused:
                pass
        self.why = WhyForm({"revision": self.victim.revision, "why": self.data.get("why", "")})
        words = _("The form came back without the revision that it was opened at: look at it, then save again.")
        self.why.add_error(None, words)
        return self.victim.revision

    def _open(self, victim: Victim) -> None:
        """Make the sheets of a person's entries, as they were at the revision that was on the screen."""
        then = self._then  # entries may have moved to other records since
        wanted = {"victim": victim, "removed": False} if then is None else {"pk__in": then}
        found = list(Entry.objects.filter(**wanted).select_related("source").order_by("pk"))
        self.said = _said_now(victim, [entry.pk for entry in found]) if then is None else then
        for entry in found:
            if not may_enter(self.user, entry.source):
                self.locked.append(entry)
                continue
            record, columns = self.said[entry.pk]
            prefix = f"entry-{entry.pk}"
            columns = {name: getattr(entry, name) for name in COLUMNS} | columns | {"source": entry.source.slug}
            data = self.data if self.data is not None and f"{prefix}-locator" in self.data else None
            self.sheets.append(RecordForms(prefix, record, columns, data=data, user=self.user, entry=entry))
            if self.data is not None and f"{prefix}-remove" in self.data:
                self.removed.add(entry.pk)

    # what is asked of the page

    def is_valid(self) -> bool:
        if self.victim is not None:  # one more entry was offered, and nobody wanted it
            self.sheets = [
                sheet
                for sheet in self.sheets
                if sheet.entry or not sheet.form.is_bound or not sheet.blank or sheet.form["source"].data
            ]
        for sheet in self.sheets:
            if sheet.entry is None and sheet.form.is_bound and sheet.blank:
                words = _("Nothing is told yet: give the words of the source, or fill in what it says.")
                sheet.form.add_error("text", words)
        bound = [sheet for sheet in self.sheets if sheet.form.is_bound and not self._removed(sheet)]
        return all([self.why.is_valid(), *(sheet.is_valid() for sheet in bound)])

    def _removed(self, sheet: RecordForms) -> bool:
        return sheet.entry is not None and sheet.entry.pk in self.removed

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """What must be mended: [(id of the place on the page, label and message)]."""
        bound = [sheet for sheet in self.sheets if sheet.form.is_bound and not self._removed(sheet)]
        found = [complaint for sheet in bound for complaint in sheet.complaints]
        return found + [(self.why["why"].auto_id, str(one)) for told in self.why.errors.values() for one in told]

    def typed(self) -> list[tuple[str, list]]:
        """Return [(entry, [(label, words)])]: all that was typed, for a page that cannot take it any more."""
        found = [(str(sheet.entry or _("New entry")), sheet.typed()) for sheet in self.sheets]
        return [(name, pairs) for name, pairs in found if pairs]

    def read(self, prefix: str) -> list[str]:
        """Fill one entry's forms with what the parser reads in its text; return what it and we have to say.

        What a human typed stays, as it stays when a book comes in a new version. Refused where the forms
        cannot be read themselves: then they show why.
        """
        found = [at for at, sheet in enumerate(self.sheets) if sheet.prefix == prefix and sheet.form.is_bound]
        if not found:
            raise Refused(_("This entry is not of the record any more: load the record again."))
        sheet = self.sheets[found[0]]
        sheet.is_valid()
        sheet.form.errors.pop("source", None)  # there is time for that
        if sheet.complaints:
            raise Refused(_("Mend what is marked below, then read the text again."))
        told, source = sheet.form.cleaned_data, _any_source(sheet)
        text = told["text"].replace("\r\n", "\n").strip()
        made = as_read(text, source)
        before = sheet.entry and sheet.entry.reading
        if told["was_read"]:
            before = as_read(told["was_read"], source).reading
        try:
            kept = corrections(before or {}, sheet.record())
        except RecordError as error:
            self._refuse(sheet, error)
            raise Refused(_("Mend what is marked below, then read the text again.")) from error
        record = corrected(canonical(made.reading), kept)
        typed = {name: told.get(name) for name in COLUMNS} | {"text": text, "was_read": text}
        typed["source"] = self.data.get(f"{prefix}-source", "")
        if sheet.entry is not None:
            typed |= {"source": sheet.entry.source.slug, "item_key": sheet.entry.item_key}
        self.sheets[found[0]] = sheet = RecordForms(prefix, record, typed, user=self.user, entry=sheet.entry)
        _begin_at(sheet, "text")
        sheet.left = [text[start:end] for slot, pieces in made.spans or () if not slot for start, end in pieces]
        words = _("%(field)s stays as it was typed; the text reads: %(words)s")
        read = canonical(made.reading)
        doubt = _("The reading has a doubt: %(doubt)s")
        doubts = [doubt % {"doubt": _(warning(code))} for code in made.warnings or ()]
        return doubts + [
            words % {"field": _(label(slot)), "words": worded(slot, standing(read, slot))}
            for slot, kept_value in kept.items()
            if standing(read, slot) not in (None, kept_value["value"])
        ]

    @staticmethod
    def _refuse(sheet: RecordForms, error: RecordError) -> None:
        sheet.refuse(error.slot, capfirst(in_words(error.message)))

    def save(self, status: str | None = None) -> Victim:
        """Write what the forms say; a RecordError is shown beside its field and raised again."""
        sheets = [sheet for sheet in self.sheets if sheet.form.is_bound and not self._removed(sheet)]
        wishes = [self._wish(sheet) for sheet in sheets]
        removed = [sheet.entry for sheet in self.sheets if self._removed(sheet)]
        if self.victim is not None and removed and len(removed) == len(self.sheets) + len(self.locked):
            raise Refused(_("At least one entry must stay: withdraw the record instead."))
        try:
            return save(
                wishes,
                user=self.user,
                why=self.why.cleaned_data["why"],
                victim=self.victim,
                revision=self.seen,
                status=status,
                remove=removed,
            )
        except RecordError as error:
            self._refuse(sheets[getattr(error, "index", 0)], error)
            raise

    def _wish(self, sheet: RecordForms) -> Wish:
        told = sheet.form.cleaned_data
        return Wish(
            source=sheet.entry.source if sheet.entry else told["source"],
            record=sheet.record(),
            text=told["text"],
            entry=sheet.entry,
            item_key=told["item_key"],
            locator=told["locator"],
            language=told["language"],
        )

    def doubts(self) -> list[tuple[str, str]]:
        """Return (label and value, doubt) for what is implausible in the record that is shown."""
        found = []
        for record, _columns in self.said.values():
            for slot, doubt in doubts(record):
                words = worded(slot, standing(record, slot) or standing(record, slot.replace("[0]", "")))
                found.append((f"{_(label(slot))} ({words})", _(doubt.label)))
        return found

    # two people in one record

    def reconciled(self) -> "Card":
        """Return the page again: our changes laid over what somebody else saved meanwhile, theirs listed."""
        now = Card(self.user, Victim.objects.get(pk=self.victim.pk))
        now.why = WhyForm(initial={"revision": now.victim.revision, "why": self.why.cleaned_data.get("why", "")})
        there = {sheet.prefix: at for at, sheet in enumerate(now.sheets)}
        base = self.said
        current = _said_now(now.victim, [sheet.entry.pk for sheet in now.sheets])
        for sheet in self.sheets:
            if sheet.entry is None:
                now.sheets.append(sheet)
            elif sheet.prefix not in there:
                now.lost.append((str(sheet.entry), sheet.typed()))
            elif sheet.form.is_bound:
                pk = sheet.entry.pk
                now.sheets[there[sheet.prefix]] = now._laid_over(sheet, base[pk], current[pk])
        now.removed = {pk for pk in self.removed if f"entry-{pk}" in there}
        return now

    def _laid_over(self, sheet: RecordForms, base: tuple, current: tuple) -> RecordForms:
        was, theirs, ours = canonical(base[0]), canonical(current[0]), canonical(sheet.record())
        alike = {slot for slot in was if _shape(was[slot]) == _shape(theirs.get(slot)) == _shape(ours.get(slot))}
        our_changes, their_changes = differing(was, ours, narrow=alike), differing(was, theirs, narrow=alike)
        for slot, value in their_changes.items():
            told = (standing(was, slot), value, our_changes.get(slot))
            self.clashes.append(Clash(_(label(slot)), *(worded(slot, one) for one in told)))
        record = corrected(theirs, {slot: {"value": value} for slot, value in our_changes.items()})
        told, entry = sheet.form.cleaned_data, Entry.objects.select_related("source").get(pk=sheet.entry.pk)
        columns = {"source": entry.source.slug, "item_key": entry.item_key}
        for name in ("locator", "language", "text"):
            before, typed, stored = base[1].get(name, getattr(entry, name)), told[name], getattr(entry, name)
            columns[name] = stored if typed == before else typed
            if stored != before:
                self.clashes.append(Clash(str(sheet.form.fields[name].label), before, stored))
        return RecordForms(sheet.prefix, record, columns, user=self.user, entry=entry)


def _begin_at(sheet: RecordForms, name: str) -> None:
    """Put whoever keys a card into a field of it: two dozen links of the frame stand before."""
    sheet.form.fields[name].widget.attrs["autofocus"] = True


def _said_now(victim: Victim, live: list[int]) -> dict[int, tuple[dict, dict]]:
    """Return {entry: (its record, what differs from its columns)} as the entries are."""
    laid = cluster.load([victim.pk])[victim.pk].laid
    return {pk: (record, {}) for pk, record in cluster.records({pk: laid[pk] for pk in live}).items()}


def _said_then(victim: Victim, revision: int) -> dict[int, tuple[dict, dict]]:
    """Return the same as it was at a revision."""
    return {
        row["id"]: (row["record"], {name: row.get(name, "") for name in ("locator", "text")} | _language(row))
        for row in as_of(victim, revision)["entries"]
        if not row.get("removed")
    }


def _language(row: dict) -> dict:
    return {"language": row["language"]} if "language" in row else {}


def _any_source(sheet: RecordForms):
    """Return a source to read a text for: which one it is does not matter to the parser."""
    return sheet.entry.source if sheet.entry else Source(pk=0, slug="-", kind=str(SourceKind.BOOK))


def _shape(value) -> tuple:
    return type(value), len(value) if isinstance(value, list) else 0
