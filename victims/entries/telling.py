"""Sentences of running text that tell events, a residence or a trade.

Every verb of `data/labels.csv` opens an event, which owns the words after it up to the comma before the next
verb; the words before the first verb of a sentence (a date, a body) are its own too.
"""

import re

from victims.entries import (
    acts,
    aftermath,
    chains,
    charges,
    dates,
    death,
    description,
    events,
    judgments,
    places,
    rehabilitation,
    shootings,
    yearless,
)
from victims.entries.clauses import Range, in_latin, split_clauses, trim
from victims.entries.draft import Reading
from victims.entries.labels import EVENTS, Label, find_labels, match_label, skip_marks, tell_sex
from victims.entries.rejoining import rejoined

_NO_TRADE = re.compile(
    r"\s*(?:\*\*|(?:де)?мобилизов|тр(?:уд)?\.?\s?арми|служил[аи]?\s+в\s+(?:ркка|кра|ка|(?:\w+\s+)?армии)(?!\w)|"
    r"источник|дело|справу|уголовное дело|судим|освобожд|находил|содерж|срок|отбыв|ссылку|реаби|умер)"
)
_ARTICLES = re.compile(
    r"\W*(?:(?P<note>прот(?:окол)?\.?\s*№?\s*\d+)[,;]?\s+)?"
    r"(?:(?:ст|статья)\.?\s*){1,2}[:-]?\s*\d\d|\W*5[48]\s?-\s?\d"
)
_WAS = re.compile(r"(?<!\w)(?:был[аи]?|вновь|повторно|вторично|снова|впервые|був|була|быў|була|и|і)\s*$")
_NUMERAL = re.compile(r"\W*\d\W*")
_CHARGE_IN = re.compile(r"\s*(?:в|во|у)\s+(?=\w)")


def read_events(reading: Reading, sentences: list[Range]) -> None:
    """Read sentences of events, residence and trade; what tells neither stays in the remainder."""
    free: list[Range] = []
    for start, end in [part for one in rejoined(reading, sentences) for part in chains.parted(reading, one)]:
        if not reading.says((start, end)):
            continue
        begin = skip_marks(reading, (start, end))
        if _NUMERAL.fullmatch(reading.folded, start, end):
            reading.label(begin, end)  # "1. Арестован … 2. Арестован …"
            continue
        begin = chains.without_number(reading, begin, end)
        if chains.read(reading, begin, end) or judgments.read_passed_by(reading, begin, end) or (
            judgments.read_shot_by_article(reading, begin, end)
        ):
            continue
        stop = aftermath.end_of_custody(reading, begin, end)
        if aftermath.read(reading, begin, stop):
            if stop == end:
                continue
            begin = skip_marks(reading, (stop, end))
        if _read_year_alone(reading, begin, end):
            continue
        begin, end = _in_brackets(reading, begin, end)
        opening = match_label(reading, begin, end)
        if opening and opening.kind == "birth" and _read_late_birth(reading, opening, end):
            continue
        hits = find_labels(reading, begin, end)
        if opening and opening.kind not in ("birth", "origin_place", "source"):
            hits = [opening] + [hit for hit in hits if hit.start >= opening.end]
        hits = [hit for hit in hits if _counts(reading, hit)]
        if hits and hits[0].kind == "work" and free and not reading.says((free[-1][1], begin)):
            _read_free(reading, free)  # "Бывший лама. Работал пастухом"
            free = []
        if hits and not _is_punishment(reading, begin, end, opening):
            _read_sentence(reading, begin, end, _merged(reading, hits))
        elif not _read_without_verb(reading, begin, end):
            free.append((begin, end))
    _read_free(reading, free)


def _is_punishment(reading: Reading, start: int, end: int, opening: Label | None) -> bool:
    """True of "Расстрел с конфискацией", "Высшая мера наказания - расстрел" after a sentence without one."""
    noun = opening is not None and opening.kind == "shot" and not dates.find(reading.folded, start, end)
    if not noun and not reading.folded.startswith("высшая", start):
        return False
    return _awaits_verdict(reading) and _PUNISHMENT.fullmatch(reading.folded, start, end) is not None


def _read_without_verb(reading: Reading, start: int, end: int) -> bool:
    """Read a punishment, articles or a judgment that no verb tells; else False."""
    if _PUNISHMENT.fullmatch(reading.folded, start, end) and _awaits_verdict(reading):
        events.read_verdict(reading, reading.last("sentences"), start, end)
    elif _ARTICLES.match(reading.folded, start, end):
        _read_articles(reading, start, end)
    elif reading.filled("arrests") and judgments.names_judge(reading, start, end):
        judgments.read_judge(reading, start, end)
    elif judgments.is_judgment(reading, start, end):
        judgments.read_judgment(reading, start, end)
    else:
        return False
    return True


def _in_brackets(reading: Reading, start: int, end: int) -> Range:
    """Return what "(обв. - агитация)" holds, where a charge is all that stands between the brackets."""
    if not reading.folded.startswith("(", start, end):
        return start, end
    close = reading.folded.find(")", start, end)
    label = match_label(reading, start + 1, end)
    charge = label is not None and label.kind == "charge" and close > 0 and not reading.says((close, end))
    return (start + 1, close) if charge else (start, end)


def _read_articles(reading: Reading, start: int, end: int) -> None:
    """Read "Ст. 58-10", "(ст. 72, 73 УК Азерб. ССР) к ВМН" of the sentence told before."""
    to = events.VERDICT.search(reading.folded, start, end) if _awaits_verdict(reading) else None
    stop = to.start() if to else end
    if reading.folded[start] == "(" and (close := reading.folded.find(")", start, stop)) > 0:
        start, stop = start + 1, close
    if (note := _ARTICLES.match(reading.folded, start, stop)) and note["note"] and reading.open:
        reading.put_text(f"{reading.open}.note", note.span("note"))
        start = note.end("note")
    charges.keep_charge(reading, start, stop)
    if to:
        reading.label(*to.span())
        events.read_verdict(reading, reading.last("sentences"), to.end(), end)


def _read_late_birth(reading: Reading, label: Label, end: int) -> bool:
    """Read "Год рождения: 1901", "Родился ок. 1860 г. в д. Заря" that follow a trade or a place; else False."""
    found = dates.find(reading.folded, label.end, end, birth=True)
    if not found and not reading.filled("birth.place") and label.end < end and _before_events(reading, (end, end)):
        reading.label(label.start, label.end)
        tell_sex(reading, label)
        description.read_description(reading, label.end, end)
        return True
    if reading.filled("birth.date") or len(found) != 1 or reading.says((label.end, found[0].start)):
        return False
    if found[0].edtf is None:
        return False
    reading.label(label.start, label.end)
    tell_sex(reading, label)
    reading.put("birth.date", found[0].edtf, found[0][:2])
    if reading.says((found[0].end, end)) and not reading.filled("birth.place"):
        description.read_description(reading, found[0].end, end)
    return True


def _read_year_alone(reading: Reading, start: int, end: int) -> bool:
    """Read "1892 г. р." that follows the place: a year of birth and nothing else; else False."""
    if reading.filled("birth.date") or not reading.folded[start:end].rstrip(" .").endswith("р"):
        return False
    found = dates.find(reading.folded, start, end, birth=True)
    alone = len(found) == 1 and found[0].edtf and not reading.says((found[0].end, end))
    return bool(alone) and not reading.says((start, found[0].start)) and (
        reading.put("birth.date", found[0].edtf, found[0][:2])
    )


_ONLY_VERDICT = re.compile(r"\s*(?:к|до)\s+(?=\d|вмн|высш|расстр|лишен|заключ|ссыл|высыл|розстр|вищ)")
_PUNISHMENT = re.compile(
    r"\W*(?:к\s+)?(?:(?:вмн|вмп|розстріл|найвища\s+міра|расстрелу?|высш(?:ая|ей)\s+мер[ае](?:\s+наказания)?(?:\s*-\s*расстрел)?)(?:,?\s+(?:с\s+)?конф\w*\.?(?:\s+имущ\w*)?)?|"
    r"(?:на\s+)?\d{1,2}\s?(?:(?:лет|года?|годам|г\.|л\.)\s+|\s(?=итл|глс))(?:итл|втт|глс|гпп|л/св?|л\.\s?с|к/л|"
    r"лагер\w+|концлагер\w+|ссылки|высылки|тюрьмы|тюремн\w+\s+заключения|заключения|лишения\s+свободы|политизолятор\w*)"
    r"(?:,?\s+условно|\s+(?:и|с)\s+[^.;,()]{3,60})?|(?:лишение\s+свободы|ссылка|высылка|концлагерь|заключение)\W{1,4}\d{1,2}\s+(?:лет|года?))\W*"
)


def _tells_only_verdict(reading: Reading, lead: Range, tail: Range) -> bool:
    """True for "Приговорен к 5 годам концлагеря" after a sentence that told its date, its body, or its charge."""
    return (
        _awaits_verdict(reading)
        and _ONLY_VERDICT.match(reading.folded, *tail) is not None
        and not reading.says(lead)
        and not dates.find(reading.folded, *tail)
        and not events.names_body(reading, *tail)
    )


def _read_only_verdict(reading: Reading, start: int, end: int) -> None:
    to = _ONLY_VERDICT.match(reading.folded, start, end)
    reading.label(*to.span())
    events.read_verdict(reading, reading.last("sentences"), to.end(), end)


def _awaits_verdict(reading: Reading) -> bool:
    slot = reading.last("sentences")
    return slot is not None and not reading.filled(f"{slot}.verdict")


#: "заключен в Соловецкий лагерь", but not "заключен в 1937 г. в …".
_INTO_CAMP = re.compile(
    r"\s+(?:[а-я-]+(?:ий|ой|ый|ую|ие)\s+){0,2}(?:[а-я]*лаг|итл|тюр|полит|изол|солов|к/л|дом\s)"
)
#: "Срок 5 лет", but not "Срок: 1938-1946", when it was served.
_TERM_TOLD = re.compile(
    r"срок\W+(?:\d{1,2}\s?(?:лет|год\w*|г\.|л\.|мес\w*)(?!\w)|вмн|высш|расстр|[а-я]+\s+(?:лет|года))"
)
#: "служил в РККА в 1924-1926": what a person had been through is no trade.
_IN_ARMY = re.compile(
    r"\s*(?:в|у)\s+(?:ркка|кра|ка|красной\s+армии|(?:стар|царск|бел|русск|советск)\w+\s+(?:армии|флоте)|армии)(?!\w)"
)


def _counts(reading: Reading, hit: Label) -> bool:
    """A second birthplace is none, nor is "по обвинен. в …" a verb."""
    if hit.kind == "origin_place":
        return not reading.filled("birth.place")
    if hit.kind == "work" and _IN_ARMY.match(reading.folded, hit.end):
        return False
    if hit.kind == "verdict" and reading.folded.startswith("срок", hit.start):
        return _TERM_TOLD.match(reading.folded, hit.start) is not None
    if hit.kind == "convict" and reading.folded[hit.start : hit.word_end] == "суд":
        day = next(iter(dates.find(reading.folded, hit.end, min(hit.end + _LONGEST_DAY, len(reading.text)))), None)
        return day is not None and not reading.says((hit.end, day.start))
    if hit.kind == "shot" and reading.folded.endswith("к ", 0, hit.start):
        return False  # "осужд. к расстр."
    if hit.kind == "verdict" and reading.folded.endswith(("высшая ", "высшей "), 0, hit.start):
        return False  # "высшая мера наказания - расстрел"
    if hit.kind == "act" and reading.folded.endswith(" в", 0, hit.word_end):
        return _INTO_CAMP.match(reading.folded, hit.word_end) is not None
    if hit.kind in EVENTS and death.told_of_kin(reading, hit.start):
        return False
    return hit.kind != "charge" or not reading.folded.endswith("по ", 0, hit.start)


def _merged(reading: Reading, hits: list[Label]) -> list[Label]:
    """Two punishments told as one: "раскулачен и выслан"."""
    kept: list[Label] = []
    for hit in hits:
        if (
            kept
            and hit.kind == kept[-1].kind == "act"
            and reading.folded[kept[-1].word_end : hit.start].strip(" ,") in ("и", "", "і", "та", "и был")
        ):
            continue
        if hit.kind in ("shot", "act") and kept and kept[-1].kind == "verdict" and (
            _is_verdict(reading, kept[-1], hit)
        ):
            continue
        if kept and hit.kind == "residence" and kept[-1].kind == "origin_place" and (
            places.tells_both(reading, kept[-1].start, hit.end)
        ):
            continue  # "уроженец и житель д. Заборье"
        kept.append(hit)
    return kept


def _is_verdict(reading: Reading, label: Label, verb: Label) -> bool:
    """True of "Приговор: расстрелян", where no day follows: that is the punishment."""
    day = next(iter(dates.find(reading.folded, verb.end, min(verb.end + _LONGEST_DAY, len(reading.text)))), None)
    return not reading.says((label.end, verb.start)) and (day is None or reading.says((verb.end, day.start)))


def _read_free(reading: Reading, free: list[Range]) -> None:
    """The first sentence without a verb, when no trade is told, is the trade."""
    for sentence in free:
        opening = match_label(reading, skip_marks(reading, sentence), sentence[1])
        if opening and opening.kind == "birth":
            continue  # a second birth is no trade
        slot = description.slot_of(reading, *trim(reading.folded, *sentence))
        slot = slot or ("age" if description.tells_age(reading, *sentence) else None)
        if not slot and _goes_on_with_trade(reading, trim(reading.folded, *sentence)[0]) and (
            _TRADE_TOO.match(reading.folded, *sentence)
        ):
            description.extend_trade(reading, *sentence)
            continue
        alone = slot and len(split_clauses(reading.folded, *sentence)) == 1
        if alone and (slot == "sex" or not reading.filled(slot)) and _before_events(reading, sentence):
            description.read_clause(reading, slot, sentence)
        elif not reading.filled("residence") and _before_events(reading, sentence) and places.is_address(
            reading, *sentence
        ):
            description.read_place(reading, *sentence, "residence")
        elif not (
            reading.filled("occupation")
            or _NO_TRADE.match(reading.folded, *sentence)
            or dates.find(reading.folded, sentence[0], min(sentence[1], sentence[0] + 12))
            or not _before_events(reading, sentence)
            or in_latin(reading.text[slice(*sentence)])
        ):
            description.read_trade_text(reading, *sentence)


#: What goes on to tell a trade in a sentence of its own.
_TRADE_TOO = re.compile(
    r"\W*(?:без\s+определ|пенсионер|инвалид|домохоз|крестьян|колхоз|единолич|рабоч|служащ|красн\w+\s+партиз|бывш)"
)
_EVENTS = ("arrests[0]", "sentences[0]", "death.manner", "rehabilitations[0]")


def _before_events(reading: Reading, sentence: Range) -> bool:
    """A trade is told before the arrest."""
    firsts = [span.pieces[0][0] for span in reading.spans if span.slot.startswith(_EVENTS)]
    return not firsts or sentence[0] < min(firsts)


def _read_sentence(reading: Reading, start: int, end: int, hits: list[Label]) -> None:
    position = start
    for number, hit in enumerate(hits):
        stop = following = end
        if number + 1 < len(hits):
            stop, following = _parting(reading, hit, hits[number + 1])
        _read_event(reading, hit, (position, hit.start), (hit.end, stop))
        yearless.read(reading, hit.kind, (position, hit.start), (hit.end, stop), (start, end))
        position = following


def _parting(reading: Reading, hit: Label, following: Label) -> Range:
    """Where the words of one verb end and those that lead in the next begin: the last comma between them."""
    folded, start, end = reading.folded, hit.end, following.start
    if reading.text[end].isupper():
        return end, end  # nothing leads in what opens a sentence
    if following.kind in _DECIDED_KINDS and (led := _LED_IN.search(folded, start, end)):
        if led["and"]:
            reading.label(*led.span("and"))
        return led.start(), led.end()
    if folded.find("(", start, end) >= 0:
        begin = split_clauses(folded, start, end)[-1][0]
        return (begin, begin) if begin > start else (end, end)
    comma = max(folded.rfind(mark, start, end) for mark in ",;") + 1 or end
    if day := _DAY_NEXT.search(folded, max(start, end - _LONGEST_DAY), end):
        reading.label(*day.span("and"))
        return day.start(), day.end()
    return comma, comma


#: "арестован 3 декабря и 13 декабря приговорен": the day before a verb is its own.
_DAY_NEXT = re.compile(r"\s(?P<and>и|і|та|й)\s+(?=\d{1,2}\s[а-яіїє]{3,10}\s+$)")
_LONGEST_DAY = 24


_DECIDED_KINDS = frozenset({"convict", "act", "shot"})
#: What leads in the next event, though other commas follow: "…, тройкой НКВД 8.9.37, по ст. 58-10 приговорен".
_JUDGED_TOO = re.compile(rf",(?={judgments.JUDGED.pattern})")
_LED_IN = re.compile(
    rf"{_JUDGED_TOO.pattern}|\s(?P<and>и|і|та|й)\s+(?=(?:особой\s+|особою\s+)?(?:суд)?(?:тройкой|трійкою|коллегией)\s|"
    r"(?:(?:по|за)\s+)?(?:постановлени|постанов[ио]|решени|рішенн|ухвал|"
    r"приговор|вирок))"
)


def _read_judged_too(reading: Reading, start: int, end: int) -> int:
    """Read the judgment that the words of an arrest go on with; return where it begins, or 0."""
    other = reading.folded.find(";", start, end)
    if other >= 0 and judgments.read_beside(reading, other + 1, end):
        return other
    judged = _JUDGED_TOO.search(reading.folded, start, end)
    if judged and dates.find(reading.folded, judged.end(), end):
        judgments.read_told(reading, (judged.end(), end))
        return judged.start()
    return 0


def _read_event(reading: Reading, label: Label, lead: Range, tail: Range) -> None:
    reading.label(label.start, label.end)
    tell_sex(reading, label)
    while was := _WAS.search(reading.folded, *lead):
        reading.label(*was.span())
        lead = (lead[0], was.start())
    if label.kind == "arrest" and (stop := _read_judged_too(reading, *tail)):
        tail = (tail[0], stop)
    pieces = [piece for piece in (lead, tail) if reading.says(piece)]
    match label.kind:
        case "arrest":
            events.read_arrest(reading, *pieces)
        case "convict":
            _read_convicted(reading, label, lead, tail)
        case "verdict" if reading.says(tail):
            if dates.find(reading.folded, *lead) and events.names_body(reading, *lead):
                judgments.read_told(reading, lead)  # "Тройкой НКВД 8.9.37 по ст. 58-10 приговор: ВМН"
            judgments.read_verdict(reading, *tail)
        case "charge":
            _read_charge(reading, lead, tail)
        case "act":
            acts.read_act(reading, label, lead, tail)
        case "judged":
            judgments.read_judge(reading, *tail)
        case "shot":
            _read_shot(reading, label, lead, tail)
        case "died" | "death_date":
            manner = "died" if label.kind == "died" else None
            death.read_death(reading, manner, (label.start, label.word_end), *reversed(pieces))
        case "rehabilitation":
            rehabilitation.read_rehabilitation(reading, *reversed(pieces))
        case "arrested_by" | "rehabilitated_by":
            events.read_by(reading, _ACTED_IN[label.kind], *tail)
        case "death_place" | "burial":
            description.read_place(reading, *tail, "death.place" if label.kind == "death_place" else _GRAVE)
        case _:
            _read_described(reading, label, lead, tail)


_ACTED_IN = {"arrested_by": "arrests", "rehabilitated_by": "rehabilitations"}
_GRAVE = "death.burial_place"


def _read_convicted(reading: Reading, label: Label, lead: Range, tail: Range) -> None:
    """Read a sentence, the punishment of one told just before, or what one told before left open."""
    if _tells_only_verdict(reading, lead, tail):
        _read_only_verdict(reading, *tail)
        return
    pieces = [piece for piece in (lead, tail) if reading.says(piece)]
    if judgments.goes_on(reading, label, *pieces):
        reading.pending["judged"] = reading.open
    judgments.read_told(reading, *pieces)
    if "revision" in reading.pending:
        aftermath.read_revision(reading, *reading.pending.pop("revision"))


def _read_shot(reading: Reading, label: Label, lead: Range, tail: Range) -> None:
    """Read a shooting, and the decision behind it where its words tell one."""
    evidence = label.start, label.word_end
    if decision := shootings.decision(reading, *tail):
        shootings.read_by_decision(reading, label, lead, tail, decision)
        return
    if shootings.judged(reading, lead) and dates.find(reading.folded, *lead):
        events.read_conviction(reading, lead, running=True)
        lead = (lead[1], lead[1])
    death.read_death(reading, "shot", evidence, *[piece for piece in (tail, lead) if reading.says(piece)])


def _read_described(reading: Reading, label: Label, lead: Range, tail: Range) -> None:
    """Read what a person was, or where they lived or came from."""
    match label.kind:
        case "residence":
            if when := _WHEN_LIVED.fullmatch(reading.folded, *lead):
                reading.label(*when.span("when"))
            elif reading.says(lead) and not reading.filled("occupation") and _before_events(reading, lead):
                description.read_trade_text(reading, *lead)
            elif reading.says(lead) and _goes_on_with_trade(reading, trim(reading.folded, *lead)[0]):
                description.extend_trade(reading, *lead)
            _read_residence(reading, *tail)
        case "work" if _NOT_AT_WORK.search(reading.folded, *lead):
            description.read_trade_text(reading, lead[0], tail[1])
        case "work" if label.sex and _goes_on_with_trade(reading, label.start):
            description.extend_trade(reading, label.start, tail[1])
        case "work":
            description.read_trade_text(reading, *tail)
        case "origin_place":
            both = places.tells_both(reading, label.start, tail[1])
            description.read_description(reading, label.start if both else tail[0], tail[1])
        case "nationality" | "party" | "education" | "social_origin" | "citizenship":
            description.read_clause(reading, label.kind, tail)


#: "Временно не работал": what is told is that there is no trade.
_NOT_AT_WORK = re.compile(r"(?<!\w)не\s+$")


def _goes_on_with_trade(reading: Reading, start: int) -> bool:
    """True of a sentence right behind that of the trade: "Бывший лама. Работал пастухом"."""
    if not reading.filled("occupation") or not _before_events(reading, (start, start)):
        return False
    told = next(span for span in reading.spans if span.slot == "occupation")
    return 0 <= start - told.pieces[-1][1] <= _SENTENCE_GAP and not reading.says((told.pieces[-1][1], start))


_SENTENCE_GAP = 4


def _read_residence(reading: Reading, start: int, end: int) -> None:
    """Read an address; clauses after it that name no place are the trade."""
    parts = split_clauses(reading.folded, start, end)
    number = 1
    while number < len(parts) and _is_address(reading, *parts[number]):
        number += 1
    description.read_place(reading, start, parts[number - 1][1], "residence")
    if number < len(parts) and not reading.filled("occupation"):
        description.read_trade_text(reading, parts[number][0], end)


def _is_address(reading: Reading, start: int, end: int) -> bool:
    begin, stop = trim(reading.folded, start, end)
    return begin == stop or reading.folded[begin].isdigit() or places.looks_like_place(reading, start, end)


def _read_charge(reading: Reading, lead: Range, tail: Range) -> None:
    """Keep the charge; with a date before it ("01.11.1937 р. звинувачений …") it is a sentence."""
    start = tail[0]
    match = _CHARGE_IN.match(reading.folded, *tail)
    if match:
        reading.label(*match.span())
        start = match.end()
    if dates.find(reading.folded, *lead):
        slot = reading.event("sentences")
        events.read_date(reading, f"{slot}.date", (lead,))
        events.read_charge(reading, slot, (start, tail[1]))
        return
    charges.keep_charge(reading, start, tail[1])


_WHEN_LIVED = re.compile(
    r"\W*(?P<when>(?:до|перед|на\s+(?:день|момент|время))\s+(?:войн\w+|арест\w+|высылк\w+|депортаци\w+|выселени\w+|мобилизаци\w+))\W*"
)
