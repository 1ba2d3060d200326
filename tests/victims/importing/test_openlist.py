"""The dump of the Open List: what a page's template, sections and categories become."""

import bz2
import io

import py7zr
import pytest

from tests.victims.importing.files import dump, page
from victims.importing.readers import File, ReadError, read
from victims.models.rows import check

FILE = "dump.xml"


@pytest.fixture
def told(file):
    """Return the item of one page with these parameters."""

    def made(title="Иванов Иван Иванович (1900)", text="", **parameters):
        parameters = {name.replace("_", " "): value for name, value in parameters.items()}
        [item] = read(file(dump(page(title, text=text, **parameters))))
        check(item.record)
        return item

    return made


def test_a_page_is_an_entry_with_its_title_and_words(told):
    item = told(пол="мужчина", национальность="русский", партийность="б/п")
    assert (item.key, item.locator) == ("7", "Иванов Иван Иванович (1900)")
    assert item.text.startswith("Иванов Иван Иванович (1900)\n\n{{Шаблон:Формуляр\n|пол=мужчина")
    assert item.record == {
        "surname": "Иванов", "given_name": "Иван", "patronymic": "Иванович", "sex": "male",
        "birth": {"date": "1900"}, "nationality": "русский", "party": "б/п",
    }  # fmt: skip


def test_the_year_of_the_title_gives_way_to_the_date_of_the_template(told):
    assert told(дата_рождения="05.08.1900").record["birth"] == {"date": "1900-08-05"}
    assert told(дата_рождения="05.08.1900", год_рождения="1900").record["birth"] == {"date": "1900-08-05"}
    assert told(дата_рождения="1899", год_рождения="1900").record["birth"] == [{"date": "1899"}, {"date": "1900"}]


def test_numbered_parameters_up_to_eleven_tie_the_facts_of_their_case(told):
    record = told(**{"дата ареста 11": "1938", "приговор 11": "ВМН", "дата ареста 2": "1930",
                     "место отбывания 2": "Соловки (1930—1933 гг.)"}).record  # fmt: skip
    assert record["arrests"] == [{"date": "1930", "case": 2}, {"date": "1938", "case": 11}]
    assert record["sentences"] == [{"verdict": "ВМН", "kind": "vmn", "case": 11}]
    assert record["imprisonments"] == [{"place": "Соловки", "date": "1930/1933", "case": 2}]


def test_where_and_by_whom_is_told_apart_by_the_words_for_bodies(told):
    record = told(
        **{"где и кем арестован 1": "Сумская обл., с. Пожня", "где и кем арестован 2": "УНКВД по ЛО"}
    ).record
    assert record["arrests"] == [
        {"place": "Сумская обл., с. Пожня", "case": 1},
        {"body": "УНКВД по ЛО", "case": 2},
    ]


@pytest.mark.parametrize(
    ("parameters", "rehabilitations"),
    [
        ({"реабилитация": "18.08.1995", "дата реабилитации 1": "18.08.1995"}, [{"date": "1995-08-18", "case": 1}]),
        ({"реабилитация": "1995", "дата реабилитации 1": "18.08.1995"}, [{"date": "1995-08-18", "case": 1}]),
        ({"реабилитация": "18.08.1995"}, [{"date": "1995-08-18"}]),
        (
            {"реабилитация": "1989", "дата реабилитации 1": "18.08.1995"},
            [{"date": "1989"}, {"date": "1995-08-18", "case": 1}],
        ),
        (
            {
                "дата реабилитации 1": "1995",
                "реабилитирующий орган": "прокуратура",
                "основания реабилитации 1": "ст. 3",
            },
            [{"date": "1995", "body": "прокуратура", "ground": "ст. 3", "case": 1}],
        ),
    ],
)
def test_a_rehabilitation_told_by_two_parameters_is_one(told, parameters, rehabilitations):
    assert told(**parameters).record["rehabilitations"] == rehabilitations


def test_two_cases_that_may_tell_one_conviction_stay_two_with_a_warning(told):
    item = told(**{"осуждение 1": "13.12.1922", "приговор 1": "5 л. ИТЛ", "осуждение 3": "13.12.1922"})
    assert [said["case"] for said in item.record["sentences"]] == [1, 3]
    assert item.warnings == ["conviction_twice"]


@pytest.mark.parametrize(
    ("parameters", "death"),
    [
        ({"расстрел": "17.10.1938"}, {"date": "1938-10-17", "manner": "shot"}),
        ({"расстрел": "да", "дата смерти": "17.10.1938"}, {"date": "1938-10-17", "manner": "shot"}),
        ({"расстрел": "17.10.1938", "год смерти": "1938"}, {"date": "1938-10-17", "manner": "shot"}),
        ({"дата смерти": "17.10.1938"}, {"date": "1938-10-17"}),
        ({"расстрел": "осенью"}, {"date_printed": "осенью", "manner": "shot"}),
    ],
)
def test_a_shooting_tells_day_and_manner(told, parameters, death):
    assert told(**parameters).record["death"] == death


def test_sources_of_the_page_are_cited_with_their_address(told):
    item = told(**{"источники данных": 'БД "Жертвы"; [http://example.org/a Книга памяти]'})
    assert item.record["sources"] == ['БД "Жертвы"', {"form": "Книга памяти", "locator": "http://example.org/a"}]


FORM = "{{Шаблон:Формуляр\n|источники данных=Книга памяти Мордовии\n}}\n"


def test_categories_are_sources_or_tags(told):
    text = (
        FORM
        + "[[Категория:Книга памяти Мордовии (База данных)]]\n[[Категория:Архив Тулы]]\n[[Категория:Мордовия]]"
    )
    record = told(text=text).record
    assert record["sources"] == ["Книга памяти Мордовии", "Архив Тулы"]
    assert record["tags"] == ["Мордовия"]


def test_sections_are_kept_as_notes_without_their_markup_and_in_the_words_with_it(told):
    text = FORM + "==Биография==\n'''Родился''' в [[Тула|Туле]].<br>\nУмер.\n\n==Документы==\n\n==История==\nархив"
    item = told(text=text)
    assert item.record["notes"] == ["Биография: Родился в Туле.\nУмер.", "История: архив"]
    assert "'''Родился''' в [[Тула|Туле]].<br>" in item.text


def test_relatives_are_told_with_their_relation(told):
    text = FORM + "{{Шаблон:Предположительные родственники\n|сыновья = [[Иванов А. (1920)]], [[Иванов Б.|Б]]\n}}"
    assert told(text=text).record["relatives"] == [
        {"name": "Иванов А. (1920)", "relation": "сыновья", "presumed": True},
        {"name": "Иванов Б.", "relation": "сыновья", "presumed": True},
    ]


def test_photographs_have_their_names_and_captions(told):
    record = told(фотография="Иванов-1.jpg", **{"подпись к фотографии": "из архива"}).record
    assert record["photographs"] == [{"file_name": "Иванов-1.jpg", "caption": "из архива"}]


def test_a_parameter_that_nobody_knows_is_shown_as_not_understood(told):
    item = told(**{"любимая книга": "Псалтирь"})
    assert [item.text[a:b] for slot, pieces in item.spans if slot == "" for a, b in pieces] == ["Псалтирь"]


def test_templates_and_links_inside_a_value_do_not_end_it(told):
    item = told(text="{{Формуляр|обвинение 1=дело [[Весна|«Весна»]] {{сноска|a=b|c}} 1930 г.|пол=женщина}}")
    assert item.record["sex"] == "female"
    assert item.record["sentences"][0]["charge"] == "дело «Весна» {{сноска|a=b|c}} 1930 г."


def test_redirects_and_other_namespaces_are_counted_aside(file):
    opened = File(file(dump(page(), page(number=8, ns=14), page("Старое имя", 9, redirect=True))))
    assert [item.key for item in opened.items()] == ["7"]
    assert opened.reader.aside == {"redirects": 1, "pages of other namespaces": 1}


def test_a_page_without_the_template_is_rejected_with_its_title(file):
    good, bad = read(file(dump(page(), page("Главная", 8, text="Добро пожаловать"))))
    assert good.key == "7"
    assert (bad.line, "Главная" in bad.message, "Формуляр" in bad.message) == (2, True, True)


def test_of_a_whole_history_the_last_revision_is_the_page(file):
    both = page(пол="мужчина").replace(
        "<revision>", "<revision><text>{{Формуляр|пол=женщина}}</text></revision><revision>"
    )
    [item] = read(file(dump(both)))
    assert item.record["sex"] == "male"


def packed(content: str, how: str) -> bytes:
    if how == "bz2":
        half = len(content.encode()) // 2
        return bz2.compress(content.encode()[:half]) + bz2.compress(content.encode()[half:])
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w") as archive:
        archive.writestr(content, "openlist.xml")
    return made.getvalue()


@pytest.mark.parametrize("how", ["bz2", "7z"])
def test_a_packed_dump_is_read_as_a_stream(file, how):
    content = dump(*(page(f"Иванов {n} (1900)", n) for n in range(1, 2000)))
    opened = File(file(packed(content, how), f"dump.xml.{how}"))
    assert opened.count() == 1999
    assert [item.key for item in opened.items()][-1] == "1999"


@pytest.mark.parametrize("how", ["bz2", "7z"])
def test_a_packed_dump_cut_short_is_to_be_fetched_again(file, how):
    whole = packed(dump(*(page(f"Иванов {n * 7919} (1900)", n) for n in range(1, 2000))), how)
    for part in (0.2, 0.7, 0.99):
        with pytest.raises(ReadError, match="fetch it again"):
            list(read(file(whole[: int(len(whole) * part)], f"dump.xml.{how}")))


def test_a_reader_that_stops_early_lets_the_unpacking_end(file):
    content = dump(*(page(f"Иванов {n} (1900)", n, пол="мужчина" * 50) for n in range(1, 5000)))
    items = read(file(packed(content, "7z"), "dump.xml.7z"))
    assert next(items).key == "1"
    items.close()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><mediawiki>&b;</mediawiki>', "entities"),
        ('<?xml version="1.0"?><!DOCTYPE m SYSTEM "file:///etc/passwd"><mediawiki/>', "entities"),
        ("<mediawiki><page><title>", "fetch it again"),
        ('<?xml version="1.0"?><html/>', "not an export"),
        ("<mediawiki><page><title>A</title></mediawiki>", "fetch it again"),
    ],
)
def test_xml_that_is_no_dump_is_refused(file, content, word):
    with pytest.raises(ReadError, match=word):
        list(read(file(content)))


def test_the_real_pages_are_read_without_a_remainder(shared_data):
    found = list(read(shared_data / "openlist" / "sample.xml"))
    assert [item.key for item in found] == ["6447", "9381", "44570", "48611"]
    for item in found:
        check(item.record)
        assert [slot for slot, _pieces in item.spans if slot == ""] == []
