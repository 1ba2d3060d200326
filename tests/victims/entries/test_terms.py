import pytest

from victims.entries import terms
from victims.entries.lexicon import fold


@pytest.mark.parametrize(
    ("printed", "kind", "term"),
    [
        ("ВМН", "vmn", None),
        ("расстрелян", "vmn", None),
        ("к высшей мере наказания с конфискацией имущества", "vmn", None),
        ("ВМН. Позднее расстрел заменен на 10 лет ИТЛ", "vmn", None),
        ("10 лет ИТЛ, 5 лет п/п", "camp", "P10Y"),
        ("к 3 годам лишения свободы в ИТЛ", "camp", "P3Y"),
        ("заключен в концлагерь сроком на 5 лет", "camp", "P5Y"),
        ("10 ИТЛ", "camp", "P10Y"),
        ("ИТЛ-10", "camp", "P10Y"),
        ("к 8 г. л/с", "prison", "P8Y"),
        ("7 ГЛС", "prison", "P7Y"),
        ("8 лет", "prison", "P8Y"),
        ("1 год 6 месяцев лишения свободы", "prison", "P1Y6M"),
        ("1,5 года тюремного заключения", "prison", "P1Y6M"),
        ("к трем годам лишения свободы", "prison", "P3Y"),
        ("6 мес. лишения свободы", "prison", "P6M"),
        ("высылка - Северный край", "exile", None),
        ("раскулачен, выслан на 3 года", "exile", "P3Y"),
        ("выслан на спецпоселение в Нарым", "special_settlement", None),
        ("раскулачены и выселены", "special_settlement", None),
        ("раскулачена - Ивановский р-н, спецпоселок Лесной", "dekulakization", None),
        ("конфискация имущества", "dekulakization", None),
        ("1 год принудработ", "corrective_labour", "P1Y"),
        ("лишен избирательных прав", "rights_deprivation", None),
        ("3 года поражения в правах", "rights_deprivation", "P3Y"),
        ("3 года лагерей условно", "probation", "P3Y"),
        ("дело прекращено, из-под стражи освобожден", "dismissed", None),
        ("не судился", "dismissed", None),
        ("зачтен срок предварительного заключения", "other", None),
        ("мобилизован в трудармию", "other", None),
        ("5 л. ссылки", "exile", "P5Y"),
        ("к 3 годам адм. высылки", "exile", "P3Y"),
        ("3 мес. принудительных работ", "corrective_labour", "P3M"),
        ("5 лет. ИТЛ", "camp", "P5Y"),
        ("3 года. Условно", "probation", "P3Y"),
        ("2, 5 мес. предварительного заключения", "prison", "P2M15D"),
        ("58-10 ч. 1, 5 лет", "prison", "P5Y"),
        ("10 лет, освобожден 3.10.39", "prison", "P10Y"),
        ("освоб. 21.08.1920", "dismissed", None),
        ("6 лет, по отбытии срока ссылка на 5 лет", "prison", "P6Y"),
        ("тюремное заключение на 10 лет с условным освобождением", "prison", "P10Y"),
        ("3 месяца общественных работ", "corrective_labour", "P3M"),
        ("расстр.", "vmn", None),
        ("ув'язнений до ВТТ на 8 р.", "camp", "P8Y"),
    ],
)
def test_it_tells_the_main_punishment(printed, kind, term):
    folded = fold(printed)
    punishment = terms.read_punishment(folded, 0, len(folded))
    assert (punishment.kind, punishment.term) == (kind, term)
