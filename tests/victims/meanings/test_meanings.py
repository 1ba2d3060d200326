"""What printed forms mean: by dictionaries that are data, and by nothing else."""

import csv
import re
import time
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from tests.victims.entries import real
from victims.entries import parse
from victims.letters import fold
from victims.meanings import KINDS, find_articles, label_of, meaning_of, region_of
from victims.meanings.dictionaries import DATA, rows
from victims.vocabulary import BodyKind, FormKind

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def meanings(kind, text):
    """Read a table "form = code", "-" for what is left open."""
    for line in text.strip().splitlines():
        form, _, code = line.strip().rpartition(" = ")
        yield pytest.param(kind, form, None if code == "-" else code, id=f"{kind}: {form}")


CASES = [
    *meanings(
        "nationality",
        """
        белорус = belarusian
        Белоруска = belarusian
        поляки = polish
        латышка = latvian
        РУССКИЙ. = russian
        німкеня = german
        беларус = belarusian
        яўрэй = jewish
        росіянин = russian
        польский еврей = jewish
        крымский татарин = crimean_tatar
        венгр (мадьяр) = hungarian
        поляк (белорус) = -
        русский (по другим данным - еврей) = -
        казак = -
        нацмен = -
        тюрок = turkic
        pусский = russian
        """,
    ),
    *meanings(
        "education",
        """
        начальное = primary
        н/начальное = incomplete_primary
        неграмотная = illiterate
        малогр. = semi_literate
        Низш = lower
        незаконченное высшее = incomplete_higher
        н/высшее = incomplete_higher
        высшее экономическое = higher
        высшее (незаконченное) = incomplete_higher
        среднее специальное = secondary_special
        неполное среднее = incomplete_secondary
        7 классов = classes_7
        4 кл. = classes_4
        домашнее = home
        духовная семинария = theological
        початкова = primary
        вища = higher
        непісьменны = illiterate
        окончил Петроградский горный институт = higher
        окончил учительский институт = -
        3 курса университета = -
        колхозник = -
        """,
    ),
    *meanings(
        "party",
        """
        б/п = none
        беспартийная = none
        позапартійний = none
        беспартыйны = none
        член ВКП(б) = communist
        член ВКП(б) с 1919 г. = communist
        чл. КПСС = communist
        кандидат в члены ВКП(б) = communist_candidate
        член/канд. в члены ВКП(б) = communist_or_candidate
        исключен из ВКП(б) в 1937 г. = communist_former
        член ВКП(б) до 1937 = communist_former
        член ВКП(б) в 1926-1937 гг. = communist_former
        б. член ВКП(б) = communist_former
        член ВКП(б) (бывший эсер) = communist
        б/п (бывший меньшевик) = none
        член ВЛКСМ = komsomol
        член КП Германии = foreign_communist
        член КПП = foreign_communist
        левый эсер = socialist_revolutionary
        """,
    ),
    *meanings(
        "social_origin",
        """
        из крестьян = peasants
        из крестьян-кулаков = kulaks
        сын священника = clergy
        з селян = peasants
        из дворян = nobility
        """,
    ),
    *meanings(
        "citizenship",
        """
        гражданин Польши = poland
        японский подданный = japan
        подданный МНР = mongolia
        без гражданства = stateless
        """,
    ),
    *meanings(
        "body",
        """
        Особой тройкой УНКВД ЛО = troika leningrad-oblast
        Ос. Тр. УНКВД ЛО = troika leningrad-oblast
        тройкой при УНКВД по Московской обл. = troika moscow-oblast
        тройка Омского УНКВД = troika
        Тройка при НКВД = troika
        тройка = -
        "тройкой" = -
        тройка НКВД Туркменской ССР = troika turkmen-ssr
        милицейская тройка УНКВД Омской обл. = militia_troika omsk-oblast
        тройка при ПП ОГПУ по Средне-Волжскому краю = ogpu_troika middle-volga-krai
        тройкой ПП ОГПУ ЗСК = ogpu_troika west-siberian-krai
        Чистопольская райтройка = district_troika
        Комиссия НКВД СССР и Прокурора СССР = dvoika
        НКВД и прокурора СССР = dvoika
        Комиссией НКВД СССР = -
        ОСО при НКВД СССР = special_council nkvd
        Особое совещание при Коллегии ОГПУ = special_council ogpu
        ОСО = special_council
        Коллегией ОГПУ = ogpu_collegium ussr
        ВКВС СССР = military_collegium ussr
        ВК ВС СССР = military_collegium ussr
        Военной коллегией Верховного суда СССР = military_collegium ussr
        Военный трибунал БВО = tribunal
        Верховный суд КазССР = supreme_court kazakh-ssr
        ВС РСФСР = supreme_court rsfsr
        Саратовским областным судом = court saratov-oblast
        Алтайским крайсудом = court altai-krai
        прокуратурой КК = procuracy
        прокуратурой Читинской обл. = procuracy chita-oblast
        Верховный суд МАССР = supreme_court
        НКВД ТАССР = security tatar-assr
        НКВД = security nkvd
        Вяземским РО УНКВД = security
        УНКВД по Актюбинской обл. = security aktyubinsk-oblast
        Казанский РИК = executive_committee
        по Закону от 18 октября 1991 г. = law
        трійкою УНКВС по Київській області = troika kiev-oblast
        Особлива нарада при НКВС СРСР = special_council nkvd
        собрание бедноты = meeting
        """,
    ),
    *meanings(
        "article",
        """
        58-10 ч.1 = 58-10.1
        58-10 УК РСФСР = 58-10 RSFSR
        58 11 УК РСФСР = 58-11 RSFSR
        58, п. 10 = 58-10
        19-58-1 «б» = 19-58-1b
        17-58-8 УК РСФСР = 17-58-8 RSFSR
        58-1а = 58-1a
        58-10-1 = 58-10.1
        58/10 УК РСФСР = 58-10 RSFSR
        54-10 ч. 1 КК УРСР = 54-10.1 UkSSR
        72а УК БССР = 72a BSSR
        63-1 УК БССР = 63-1 BSSR
        193-17 = 193-17
        КРТД = KRTD
        58-10, 58-11 = -
        58-16 = -
        от 1.02.1930 = -
        """,
    ),
]


@pytest.mark.parametrize(("kind", "form", "code"), CASES)
def test_it_knows_what_a_form_means(kind, form, code):
    assert meaning_of(kind, form) == code


@pytest.mark.parametrize(
    ("place", "slug"),
    [
        ("д. Заозерье Лужского р-на Лен. обл.", "leningrad-oblast"),
        ("Горьковская область, г. Муром", "gorky-oblast"),
        ("Свердл. обл.", "sverdlovsk-oblast"),
        ("Белорусская ССР, Витебская обл., Витебск", "vitebsk-oblast"),
        ("Алтайский кр.", "altai-krai"),
        ("Вост.-Казахстанская обл.", "east-kazakhstan-oblast"),
        ("Ленинградская (Новгородская) обл., Псижа", "leningrad-oblast"),
        ("с. Куккус, АССР НП", "volga-german-assr"),
        ("г. Москва, ул. Правды, д. 12", "moscow"),
        ("с. Мохнач Харківської області", "kharkov-oblast"),
        ("Татарстан", "tatar-assr"),
        ("Московская губ., Клинский уезд", None),
        ("Нов. обл.", None),
        ("Минская обл. и Витебская обл.", None),
        ("с. Кострома", None),
        ("г. Ленинград", None),
    ],
)
def test_it_knows_the_region_that_a_place_plainly_names(place, slug):
    assert region_of(place) == slug


def test_a_kind_without_a_dictionary_has_no_meanings():
    assert meaning_of("family", "белорус") is None


@pytest.mark.parametrize(
    ("printed", "group"),
    [
        ("колхозник колхоза «Красный путь»", "collective_farmers"),
        ("в колхозе, бригадир", "collective_farmers"),
        ("хлебороб, колхоз", "collective_farmers"),
        ("крестьянин-единоличник", "peasants"),
        ("Селянин-одноосібник", "peasants"),
        ("аднаасобніца", "peasants"),
        ("священник, философ, учёный", "clergy"),
        ("мулла", "clergy"),
        ("бывший священник, сторож", "workers"),
        ("завод № 5: слесарь", "workers"),
        ("кузнец колхоза", "workers"),
        ("институт усовершенствования врачей: сторож", "workers"),
        ("военный завод № 1: механик цеха", "workers"),
        ("начальник цеха", "heads"),
        ("начальник штаба дивизии", "military"),
        ("начальник отдела НКВД", "security"),
        ("красноармеец 866 стрелкового полка", "military"),
        ("учительница начальной школы", "teachers"),
        ("старший научный сотрудник", "teachers"),
        ("главный врач больницы", "medical"),
        ("поэт", "arts"),
        ("студент института инженеров транспорта", "students"),
        ("заключенный Ухтпечлага НКВД СССР", "prisoners"),
        ("машинистка", "employees"),
        ("член Московской городской коллегии защитников", "employees"),
        ("машинист паровоза", "workers"),
        ("персональный пенсионер", "pensioners"),
        ("артель инвалидов: зав. складом", "heads"),
        ("домохозяйка", "dependants"),
        ("без определенных занятий", "none"),
        ("временно не работал", "none"),
        ("торговец скотом", "traders"),
        ("инженер-конструктор", "engineers"),
        ("трикотажная фабрика", None),
        ("нет данных", None),
        ("русский", None),
    ],
)
def test_it_knows_the_group_of_an_occupation_by_the_first_word_that_tells_it(printed, group):
    assert meaning_of("occupation", printed) == group


def test_every_region_of_the_reference_data_is_known_by_its_name():
    with (FIXTURES / "regions.csv").open(encoding="utf-8") as told:
        known = [(row["name_ru"], row["slug"]) for row in csv.DictReader(told) if row["kind"] != "camps"]
    assert len(known) > 80
    assert [(name, region_of(name)) for name, _ in known] == known


def test_no_abbreviation_means_two_regions():
    told = {}
    for row in rows("regions"):
        stems = {(row["kind"], stem.strip("=ь")) for stem in row["stems"].split("|") if stem}
        for form in [*stems, *(("", word) for word in row["words"].split("|") if word)]:
            assert told.setdefault(form, row["slug"]) == row["slug"], form


def test_no_word_means_two_nationalities():
    forms = [form for row in rows("nationality") for form in row["forms"].split("|")]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.tsv")))
def test_a_dictionary_says_where_it_is_from_and_names_its_codes_in_three_languages(name):
    assert (DATA / f"{name}.tsv").read_text(encoding="utf-8").startswith("# ")
    told = rows(name)
    key = "slug" if name == "regions" else "code"
    assert len({row[key] for row in told}) == len(told)
    for row in told:
        assert re.fullmatch(r"[A-Za-z_-]+", row[key])
        if name != "regions":
            assert row["ru"]
            assert row["uk"]
            assert row["en"]


def test_bodies_have_the_kinds_of_the_vocabulary():
    codes = {row["code"] for row in rows("body")}
    assert codes - {str(kind) for kind in BodyKind} == {
        "district_troika", "interior", "law", "meeting", "military_procuracy", "presidium",
    }  # fmt: skip
    assert {str(kind) for kind in BodyKind} - codes == {"special_troika", "other"}
    assert set(KINDS) <= {str(kind) for kind in FormKind}


@pytest.mark.parametrize(
    ("kind", "code", "language", "name"),
    [
        ("nationality", "belarusian", "ru", "белорус"),
        ("nationality", "belarusian", "uk", "білорус"),
        ("nationality", "belarusian", "en", "Belarusian"),
        ("education", "classes_7", "en", "classes of school: 7"),
        ("body", "troika leningrad-oblast", "en", "troika of the NKVD"),
        ("article", "58-10.1 RSFSR", "ru", "58-10.1 RSFSR"),
        ("nationality", "martian", "ru", "martian"),
    ],
)
def test_a_code_has_a_name_in_each_language(kind, code, language, name):
    assert label_of(kind, code, language) == name


@given(st.sampled_from([*KINDS, "place"]), st.text(max_size=80))
def test_any_text_has_a_meaning_of_its_dictionary_or_none(kind, text):
    told = region_of(text) if kind == "place" else meaning_of(kind, text)
    assert told is None or told


@pytest.mark.parametrize(
    "hostile",
    [
        "58-10, ",
        "58",
        "1",
        "11, ",
        "11",
        "ст. ",
        "ч. 1 ст. 58 ",
        "58-1 ",
        "58 п.",
        "УК РСФСР ",
        "тройка ",
        "(",
        ". ",
    ],
)
def test_a_hostile_text_costs_linear_time(hostile):
    text = hostile * (100_000 // len(hostile))
    began = time.process_time()
    find_articles(fold(text), 0, len(text), text)
    for kind in KINDS:
        meaning_of(kind, text)
    region_of(text)
    assert time.process_time() - began < 5  # 0.2 on a machine with nothing else to do


@pytest.fixture(scope="module")
def printed_words(request):
    """Return {kind: words} of every fifth real entry."""
    told = {kind: [] for kind in KINDS}
    for number, text in enumerate(real.entries(request.getfixturevalue("shared_data"), "lists.jsonl.gz")):
        if number % 5 == 0:
            for span in parse(text).spans:
                slot = re.sub(r"\[\d+\]", "", span.slot).rpartition(".")[2] or span.slot
                told.get({"articles": "article"}.get(slot, slot), []).append(span.value)
    return told


class TestRealEntries:
    """Bars are what was measured over all entries, less a little."""

    @pytest.mark.parametrize(
        ("kind", "share"),
        [("nationality", 0.99), ("education", 0.97), ("party", 0.99), ("body", 0.94), ("article", 0.99)],
    )
    def test_most_printed_words_are_recognised(self, printed_words, kind, share):
        told = printed_words[kind]
        assert sum(meaning_of(kind, words) is not None for words in told) / len(told) >= share
