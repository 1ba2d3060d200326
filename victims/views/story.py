"""A life in the order of time, told in plain sentences that hold in every language of the pages.

A verb agrees with the person alone and a date stands beside it as it is written; words of a source stay in
quotation marks as printed, so that nothing has to be declined. What no source tells is said at the end.
"""

from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from memorial import edtf
from victims.dossier import Dossier, Telling, in_order
from victims.models import Arrest, Birth, Death, Imprisonment, OfficialNotice, Rehabilitation, Sentence
from victims.templatetags.wording import in_words, language, named_plainly, period, said, term
from victims.vocabulary import Circumstance, ImprisonmentEnd, Manner, SentenceKind


class Step(NamedTuple):
    """One sentence of the story: its place in the record form, its words, the entries that tell it."""

    slot: str
    words: SafeString
    numbers: list[int]


def _verbs(sex: str) -> dict[str, str]:
    """Return the verbs of a story as they agree with the person; nouns where the sex is not told."""
    if sex == "female":
        return {
            "born": pgettext("female", "Born"),
            "arrested": pgettext("female", "Arrested"),
            "sentenced": pgettext("female", "Sentenced"),
            "imprisoned": pgettext("female", "Imprisoned"),
            "shot": pgettext("female", "Shot"),
            "died": pgettext("female", "Died"),
            "rehabilitated": pgettext("female", "Rehabilitated"),
        }
    if sex == "male":
        return {
            "born": pgettext("male", "Born"),
            "arrested": pgettext("male", "Arrested"),
            "sentenced": pgettext("male", "Sentenced"),
            "imprisoned": pgettext("male", "Imprisoned"),
            "shot": pgettext("male", "Shot"),
            "died": pgettext("male", "Died"),
            "rehabilitated": pgettext("male", "Rehabilitated"),
        }
    return {
        "born": pgettext("sex not told", "Born"),
        "arrested": pgettext("sex not told", "Arrested"),
        "sentenced": pgettext("sex not told", "Sentenced"),
        "imprisoned": pgettext("sex not told", "Imprisoned"),
        "shot": pgettext("sex not told", "Shot"),
        "died": pgettext("sex not told", "Died"),
        "rehabilitated": pgettext("sex not told", "Rehabilitated"),
    }


def quoted(words) -> SafeString:
    """Return the words of a source in the quotation marks of the page's language."""
    marks = ("“", "”") if language() == "en" else ("«", "»")
    return format_html("{}{}{}", marks[0], said(str(words)), marks[1])


def _at(verb: str, date: str, printed: str = "", words=in_words) -> SafeString:
    """Return a verb with its date: "Shot 8 December 1937", "Arrested (February 1933)"."""
    if date:
        told = "{} {}" if edtf.is_day(date) else "{} ({})"
        return format_html(told, verb, words(date))
    if printed:
        return format_html("{} ({})", verb, quoted(printed))
    return format_html(_("{verb}, on a date that no source tells"), verb=verb)


def _sentence(*parts) -> SafeString:
    """Return parts as one sentence: the first stands alone, the others follow it after semicolons."""
    first, *others = [part for part in parts if part]
    text = first
    for part in others:
        text = format_html("{}; {}", text, part)
    return text if str(text).endswith(".") else format_html("{}.", text)


def _with(label: str, words) -> SafeString | str:
    return format_html("{}: {}", label, quoted(words)) if words else ""


class Story:
    """Tells a dossier; ``steps`` from birth to rehabilitation, ``unknown`` what no source tells."""

    def __init__(self, dossier: Dossier):
        self.dossier, self.victim = dossier, dossier.victim
        self.verbs = _verbs(self.victim.sex)

    def steps(self) -> list[Step]:
        found = [self._birth()] if self.dossier.rows(Birth) or self.victim.birth else []
        tell = {
            Arrest: self._arrest,
            Sentence: self._judged,
            Imprisonment: self._imprisonment,
            Death: self._death,
            Rehabilitation: self._rehabilitation,
        }
        events = [telling for chapter in self.dossier.chapters for telling in chapter.events]
        seen_death = False
        for telling in in_order(events):
            model = type(telling.fact)
            if model is Death:
                if seen_death:
                    continue
                seen_death = True
            found.append(Step(telling.slot, tell[model](telling), self._numbers(telling)))
        notices = [
            Step(telling.slot, self._notice(telling), self._numbers(telling))
            for telling in self.dossier.tellings(OfficialNotice)
        ]
        return _with_notices(found, notices)

    def _numbers(self, telling: Telling) -> list[int]:
        return sorted({self.dossier.numbers[entry.pk] for entry in telling.entries})

    def _differs(self, *names: str) -> str:
        fields = [self.dossier.fields.get(name) for name in names]
        return _("sources differ, see below") if any(field and field.differs for field in fields) else ""

    def _birth(self) -> Step:
        rows = [row for row in self.dossier.rows(Birth) if row.date or row.place_id or row.date_printed]
        printed = next((row.date_printed for row in rows if row.date_printed), "")
        words = _sentence(
            _at(self.verbs["born"], self.victim.birth, printed),
            _with(_("place, as printed"), self.victim.birth_place),
            self._differs("birth", "birth_place"),
        )
        return Step("birth", words, sorted({self.dossier.numbers[row.entry_id] for row in rows}))

    def _arrest(self, telling: Telling) -> SafeString:
        row = _fullest(telling.rows, "date", "body_id")
        return _sentence(
            _at(self.verbs["arrested"], row.date, row.date_printed),
            _with(_("by, as printed"), row.body),
            _dates_differ(telling.rows),
        )

    def _judged(self, telling: Telling) -> SafeString:
        row = _fullest(telling.rows, "date", "kind", "body_id")
        what = _(SentenceKind(row.kind).label) if row.kind else ""
        if not what and row.verdict:
            what = _with(_("verdict, as printed"), row.verdict)
        operation = ""
        if row.operation:
            known = _("inferred, not printed") if row.attribution == "inferred" else _("printed in the source")
            operation = f"{named_plainly(row.operation)} ({known})"
        return _sentence(
            _at(self.verbs["sentenced"], row.date, row.date_printed),
            what or _("to what, no source tells"),
            term(row.term) if row.term else "",
            _with(_("by, as printed"), row.body),
            operation,
            _("changed later, see below") if row.revisions.all() else "",
            _dates_differ(telling.rows),
        )

    def _imprisonment(self, telling: Telling) -> SafeString:
        row = _fullest(telling.rows, "date", "place_id")
        return _sentence(
            _at(self.verbs["imprisoned"], row.date, row.date_printed, period),
            _with(_("place, as printed"), row.place),
            _(ImprisonmentEnd(row.ended).label) if row.ended else "",
        )

    def _death(self, telling: Telling) -> SafeString:
        victim = self.victim
        verb = self.verbs["shot" if victim.manner == Manner.SHOT else "died"]
        row = telling.fact
        circumstance = next((one.circumstance for one in telling.rows if one.circumstance), "")
        place = next((one.place for one in telling.rows if one.place_id), "")
        differ = len({one.date for one in self.dossier.rows(Death) if one.date}) > 1
        return _sentence(
            _at(verb, victim.death, row.date_printed),
            aged(victim),
            _(Circumstance(circumstance).label) if circumstance else "",
            _with(_("place, as printed"), place),
            _with(_("place of burial, as printed"), victim.burial_place),
            _("sources differ, see below") if differ else "",
        )

    def _notice(self, telling: Telling) -> SafeString:
        row = telling.fact
        told = in_words(row.told_date) if row.told_date else ""
        recorded, shown = self.victim.death, self.victim
        contradicted = (row.told_date and recorded) and (
            shown.death_latest < row.told_date_earliest or row.told_date_latest < shown.death_earliest
        )
        given = format_html(" ({})", in_words(row.given)) if row.given else ""
        return _sentence(
            format_html(
                "{}{}{}",
                _("What the state told the family of the death"),
                given,
                format_html(": {}", told) if told else "",
            ),
            _with(_("cause, as told"), row.told_cause),
            _with(_("sentence, as told"), row.told_sentence),
            format_html("{}: {}", _("sources tell another date"), in_words(recorded))
            if contradicted
            else "",
        )

    def _rehabilitation(self, telling: Telling) -> SafeString:
        row = _fullest(telling.rows, "date", "body_id")
        withdrawn = next((one.withdrawn for one in telling.rows if one.withdrawn), "")
        return _sentence(
            _at(self.verbs["rehabilitated"], row.date, row.date_printed),
            _with(_("by, as printed"), row.body),
            format_html("{}: {}", _("the rehabilitation was withdrawn"), in_words(withdrawn)) if withdrawn else "",
        )

    def unknown(self) -> list[str]:
        """Return what no source here tells of the person, in the words of the page."""
        told, victim = self.dossier, self.victim
        born = victim.birth or any(row.date_printed for row in told.rows(Birth))
        missing = (
            (not born, _("when the person was born")),
            (not victim.birth_place, _("where the person was born")),
            (not told.rows(Arrest), _("when and by whom the person was arrested")),
            (not told.rows(Sentence), _("who passed the sentence, when, and to what")),
            (not told.rows(Death), _("whether, when and how the person died")),
            (victim.manner == Manner.SHOT and not victim.death, _("when the person was shot")),
            (bool(told.rows(Death)) and not victim.burial_place, _("where the person is buried")),
            (not told.rows(Rehabilitation), _("whether the person was rehabilitated")),
        )
        return [words for is_missing, words in missing if is_missing]


def aged(victim) -> str:
    """Return the age at death in words where days tell it, or years leave one of two; else nothing."""
    if not (victim.birth and victim.death) or victim.death == victim.birth:
        return ""
    born, died = victim.birth, victim.death
    first, last = (victim.birth_earliest, victim.birth_latest), (victim.death_earliest, victim.death_latest)
    if any(one.year != other.year for one, other in (first, last)):
        return ""
    years = victim.death_latest.year - victim.birth_latest.year
    if edtf.is_day(born) and edtf.is_day(died):
        years -= (last[0].month, last[0].day) < (first[0].month, first[0].day)
        return ngettext("aged %(years)s", "aged %(years)s", years) % {"years": years} if 0 <= years < 120 else ""
    if not 1 <= years < 120:
        return ""
    words = ngettext("aged %(low)s or %(high)s", "aged %(low)s or %(high)s", years)
    return words % {"low": years - 1, "high": years}


def life(victim) -> list[str]:
    """Return birth and death in a few words: "born 21 January 1882", "shot 8 December 1937", the age."""
    shot, told = victim.manner == Manner.SHOT, []
    if victim.birth:
        told.append(_("born %(date)s") % {"date": in_words(victim.birth)})
    if victim.death:
        told.append((_("shot %(date)s") if shot else _("died %(date)s")) % {"date": in_words(victim.death)})
    elif victim.manner:
        told.append(_("shot, the date is not told") if shot else _("died, the date is not told"))
    return [*told, *filter(None, [aged(victim)])]


def _with_notices(steps: list[Step], notices: list[Step]) -> list[Step]:
    """Put what the family was told behind the death, before the rehabilitation."""
    place = next((at for at, step in enumerate(steps) if step.slot == Rehabilitation.slot), len(steps))
    after = [at + 1 for at, step in enumerate(steps) if step.slot == Death.slot]
    place = max([place, *after]) if after else place
    return [*steps[:place], *notices, *steps[place:]]


def _fullest(rows: list, *names: str):
    """Return the row that tells most of some fields; the first of several."""
    return max(rows, key=lambda row: sum(bool(getattr(row, name)) for name in names))


def _dates_differ(rows: list) -> str:
    return _("sources differ, see below") if len({row.date for row in rows if row.date}) > 1 else ""


