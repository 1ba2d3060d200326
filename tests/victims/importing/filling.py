"""A database in which every model has rows: what a transfer must carry, and what people do to records."""

import json

from django.contrib.auth import get_user_model

from sources.models import Source
from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA, book, edit, enter, enter_all, entry_of
from tests.telling import run
from victims.importing.reference import load_reference
from victims.matching import merge, not_same, split, undo_merge
from victims.models import (
    Batch,
    Body,
    BodyMember,
    Entry,
    GroupCase,
    Operation,
    TargetGroup,
)
from victims.models.record import Change, Ruling
from victims.models.reference import Put

GROUP = "Дело «Весна»"
#: A record with every fact that there is.
WHOLE = {
    "surname": "Иванов", "given_name": "Иван", "patronymic": "Иванович", "sex": "male", "age": 40,
    "completeness": "complete",
    "name_variants": [{"printed": "Иоанн", "kind": "monastic"}, "Ваня"],
    "birth": [{"date": "1897-05-01", "date_old_style": "1897-04-19", "place": "с. Ивановское"}, {"date": "1898"}],
    "nationality": ["русский", "чуваш"], "citizenship": "СССР", "social_origin": "из крестьян",
    "education": "высшее", "party": "б/п", "occupation": ["токарь", "слесарь"],
    "residence": {"place": "Ленинград"},
    "relatives": [{"relation": "жена", "name": "Иванова А. П.", "presumed": True}],
    "tags": ["духовенство"],
    "photographs": [{"file_name": "a.jpg", "caption": "1930"}],
    "archival_files": [{"printed": "ЦА ФСБ, Р-1", "unit": "gulag-fond"}],
    "sources": ["Книга памяти"],
    "notes": ["Пел в хоре."],
    "cases": [{"number": 1, "archival_file": "П-1", "group": GROUP}],
    "arrests": [{"date": "1937-08-05", "place": "Ленинград", "body": "УНКВД ЛО", "case": 1}],
    "sentences": [{
        "body": "Особая тройка УНКВД Ленинградской области", "date": "1937-11-25", "protocol": "130",
        "kind": "vmn", "articles": ["58-10 ч.1", "58-11"], "charge": "агитация", "category": 1,
        "operation": "00447", "case": 1,
        "revision": [{"kind": "camp", "term": "P10Y", "date": "1937-12-01", "body": "ВК ВС СССР"}],
    }],
    "imprisonments": [{"place": "Соловки", "date": "1934/1937", "ended": "executed"}],
    "death": {"date": "1937-12-08", "manner": "shot", "place": "Ленинград", "burial_place": "Левашово"},
    "rehabilitations": [{"date": "1957-04-19", "body": "ВК ВС СССР", "ground": "за отсутствием"}],
    "official_notices": [{"told_date": "1943", "note": "жене"}],
}  # fmt: skip


def fill(tmp_path) -> None:
    """Put rows into every table, by the doors and the commands that people use."""
    load_reference()
    anna = get_user_model().objects.create_user("anna")
    book("martyrology"), book("lists")
    with Put(why="test") as put:
        archive = {"kind": "archival_unit", "title": "Архив", "level": "repository"}
        unit = put(Source, {"slug": "gulag-fond"}, archive)
        put(Source, {"slug": "book-1"}, {"kind": "volume", "title": "т. 1", "parent": book("martyrology")})
        put(GroupCase, {"name": GROUP}, {"source": unit, "archival_file": "П-5", "note": "«»"})
        put(TargetGroup, {"operation": Operation.objects.get(code="00447"), "name_en": "clergy"}, {"source": unit})
    _people(anna)
    _imports(tmp_path)


def _people(anna) -> None:
    whole = enter(WHOLE, by=anna, text="Иванов Иван Иванович…", keep_reading=True, spans=[["surname", [[0, 6]]]],
                  parser_version="1", warnings=["doubtful"], status="published", language="uk")  # fmt: skip
    husband = {"name": "муж", "other": whole.public_id}
    wife = enter({"surname": "Иванова", "relatives": [husband]}, keep_reading=False)
    edit(Change(correct={entry_of(whole).pk: {"relatives": {
        "value": [{"name": "жена", "other": wife.public_id}], "reason": "the card", "by": anna.pk}}}))  # fmt: skip
    with Put(why="test") as put:
        body = Body.objects.order_by("pk").first()
        put(BodyMember, {"body": body, "name": "Заковский", "office": "начальник", "tenure": "1937"},
            {"victim": whole, "source": book()})  # fmt: skip
    first, second, third = enter_all(FLORENSKY, status="published")
    edit(Change(decide=[Ruling(second.pk, "occupation", "the card", value="философ")]), by=anna)
    edit(Change(decide=[Ruling(first.pk, "birth", "the file", entry_id=entry_of(first).pk)]), by=anna)
    edit(Change(decide=[Ruling(wife.pk, "occupation", "the passport", value="швея")]), by=anna)
    merge(first, second, why="one man", by=anna)
    merge(first, third, why="one man")
    for kept, absorbed in (enter_all(MANDELSTAM), enter_all(KURBAS)):
        made = merge(kept, absorbed, why="it seemed", by=anna)
        undo_merge(made, why="two men")
        not_same(kept, absorbed, why="two men", by=anna)
    one, other = enter_all(SPIRIDONOVA)
    moved = entry_of(other, "lists")
    merge(one, other, why="one woman")
    edit(Change(decide=[Ruling(one.pk, "birth", "the list", entry_id=moved.pk)]), by=anna)
    split(one, [moved], why="another")  # the decision for it sleeps
    edit(Change(withdraw={enter({"surname": "Тайный"}).pk: "privacy"}))
    enter({"surname": "Живой", "birth": {"date": "1950"}}, "case-file", status="published")
    enter({"surname": "Примеров"}, "synthetic", synthetic=True)


def _imports(tmp_path) -> None:
    file = tmp_path / "book.jsonl"
    for lines in (("Иванов Иван, 1900 г.р. Расстрелян 5.08.1938.", "Петров"), ("Иванов Иван, 1901 г.р.",)):
        rows = ({"id": str(number), "text": text} for number, text in enumerate(lines))
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        ran = run("import_entries", file, "--source", "book", "--create-source", "--remove-gone", "--by", "anna")
        assert ran.code == 0, ran.err
    file.write_text('{"id": "wrong", "text": "Не тот Файл"}\n')
    assert run("import_entries", file, "--source", "lists").code == 0
    assert run("undo_batch", Batch.objects.latest("pk").pk, "--why", "the wrong file").code == 0
    assert Entry.objects.filter(removed=True).count() == 2
