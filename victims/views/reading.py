"""How one row of a fact reads: its fields in the words of the page, in the order in which they are told."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from victims.meanings import KINDS, label_of
from victims.models import (
    ArchivalFile,
    Arrest,
    Citation,
    Death,
    Imprisonment,
    NameForm,
    OfficialNotice,
    Photograph,
    Place,
    Rehabilitation,
    Sentence,
    SentenceRevision,
)
from victims.prose import translated
from victims.templatetags.wording import in_words, language, named_plainly, period, tongues
from victims.templatetags.wording import term as term_in_words
from victims.vocabulary import (
    RULE_TROIKA_1937,
    Attribution,
    Circumstance,
    FormState,
    ImprisonmentEnd,
    Manner,
    SentenceKind,
)

#: Kinds of printed words whose codes have names; an article's code is its own name.
TOLD = frozenset(KINDS) - {"article"}


class Said(NamedTuple):
    """One value: its words, whether they are a source's own, where it leads, what is to be known of it."""

    text: str
    printed: bool = False
    url: str = ""
    note: str = ""


Reader = Callable[[object], Iterable[Said]]


def dated(name: str, words: Callable[[str], str] = in_words) -> Reader:
    """Read a date, or the words of one that could not be read."""

    def read(row):
        if value := getattr(row, name):
            yield Said(words(value))
        elif printed := getattr(row, f"{name}_printed", ""):
            yield Said(printed, True, note=_("as printed"))

    return read


def printed(name: str) -> Reader:
    """Read words of the source: a form of the dictionary or a text."""

    def read(row):
        if value := getattr(row, name):
            yield of_form(value)

    return read


def of_form(value) -> Said:
    """Return printed words with what they mean: a body and a site have pages of their own.

    Who does not read the words is told their meaning in the page's language, as far as it is recognised.
    """
    if isinstance(value, str):
        return Said(value, True)
    foreign = language() != "ru"
    if isinstance(value, Place):
        meant = value.site or value.region
        url = reverse("victims:site", args=[value.site.slug]) if value.site_id else ""
        return Said(value.text, True, url, named_plainly(meant) if foreign and meant else "")
    if value.body_id:
        url = reverse("victims:body", args=[value.body.slug])
        return Said(value.text, True, url, named_plainly(value.body) if foreign else "")
    if value.kind == "body" and value.state == FormState.UNRECOGNISED:
        return Said(value.text, True, note=_("not recognised as a body yet"))
    told = foreign and value.code and value.kind in TOLD
    return Said(value.text, True, note=label_of(value.kind, value.code, language()) if told else "")


def coded(name: str, codes) -> Reader:
    """Read a code of a closed list."""

    def read(row):
        if value := getattr(row, name):
            yield Said(_(codes(value).label))

    return read


def term(row):
    if row.term:
        yield Said(term_in_words(row.term))


def articles(row):
    if told := [part.article.text for part in row.articles.all()]:
        yield Said("; ".join(told), True)


def category(row):
    if row.category is not None:
        yield Said(str(row.category))


def operation(row):
    """Tell the operation of a sentence and how it is known; that it is unknown, is told too."""
    if row.operation is None:
        yield Said(_("unknown"), note=_("not printed, and no rule infers it"))
        return
    if row.attribution == Attribution.PRINTED:
        how = _("known: printed in the source")
    elif row.rule == RULE_TROIKA_1937:
        how = _(
            "inferred, not printed: by the rule “%(rule)s” (a troika of the NKVD of a republic, territory or "
            "region that sat between 5 August 1937 and 17 November 1938)"
        ) % {"rule": row.rule}
    else:
        how = _("inferred, not printed: by the rule “%(rule)s”") % {"rule": row.rule}
    yield Said(named_plainly(row.operation), url=reverse("victims:operation", args=[row.operation.code]), note=how)


def sitting(row):
    """Tell the number of the protocol, where the sitting or the sentence has one."""
    if row.protocol or (row.sitting and row.sitting.protocol):
        yield Said(f"№ {row.protocol or row.sitting.protocol}")


def remark(row):
    """Tell a note in its own words, or in the page's language where it is one of the reference data."""
    if row.note:
        own = translated(row.note, language())
        yield Said(own or row.note, not own)


PUNISHMENT = (
    ("body", printed("body")),
    ("verdict", printed("verdict")),
    ("kind", coded("kind", SentenceKind)),
    ("term", term),
)
#: Kind of fact -> its fields in the order in which they are told: (place in the record form, reader).
FIELDS: dict[type, tuple[tuple[str, Reader], ...]] = {
    Arrest: (
        ("date", dated("date")),
        ("body", printed("body")),
        ("place", printed("place")),
        ("measure", printed("measure")),
        ("note", remark),
    ),
    Sentence: (
        ("date", dated("date")),
        ("body", printed("body")),
        ("protocol", sitting),
        ("place", printed("place")),
        ("charge", printed("charge")),
        ("articles", articles),
        ("verdict", printed("verdict")),
        ("kind", coded("kind", SentenceKind)),
        ("term", term),
        ("category", category),
        ("operation", operation),
        ("note", remark),
    ),
    SentenceRevision: (("date", dated("date")), *PUNISHMENT, ("note", remark)),
    Imprisonment: (
        ("date", dated("date", period)),
        ("place", printed("place")),
        ("ended", coded("ended", ImprisonmentEnd)),
        ("note", remark),
    ),
    Death: (
        ("date", dated("date")),
        ("manner", coded("manner", Manner)),
        ("circumstance", coded("circumstance", Circumstance)),
        ("place", printed("place")),
        ("burial_place", printed("burial_place")),
        ("note", remark),
    ),
    Rehabilitation: (
        ("date", dated("date")),
        ("body", printed("body")),
        ("ground", printed("ground")),
        ("withdrawn", dated("withdrawn")),
        ("withdrawn_by", printed("withdrawn_by")),
        ("withdrawn_ground", printed("withdrawn_ground")),
        ("note", remark),
    ),
    OfficialNotice: (
        ("told_date", dated("told_date")),
        ("told_cause", printed("told_cause")),
        ("told_sentence", printed("told_sentence")),
        ("given", dated("given")),
        ("given_by", printed("given_by")),
        ("note", remark),
    ),
}


def form_of_name(row: NameForm):
    text = row.printed or " ".join(part for part in (row.surname, row.given_name, row.patronymic) if part)
    if text:
        notes = filter(None, (tongues(row.language), row.note))
        yield Said(text, not row.language, note="; ".join(notes))


def photograph(row: Photograph):
    words = row.caption or row.file_name
    by = [_("author: %(name)s") % {"name": row.author}] if row.author else []
    yield Said(words, True, note="; ".join([*by, *filter(None, (row.rights, row.note))]))


def archival_file(row: ArchivalFile):
    url = reverse("victims:source", args=[row.unit.slug]) if row.unit else ""
    yield Said(row.printed, True, url, row.note)


def citation(row: Citation):
    yield Said(", ".join(part for part in (row.form.text, row.locator) if part), True, note=row.note)
