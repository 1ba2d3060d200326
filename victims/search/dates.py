"""Dates as people type them into a box, for fields that are asked in EDTF (pure).

"5.8.1937", "05/08/1937", "5 августа 1937 г.", "August 5, 1937", "серпень 1937", "1937–1938", "с 1937 по 1938",
"1897±2", "после 1937", "около 1890", "autumn 1937", "1889 or 1890", "1930s". A day stands before its month, as in
all languages of the pages.
"""

import re

#: First letters of the months in Russian, Ukrainian, English and German.
_MONTHS = (
    "янв січ jan jän", "фев лют feb", "мар бер mar mär", "апр кві apr", "май мая мае маю тра may mai",
    "июн чер jun", "июл лип jul", "авг сер aug", "сен вер sep", "окт жов oct okt", "ноя лис nov",
    "дек гру dec dez",
)  # fmt: skip
_SEASONS = ("вес spr früh", "лет літ sum som", "осе осі aut", "зим win")
_NUMBER = {
    letters: number
    for first, table in ((1, _MONTHS), (21, _SEASONS))
    for number, words in enumerate(table, first)
    for letters in words.split()
}
_WORD = r"(?P<word>[^\W\d_]{3,})\.?"
_YEAR = r"(?P<year>1[789]\d\d|20[0-2]\d)(?:\s*(?:года?|году|г\.?|року|рік|році|р\.?))?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_DAY}\s*[./-]\s*{_MONTH}\s*[./-]\s*{_YEAR}",
        rf"{_MONTH}\s*[./]\s*{_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th)?\.?\s+{_WORD},?\s+{_YEAR}",
        rf"{_WORD}\s+{_DAY}(?:st|nd|rd|th)?,\s*{_YEAR}",
        rf"(?:[ву]\s+|in\s+)?{_WORD},?\s+{_YEAR}",
        rf"(?:[ву]\s+|in\s+)?{_YEAR}",
    )
)
_GIVE = re.compile(rf"{_YEAR}\s*(?:±|\+\s*/?\s*-)\s*(?P<more>\d{{1,2}})", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:(?:с|со|з|від|from|between|между|між|von)\s+)?(?P<first>.+?)"
    r"(?:\s*[–—−…/]\s*|\s+-\s+|(?<=\d{4})-(?=\d{4}\Z)|\s*\.\.+\s*|\s+(?:по|до|to|till|until|and|и|і|й|та|bis)\s+)"
    r"(?P<last>.+)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:около|ок\.|примерно|приблизительно|близько|бл\.|приблизно|about|around|circa|ca?\.|um)\s*(?P<one>.+)",
    re.IGNORECASE,
)
_EITHER = re.compile(r"(?P<first>.+?)\s+(?:или|либо|або|чи|or|oder)\s+(?P<last>.+)", re.IGNORECASE)
_DECADE = re.compile(
    r"(?:[ву]\s+|in\s+)?(?:the\s+)?(?P<tens>1[789]\d|20[0-2])0"
    r"(?:-?s|-?(?:е|х|ті|ві|ых|их)(?:\s*(?:годы|годах|гг\.?|роки|роках|рр\.?))?)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:до|не\s+позже|не\s+позднее|не\s+пізніше|before|until|by|not\s+(?:after|later\s+than)|vor)\s+(?P<one>.+)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?:после|після|не\s+раньше|не\s+ранее|не\s+раніше|с|з|since|after|from|not\s+(?:before|earlier\s+than)|nach|seit)\s+(?P<one>.+)",
    re.IGNORECASE,
)
_LONGEST = 60


def as_edtf(text: str) -> str:
    """Return a date or a span of time in EDTF; what is not understood, EDTF too, comes back as it was typed."""
    typed = " ".join(text.split())
    if len(typed) > _LONGEST:
        return text
    return _one(typed) or _span(typed) or text


def _one(typed: str) -> str:
    for form in _FORMS:
        if not (found := form.fullmatch(typed)):
            continue
        told = found.groupdict()
        month = _NUMBER.get(told["word"][:3].lower()) if told.get("word") else told.get("month")
        if told.get("word") and (month is None or (told.get("day") and int(month) > 12)):
            continue
        parts = [told["year"], *(f"{int(part):02}" for part in (month, told.get("day")) if part)]
        return "-".join(parts)
    return ""


def _span(typed: str) -> str:
    if found := _GIVE.fullmatch(typed):
        year, more = int(found["year"]), int(found["more"])
        return f"{year - more}/{year + more}"
    if found := _BETWEEN.fullmatch(typed):
        first, last = _one(found["first"]), _one(found["last"])
        return f"{first}/{last}" if first and last else ""
    if found := _EITHER.fullmatch(typed):
        first, last = _one(found["first"]), _one(found["last"])
        return f"[{min(first, last)},{max(first, last)}]" if first and last else ""
    if found := _DECADE.fullmatch(typed):
        return f"{found['tens']}X"
    if found := _ABOUT.fullmatch(typed):
        return f"{one}~" if (one := _one(found["one"])) else ""
    if found := _UNTIL.fullmatch(typed):
        return f"../{one}" if (one := _one(found["one"])) else ""
    if found := _SINCE.fullmatch(typed):
        return f"{one}/.." if (one := _one(found["one"])) else ""
    return ""
