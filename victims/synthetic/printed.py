"""The four forms in which an entry is printed, and the record of what each says."""

from victims.synthetic.life import Life

LIST, SHORT, CLASSIC, MOSCOW = range(4)


def entry(life: Life, style: int) -> tuple[str, dict]:
    """Return the printed text of a life in a style, and the record in the form of the gold set."""
    return _FORMS[style](life)


def _name(life: Life) -> str:
    if life.given is None:
        return life.surname
    if life.patronymic is None:
        return f"{life.surname} {life.given[0]}"
    return f"{life.surname} {life.given[0]} {life.patronymic[life.female]}"


def _sentences(life: Life, charge: int, told: bool, side: int) -> list[dict]:
    """Return the sentences of a life.

    `charge` and `told` choose the wordings of charge and verdict, `side` the case of the body.
    """
    sentences = []
    if life.earlier and not told:
        body, when, accused, verdict = life.earlier
        sentences.append(_sentence(body, when, accused, verdict, life.female, charge, told, side))
    if life.verdict:
        sentences.append(
            _sentence(life.body, life.sentenced, life.charge, life.verdict, life.female, charge, told, side)
        )
    return sentences


def _sentence(body, when, charge, verdict, female, wording, told, side) -> dict:
    return {
        "body": body[side] if body else None,
        "date": when[0] if when else None,
        "charge": charge[wording] if charge else None,
        "articles": [*charge[0]] if charge else [],
        "verdict": (verdict.told_text if told else verdict.text)[female],
        "kind": verdict.kind,
        "term": verdict.term,
    }


def _record(life: Life, surname: str, side: int, sentences: list[dict], whom: int = 0) -> dict:
    """Return the record; `side` is the wording of places (0 from the region down, 1 from the place up)
    and of who rehabilitated, unless `whom` asks for the instrumental there.
    """
    birth, place, residence = life.birth, life.birth_place, life.residence
    death, done, by = life.death, life.rehabilitated, life.rehabilitator
    return {
        "surname": surname,
        "given_name": life.given[0] if life.given else None,
        "patronymic": life.patronymic[life.female] if life.patronymic else None,
        "name_variants": [life.variant] if life.variant else [],
        "sex": "female" if life.female else "male",
        "birth": {"date": birth[0] if birth else None, "place": place[side] if place else None},
        "nationality": life.nationality,
        "social_origin": life.origin,
        "education": life.education[0] if life.education else None,
        "party": life.party,
        "occupation": life.occupation,
        "residence": residence[side] if residence else None,
        "arrests": [{"date": life.arrest[0], "body": life.arrester}] if life.arrest else [],
        "sentences": sentences,
        "death": {
            "date": death[0] if death else None,
            "manner": "shot" if life.shot else "died" if death else None,
            "burial_place": life.burial,
        },
        "rehabilitations": [{"date": done[0], "body": by[whom or side] if by else None}] if done else [],
    }


def _head(life: Life, name: str, variant: str) -> str:
    return f"{name}{variant.format(life.variant)}" if life.variant else name


def _as_list(life: Life) -> tuple[str, dict]:
    """Print in the manner of the lists of victims: labelled lines, dates in words."""
    she = life.female
    a = "а" if she else ""
    text = _head(life, _name(life), " (варианты фамилии: {})")
    if life.birth:
        text += f"\nРодил{'ась' if she else 'ся'} {life.birth[1]}"
        if life.birth_place:
            text += f", {life.birth_place[0]}"
    text += ";"
    if life.nationality:
        text += f" {life.nationality};"
    if life.origin:
        text += f" {life.origin};"
    if life.education:
        text += f" {life.education[1]};"
    if life.party:
        text += f" {life.party};"
    if life.occupation:
        text += f"\n{life.occupation}."
    if life.residence:
        text += f"\nПроживал{a}: {life.residence[0]}."
    if life.arrest:
        text += f"\nАрестован{a} {life.arrest[1]}{f' {life.arrester}' if life.arrester else ''}"
    if life.earlier:
        body, when, charge, verdict = life.earlier
        text += _convicted(body, when, charge, verdict, she)
    if life.verdict:
        text += _convicted(life.body, life.sentenced, life.charge, life.verdict, she)
    text += _ending(life, "\nРасстрелян", "\nУмер", "\nМесто захоронения - ")
    if life.rehabilitated:
        text += f"\nРеабилитирован{a} {life.rehabilitated[1]}"
        if life.rehabilitator:
            text += f" {life.rehabilitator[0]}"
    return text, _record(life, life.surname, 0, _sentences(life, 1, False, 0))


def _convicted(body, when, charge, verdict, she: bool) -> str:
    """Return the two lines of the lists that tell a sentence."""
    text = "\nПриговорена:" if she else "\nПриговорен:"
    if body:
        text += f" {body[0]}"
    if when:
        text += f" {when[1]}"
    if charge:
        text += f", обв.: {charge[1]}" if body or when else f" обв.: {charge[1]}"
    return f"{text if text[-1] == '.' else text + '.'}\nПриговор: {verdict.text[she]}"


def _ending(life: Life, shot: str, died: str, buried: str, form: int = 1) -> str:
    """Return the sentences that tell death and burial, each with its point."""
    if life.shot:
        text = f"{shot}{'а' if life.female else ''}"
    elif life.death:
        text = f"{died}{'ла' if life.female else ''}"
    else:
        return ""
    text += f" {life.death[form]}" if life.death else ""
    if text[-1] != ".":
        text += "."
    return f"{text}{buried}{life.burial}." if life.burial else text


def _as_short(life: Life) -> tuple[str, dict]:
    """Print in the manner of the short lists: dates in figures, the sentence after a dash."""
    she = life.female
    a = "а" if she else ""
    text = _head(life, _name(life), ", она же {}" if she else ", он же {}") + "."
    about = f"Род. {life.birth[2]}, " if life.birth else ""
    if life.birth_place:
        about += f"{life.birth_place[0]}, "
    if life.nationality:
        about += f"{life.nationality}, "
    if life.origin:
        about += f"{life.origin}, "
    if life.education:
        about += f"{life.education[2]}, "
    if life.party:
        about += f"{life.party}, "
    if life.occupation:
        about += f"{life.occupation}, "
    if about:
        text += f" {about[:-2]}."
    if life.residence:
        text += f" Проживал{a}: {life.residence[0]}."
    if life.arrest:
        text += f"\nАрестован{a} {life.arrest[2]}{f', {life.arrester}' if life.arrester else ''}."
    if life.charge:
        text += f" Обв.: {life.charge[1]}."
    if life.verdict:
        told = ", ".join(
            [part for part in (life.body and life.body[0], life.sentenced and life.sentenced[2]) if part]
        )
        text += f" Приговор: {told}{' – ' if told else ''}{life.verdict.text[she]}."
    text += _ending(life, " Расстрелян", " Умер", " Место захоронения: ", 2)
    if life.rehabilitated:
        by = f"{life.rehabilitator[1]} " if life.rehabilitator else ""
        text += f"\nРеабилитирован{a} {by}{life.rehabilitated[2]}"
    life.earlier = None
    return text, _record(life, life.surname, 0, _sentences(life, 1, False, 0), 1)


def _as_classic(life: Life) -> tuple[str, dict]:
    """Print in the manner of the older memorial books: running text, the surname in capitals."""
    she = life.female
    a = "а" if she else ""
    surname = life.surname.upper()
    text = surname + _name(life)[len(surname) :]
    text = _head(life, text, " (урожд. {})" if she else " ({})")
    if life.birth:
        text += f", {life.birth[3]} г. р."
    if life.birth_place:
        text += f", урожен{'ка' if she else 'ец'} {life.birth_place[1]}"
    for value in (life.nationality, life.origin):
        if value:
            text += f", {value}"
    if life.education:
        text += f", {life.education[1]}"
    if life.party:
        text += f", {life.party}"
    if life.occupation:
        text += f", {life.occupation}"
    if life.residence:
        text += f", жител{'ьница' if she else 'ь'} {life.residence[1]}"
    if text[-1] != ".":
        text += "."
    if life.arrest:
        text += f" Арестован{a} {life.arrest[1]}{f' {life.arrester}.' if life.arrester else ''}"
        if text[-1] != ".":
            text += "."
    if life.verdict:
        text += f" Приговорен{a}"
        if life.body:
            text += f" {life.body[1]}"
        if life.sentenced:
            text += f" {life.sentenced[1]}"
        text += f"{life.charge[2] if life.charge else ''}{life.verdict.told[she]}."
    text += _ending(life, " Расстрелян", " Умер", " Место захоронения - ")
    if life.rehabilitated:
        by = f" {life.rehabilitator[1]}" if life.rehabilitator else ""
        text += f" Реабилитирован{a} {life.rehabilitated[1]}{by}"
    return text, _record(life, surname, 1, _sentences(life, 3, True, 1))


def _as_moscow(life: Life) -> tuple[str, dict]:
    """Print in the manner of the book of those shot in Moscow: no arrest, sentence, rehabilitation."""
    text = _name(life)
    if life.birth:
        text += f", род. {life.birth[3]}"
    if life.birth_place:
        text += f", {life.birth_place[0]}"
    for value in (life.nationality, life.party, life.occupation):
        if value:
            text += f", {value}"
    text += "."
    if life.residence:
        life.residence = life.residence[2:]
        text += f" Адрес: {life.residence[0]}."
    text += _ending(life, " Расстрелян", " Умер", " Место захоронения: ", 2)
    life.origin = life.education = life.variant = life.arrest = life.rehabilitated = None
    return text, _record(life, life.surname, 0, [])


_FORMS = (_as_list, _as_short, _as_classic, _as_moscow)
