"""Entries of Polish, Baltic and German books: a name, a birth, then events that verbs of `data/latin.csv` tell.

"Nowak Jan, syn Adama, ur. 1901 w Grodnie, Polak. Aresztowany 10.02.1940. Skazany przez OSO na 8 lat łagru."
"TAMM, Juhan Jaani p., s. 1895 Viljandimaal, talunik. Arr. 14.06.1941, surn. 3.03.1942 Sevurallag."
A label owns the words up to the next one; what none of its readers understands stays in the remainder.
"""

import re
from itertools import pairwise

from victims.entries import dates
from victims.entries.clauses import Range, in_latin, split_clauses
from victims.entries.draft import Reading
from victims.entries.lexicon import table

_WORDS = {row["kind"]: row["words"] for row in table("latin.csv")}
_LABELS = ("born", "residence", "arrest", "convict", "act", "shot", "died", "rehabilitation", "released")
_LABEL = re.compile(rf"(?<!\w)(?:{'|'.join(f'(?P<{kind}>{_WORDS[kind]})' for kind in _LABELS)})(?!\w)", re.I)
_NATIONALITY = re.compile(rf"\W*(?:{_WORDS['nationality']})\W*", re.I)
_KINDS = ("vmn", "special_settlement", "camp", "prison", "exile")
_KIND = re.compile(rf"(?<!\w)(?:{'|'.join(f'(?P<{kind}>{_WORDS[kind]})' for kind in _KINDS)})(?!\w)", re.I)

#: Beginnings of the months in Polish, Estonian, Latvian, Lithuanian, German and English.
_MONTHS = (
    "stycz|jaan|janv|saus|jan", "lut|veeb|vasar|feb", "mar[ct]|märts|kov|märz", "kwie|apr|baland",
    "maj|mai|maij|geguž|may", "czerw|juun|jūnij|birž|juni|june", "lip|juul|jūlij|liep|juli|july",
    "sierp|aug|rugpj", "wrze|sept|rugs", "paźdz|okt|spal|oct", "listop|nov|lapkr", "grud|dets|dec|gruod|dez",
)  # fmt: skip
_MONTH = "|".join(f"(?P<m{number}>{stems})" for number, stems in enumerate(_MONTHS, 1))
_DATE = re.compile(
    r"(?<![\w.-])(?:(?:am|dnia|on|im\sjahre|(?:w|we|in)(?=\s(?:\d{4}|[^\W\d]+\s\d{4})))\s)?(?:"
    r"(?P<d>\d{1,2})[./]\s?(?P<m>\d{1,2})[./]\s?(?P<y>\d{4})"
    rf"|(?:(?P<y4>\d{{4}})\s?(?:m\.|\.\s?gada)\s)?(?:(?P<d2>\d{{1,2}})\.?\s)?(?:{_MONTH})[^\W\d]*\.?"
    r"(?:\s(?P<d4>\d{1,2})\s?d\.|,?\s(?P<y2>\d{4}))?"
    r"|(?P<y3>1[89]\d\d|20[0-2]\d))(?!\w)(?:\s?(?:r|m|a)\.(?!\w))?", re.I,
)  # fmt: skip
_FATHER = re.compile(
    r",?\s(?:(?P<of>(?:syn|s\.|córka|c\.|son\sof|daughter\sof|sohn\sdes|tochter\sdes))\s(?P<father>[^\W\d_]+)"
    r"|(?P<father2>[^\W\d_]+)\s(?P<of2>p|poeg|t|tütar|d|dēls|m|meita)(?:\.|(?=,)))[\s,.]*$", re.I,
)  # fmt: skip
#: "Petraitis Jonas, Antano, g. 1899 m.": the name of the father in the genitive.
_GENITIVE = re.compile(r",\s(?P<father>[A-ZČŠŽ][^\W\d_]+(?:o|aus|ies|ės))[\s,.]*$")
_WHERE = re.compile(r"\s*(?P<lead>(?:w|we|in|at|bei)\s)\s*", re.I)
_BY = re.compile(
    r"(?<!\w)(?P<lead>przez|durch|vom|by)\s(?P<who>[^,;.]+?)(?=\s(?:na|do|zu|to|am|dnia)\s|[,;.]|$)", re.I
)
_TO = re.compile(r"(?<!\w)(?P<lead>na|zu|zum|to|uz)\s(?=\d|kar|śmier|tode|death|\w+\s(?:lat|years))", re.I)
_TERM = re.compile(
    r"(?<!\w)(?P<years>\d{1,2})\s?(?:\+\s?\d\s?)?"
    r"(?:lat\w{0,2}|rok\w?|years?|jahren?|met\w{1,3}|gad\w{1,3}|aasta\w*|a\.|l\.)(?!\w)", re.I,
)  # fmt: skip


def recognise(reading: Reading) -> bool:
    """True of an entry in Latin letters that opens with a name, before a birth or an event."""
    if not _LATIN_NAME.match(reading.text) or not in_latin(reading.text):
        return False
    first = _LABEL.search(reading.text)
    return first is not None and len(reading.text[: first.start()].split()) in _NAME_WORDS


_LATIN_NAME = re.compile(r"\W*[A-ZÀ-Ž](?:[a-zß-ž'’]|[A-ZÀ-Ž])[^\W\d_а-яё]")
#: A surname and a name at least, at most a few clauses of who the father was.
_NAME_WORDS = range(2, 9)


def read(reading: Reading) -> None:
    """Read an entry of this form."""
    text = reading.text
    labels = list(_LABEL.finditer(text))
    _read_name(reading, 0, labels[0].start())
    edges = [*(label.start() for label in labels), len(text)]
    for label, (_, end) in zip(labels, pairwise(edges), strict=True):
        reading.label(*label.span())
        _tell_sex(reading, label)
        _READERS[label.lastgroup](reading, label, label.end(), end)


def _read_name(reading: Reading, start: int, end: int) -> None:
    """Read "Nowak Jan, syn Adama", "TAMM, Juhan Jaani p."."""
    told = _FATHER.search(reading.text, start, end) or _GENITIVE.search(reading.text, start, end)
    if told:
        groups = told.groupdict()
        reading.put_text("patronymic", told.span("father" if groups["father"] else "father2"))
        if of := groups.get("of") or groups.get("of2"):
            at = told.span("of" if groups["of"] else "of2")
            reading.put("sex", "female" if _is_daughter(of, bool(groups["of"])) else "male", at)
        end = told.start()
    words = [match.span() for match in re.finditer(r"[^\s,;.]+\.?", reading.text[start:end])]
    reading.put_text("surname", *words[:1])
    reading.put_text("given_name", *[(begin, stop) for begin, stop in words[1:]][:3])


def _is_daughter(of: str, before: bool) -> bool:
    """Tell a daughter: "córka Adama", "c. Adama"; behind the name "Jaani t.", "Kārļa m."."""
    word = of.casefold().rstrip(".")
    return word.startswith(("c", "daughter", "tochter")) if before else word in ("t", "tütar", "m", "meita")


#: Participles that tell the sex by their ending; German and Estonian ones do not.
_ENDINGS = re.compile(
    r"(?:(?P<male>[nł]y|ts|tas|zmarł|gimęs|dzimis|miris)|(?P<female>[nł]a|ta|gimusi|dzimusi|mirusi))$"
)


def _tell_sex(reading: Reading, label: re.Match[str]) -> None:
    told = _ENDINGS.search(label[0].casefold())
    if told and reading.record["sex"] is None:
        reading.put("sex", told.lastgroup, label.span())


def _date(reading: Reading, slot: str, start: int, end: int) -> list[Range]:
    """Take the first date of a range into a slot; return what stands before and behind it."""
    match = _DATE.search(reading.text, start, end)
    value = match and _edtf(match)
    if match and not value:
        reading.warn("impossible_date")
    elif not match or not reading.put(slot, value, match.span()):
        return [(start, end)]
    return [(start, match.start()), (match.end(), end)]


def _edtf(match: re.Match[str]) -> str | None:
    month = int(match["m"] or 0) or next((number for number in range(1, 13) if match[f"m{number}"]), 0)
    day = int(match["d"] or match["d2"] or match["d4"] or 0)
    year = match["y"] or match["y2"] or match["y3"] or match["y4"]
    if year is None:
        return None
    if not day:
        return f"{year}-{month:02}" if month else year
    value = f"{year}-{month:02}-{day:02}"
    return value if dates.is_day(value) else None


def _read_birth(reading: Reading, label: re.Match[str], start: int, end: int) -> None:
    """Read the date, the place to the next comma, then nationality and trade."""
    *_, (start, end) = _date(reading, "birth.date", start, end)
    first, *rest = split_clauses(reading.text, start, end)
    if reading.says(first):
        _place(reading, "birth.place", *first)
    trade = []
    for clause in rest:
        if not trade and not reading.filled("birth.place") and _DISTRICT.search(reading.text, *clause):
            _place(reading, "birth.place", *clause)
            continue
        if _NATIONALITY.fullmatch(reading.text, *clause) and reading.put_text("nationality", clause):
            continue
        trade.append(clause)
    if any(reading.says(clause) for clause in trade):
        reading.put_text("occupation", (trade[0][0], trade[-1][1]))


#: "Kauno apskr.", "pow. Lida": a clause that names a place where no word leads it in.
_DISTRICT = re.compile(r"(?<!\w)(?:apskr|vls|raj|pag|apr|vald|mk|khk|pow|woj|gm|kreis)(?:\.|č\.|(?!\w))", re.I)


def _place(reading: Reading, slot: str, start: int, end: int) -> None:
    if lead := _WHERE.match(reading.text, start, end):
        reading.label(*lead.span("lead"))
        start = lead.end()
    reading.put_text(slot, (start, end))


def _read_residence(reading: Reading, label: re.Match[str], start: int, end: int) -> None:
    _place(reading, "residence", start, end)


def _by(reading: Reading, slot: str, pieces: list[Range]) -> list[Range]:
    """Take "przez OSO", "durch das Gericht" out of the pieces into a slot; return what is left."""
    left = []
    for start, end in pieces:
        told = _BY.search(reading.text, start, end)
        if told and reading.put_text(slot, told.span("who")):
            reading.label(*told.span("lead"))
            left += [(start, told.start()), (told.end(), end)]
        else:
            left.append((start, end))
    return left


def _read_acted(reading: Reading, label: re.Match[str], start: int, end: int) -> None:
    slot = reading.event("arrests" if label.lastgroup == "arrest" else "rehabilitations")
    _by(reading, f"{slot}.body", _date(reading, f"{slot}.date", start, end))


def _read_release(reading: Reading, label: re.Match[str], start: int, end: int) -> None:
    """Read the end of a term: what is told is that it was served until then."""
    slot = reading.event("imprisonments")
    reading.put(f"{slot}.ended", "released", label.span())
    match = _DATE.search(reading.text, start, end)
    if match and (value := _edtf(match)):
        reading.put(f"{slot}.date", f"../{value}", match.span())


def _read_conviction(reading: Reading, label: re.Match[str], start: int, end: int) -> None:
    """Read the day, who judged, and the punishment: led in by "na", or a term, or in the verb itself."""
    slot = reading.event("sentences")
    pieces = _by(reading, f"{slot}.body", _date(reading, f"{slot}.date", start, end))
    for begin, stop in pieces:
        to = _TO.search(reading.text, begin, stop)
        told = to or _TERM.search(reading.text, begin, stop) or _KIND.search(reading.text, begin, stop)
        if told:
            if to:
                reading.label(*to.span("lead"))
            _verdict(reading, slot, (to.end() if to else told.start(), stop))
            return
    if _KIND.search(label[0]):
        _verdict(reading, slot, label.span())


def _read_act(reading: Reading, label: re.Match[str], start: int, end: int) -> None:
    """Read "Deportowana 13.04.1940 do Kazachstanu": the verb, and where to."""
    slot = reading.event("sentences")
    pieces = [piece for piece in _date(reading, f"{slot}.date", start, end) if reading.says(piece)]
    _verdict(reading, slot, label.span(), *pieces[-1:])


def _verdict(reading: Reading, slot: str, *pieces: Range) -> None:
    if not reading.put_text(f"{slot}.verdict", *pieces):
        return
    words = pieces[0][0], pieces[-1][1]
    kind, term = _KIND.search(reading.text, *words), _TERM.search(reading.text, *words)
    if kind or term:
        reading.put(f"{slot}.kind", kind.lastgroup if kind else "prison", (kind or term).span())
    else:
        reading.put(f"{slot}.kind", "other", words)
    if term and (not kind or kind.lastgroup != "vmn"):
        reading.put(f"{slot}.term", f"P{int(term['years'])}Y", term.span())


def _read_death(reading: Reading, label: re.Match[str], start: int, end: int) -> None:
    reading.put("death.manner", label.lastgroup, label.span())
    *_, (start, end) = _date(reading, "death.date", start, end)
    if reading.says((start, end)):
        _place(reading, "death.place", start, end)


_READERS = {
    "born": _read_birth,
    "residence": _read_residence,
    "arrest": _read_acted,
    "rehabilitation": _read_acted,
    "convict": _read_conviction,
    "act": _read_act,
    "shot": _read_death,
    "died": _read_death,
    "released": _read_release,
}
