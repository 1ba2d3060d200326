"""Russian forms of surnames, patronymics, regions and bodies."""

import pytest

from victims.synthetic import grammar


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Иванов", "Иванова"),
        ("Кузьмин", "Кузьмина"),
        ("Солженицын", "Солженицына"),
        ("Козловский", "Козловская"),
        ("Толстой", "Толстая"),
        ("Черный", "Черная"),
        ("Великий", "Великая"),
        ("Нижний", "Нижняя"),
        ("Палий", "Палий"),
        ("Бойко", "Бойко"),
        ("Мельник", "Мельник"),
        ("Вольф", "Вольф"),
        ("Белых", "Белых"),
        ("Цой", "Цой"),
        ("Юдин", "Юдина"),
    ],
)
def test_womans_surname(man, woman):
    assert grammar.womans_surname(man) == woman


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Карл", "Карлович", "Карловна"),
        ("Отто", "Оттович", "Оттовна"),
        ("Юхо", "Юхович", "Юховна"),
        ("Хайрулла", "Хайруллович", "Хайрулловна"),
        ("Франц", "Францевич", "Францевна"),
        ("Матти", "Маттиевич", "Маттиевна"),
        ("Тадеуш", "Тадеушевич", "Тадеушевна"),
    ],
)
def test_patronymics(father, son, daughter):
    assert grammar.patronymics(father) == (son, daughter)


def test_lithuanian_forms():
    assert grammar.lithuanian_wife("Казлаускас") == "Казлаускене"
    assert grammar.lithuanian_patronymics("Юозас") == ("Юозо", "Юозо")


@pytest.mark.parametrize(
    ("region", "genitive", "dative"),
    [
        ("Ленинградская обл.", "Ленинградской обл.", "Ленинградской обл."),
        ("Алтайский край", "Алтайского края", "Алтайскому краю"),
        ("Татарская АССР", "Татарской АССР", "Татарской АССР"),
        ("Коми АССР", "Коми АССР", "Коми АССР"),
        ("АССР Немцев Поволжья", "АССР Немцев Поволжья", "АССР Немцев Поволжья"),
    ],
)
def test_regions(region, genitive, dative):
    assert (grammar.genitive(region), grammar.dative(region)) == (genitive, dative)


@pytest.mark.parametrize(
    ("body", "by"),
    [
        ("тройка при УНКВД по Томской обл.", "тройкой при УНКВД по Томской обл."),
        ("Военная коллегия Верховного суда СССР", "Военной коллегией Верховного суда СССР"),
        ("Особое совещание при НКВД СССР", "Особым совещанием при НКВД СССР"),
        ("Ленинградский облсуд", "Ленинградским облсудом"),
        ("Верховный суд Татарской АССР", "Верховным судом Татарской АССР"),
        ("военный трибунал Сибирского ВО", "военным трибуналом Сибирского ВО"),
        ("Псковская губЧК", "Псковской губЧК"),
        ("президиум Ленинградского облсуда", "президиумом Ленинградского облсуда"),
    ],
)
def test_instrumental(body, by):
    assert grammar.instrumental(body) == by


def test_places_from_the_place_up():
    assert grammar.genitive_settlement("аул № 2") == "аула № 2"
    assert grammar.genitive_settlement("д. Горка") == "д. Горка"
    assert grammar.genitive_abroad("Польша, Виленское в-во") == "Виленского в-ва Польши"
    assert grammar.genitive_abroad("Польша, г. Варшава") == "г. Варшава, Польша"
