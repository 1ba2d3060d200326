"""EDTF dates: what is read, what is refused, which days are meant, how it reads in three languages."""

import calendar
import copy
import pickle
from dataclasses import FrozenInstanceError, fields
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from memorial import edtf
from memorial.edtf import FAR_FUTURE, FAR_PAST, EDTFError, bounds, is_day, is_valid, parse, words

LANGUAGES = ("ru", "en", "uk")
QUALIFIERS = st.sampled_from(["", "~", "?", "%"])

years = st.integers(1, 9999)
year_texts = years.map("{:04d}".format)
month_texts = st.builds("{:04d}-{:02d}".format, years, st.integers(1, 12))
day_texts = st.dates().map(date.isoformat)
season_texts = st.builds("{:04d}-{:02d}".format, years, st.integers(21, 24))
masked_texts = st.one_of(
    year_texts.map(lambda year: f"{year[:3]}X"),
    year_texts.map(lambda year: f"{year[:2]}XX"),
    year_texts.map("{}-XX".format),
    year_texts.map("{}-XX-XX".format),
    month_texts.map("{}-XX".format),
)
calendar_dates = st.one_of(year_texts, month_texts, day_texts)
plain_dates = st.one_of(calendar_dates, season_texts, masked_texts)
dates = st.builds("{}{}".format, plain_dates, QUALIFIERS)


@st.composite
def intervals(draw):
    start, end = sorted((draw(dates), draw(dates)), key=bounds)
    start, end = draw(
        st.sampled_from([(start, end), ("..", end), (start, ".."), ("", end), (start, ""), (start, start)])
    )
    return f"{start}/{end}"


@st.composite
def sets(draw):
    members = draw(st.lists(dates, max_size=6))
    for texts in draw(st.lists(st.sampled_from([year_texts, month_texts, day_texts]), max_size=2)):
        members.append("..".join(sorted((draw(texts), draw(texts)))))
    assume(members)
    if draw(st.booleans()):
        members[0] = f"..{draw(dates)}"
    if draw(st.booleans()):
        members.append(f"{draw(dates)}..")
    return draw(st.sampled_from(["[{}]", "{{{}}}"])).format(",".join(members))


edtf_texts = st.one_of(dates, intervals(), sets())


# --- reading ---


def test_it_exports_a_small_face():
    assert set(edtf.__all__) == {
        "EDTFError", "FAR_PAST", "FAR_FUTURE", "parse", "is_valid", "bounds", "is_day", "words",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "1937", "1937-08", "1937-08-05", "0001", "9999-12-31", "2000-02-29",
        "1937~", "1937-08?", "1937-08-05%",
        "1937-10-23/1937-10-25", "1937~/1938?", "../1937-12", "1937-08/..", "/1937", "1937/", "1937/1937",
        "../1937~", "1937-21/..", "193X/194X", "2004-02-01/2005", "2005/2006-02",
        "[1889,1890]", "[1889..1891]", "{1889,1890}", "{1960,1961-12}", "[1667,1668,1670..1672]",
        "[..1983-12-03]", "[1760-12..]", "[1760-01,1760-02,1760-12..]", "[1889]", "[1889~,1890?]",
        "193X", "19XX", "1937-XX", "1937-08-XX", "1937-XX-XX", "193X~", "00XX", "000X",
        "1937-21", "1937-22", "1937-23", "1937-24", "1937-22?",
    ],
)  # fmt: skip
def test_it_reads_every_form_of_the_design_and_writes_it_back(text):
    assert is_valid(text)
    assert str(parse(text)) == text


@given(edtf_texts)
def test_it_writes_back_what_it_read(text):
    assert str(parse(text)) == text


def test_it_reads_month_before_day_and_never_swaps_them():
    when = parse("1937-11-05")
    assert (when.year, when.month, when.day) == (1937, 11, 5)
    assert bounds("1937-11-05") == (date(1937, 11, 5), date(1937, 11, 5))
    assert words("1937-11-05", "en") == "5 November 1937"
    assert bounds("1937-11-05/1937-12") == (date(1937, 11, 5), date(1937, 12, 31))


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [("1937", False, False), ("1937~", True, False), ("1937?", False, True), ("1937%", True, True)],
)
def test_it_keeps_the_qualifier(text, approximate, uncertain):
    when = parse(text)
    assert (when.approximate, when.uncertain, str(when)) == (approximate, uncertain, text)
    assert str(parse(f"{text}/..")) == f"{text}/.."
    assert str(parse(f"[{text},1941]")) == f"[{text},1941]"


def test_an_open_end_differs_from_an_unknown_end():
    assert parse("../1937") != parse("/1937")
    assert parse("1937/..") != parse("1937/")


def test_one_of_differs_from_all_of():
    assert parse("[1889,1890]") != parse("{1889,1890}")


@pytest.mark.parametrize("text", ["1937~", "1937/..", "/1937", "[1889,1890..]", "{1889,1890}"])
def test_a_value_is_immutable_hashable_and_survives_a_copy(text):
    value = parse(text)
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(value)[0].name, None)
    for twin in (copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert twin == value
        assert hash(twin) == hash(value)


# --- refusing ---


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" ", "space"),
        (" 1937", "space"),
        ("1937\n", "space or line break"),
        ("[1889, 1890]", "space"),
        ("37", "four digits"),
        ("937", "four digits"),
        ("37-08-05", "four digits"),
        ("05.08.1937", "year first"),
        ("05-08-1937", "year first"),
        ("05/08/1937", "2 slashes"),
        ("1937.08.05", "hyphens"),
        ("19370805", "hyphens"),
        ("1937-8", "two digits"),
        ("1937-8-5", "two digits"),
        ("1937-08-05T10:00:00", "time of day"),
        ("1937-06-31", "1937-06 has 30 days; write 1937-06 "),
        ("1937-02-29", "28 days"),
        ("1900-02-29", "28 days"),
        ("1937-08-00", "31 days"),
        ("1937-08-32", "31 days"),
        ("1937-00", "01 to 12"),
        ("1937-13", "01 to 12"),
        ("1937-20", "01 to 12"),
        ("1937-25", "21 to 24"),
        ("1937-21-03", "day in a season"),
        ("1937-21-XX", "day in a season"),
        ("0000", "0001"),
        ("0000-01-01", "0001"),
        ("-0044", "0001 to 9999"),
        ("12345", "0001 to 9999"),
        ("Y17000", "0001 to 9999"),
        ("1937~?", "write % for both"),
        ("1937~-08", "end of the whole date"),
        ("~1937", "end of the whole date"),
        ("193x", "capital X"),
        ("1XXX", "last one or two"),
        ("XXXX", "last one or two"),
        ("19X7", "last one or two"),
        ("193X-05", "write 193X"),
        ("19XX-XX-05", "write 19XX"),
        ("1937-XX-05", "unspecified month"),
        ("193\u0425", "CYRILLIC CAPITAL LETTER HA"),
        ("\u0661\u0669\u0663\u0667", "ARABIC-INDIC DIGIT ONE"),
        ("\uff11937", "FULLWIDTH DIGIT ONE"),
        ("1937\u20131938", "EN DASH"),
        ("1938/1937", "write the earlier date first, 1937/1938"),
        ("1937-10-25/1937-10-23", "ends before it starts"),
        ("1938~/1937?", "ends before it starts"),
        ("1937/1938/1939", "2 slashes"),
        ("/", "no date at either end"),
        ("../..", "no date at either end"),
        ("../", "no date at either end"),
        ("..", "open end needs a slash"),
        ("1937..1938", "range needs brackets"),
        ("1937/[1938,1939]", "brackets"),
        ("[1889,1890", "closing bracket"),
        ("[1889,1890}", "closing bracket"),
        ("[1889,1890]~", "closing bracket"),
        ("[", "closing bracket"),
        ("[]", "closing bracket"),
        ("1889,1890", "in brackets"),
        ("[1889,,1890]", "between commas"),
        ("[1889,]", "between commas"),
        ("[[1889],1890]", "one pair of brackets"),
        ("[1889/1890]", "two dots"),
        ("[..]", "no date at either end"),
        ("[1889..,1891]", "open range in its middle"),
        ("[1889,..1891]", "open range in its middle"),
        ("[1891..1889]", "write the earlier date first, 1889..1891"),
        ("[1889..1890-05]", "from a year to a month"),
        ("[1889,1937-06-31]", "30 days"),
        ("в 1937 г.", "CYRILLIC SMALL LETTER VE"),
        ("unknown", "write 1937, 1937-08 or 1937-08-05"),
        ("1" * 201, "at most 200"),
        (1937, "not int"),
        (None, "not NoneType"),
    ],
)
def test_it_says_what_is_wrong_and_how_to_write_it(text, reason):
    with pytest.raises(EDTFError) as refusal:
        parse(text)
    assert reason in str(refusal.value)
    assert isinstance(refusal.value, ValueError)
    assert not is_valid(text)
    for question in (bounds, is_day):
        with pytest.raises(EDTFError):
            question(text)
    with pytest.raises(EDTFError):
        words(text, "ru")


near_edtf = st.text(alphabet="0123456789X~?%/.,-[]{} x\n", max_size=40)


@given(st.one_of(st.text(), near_edtf))
@example("\ud800")
@example("\x00")
@example("[" * 200)
@example("." * 200)
@example("1937~" * 40)
@example("1" * 100_000)
def test_any_text_is_either_read_or_refused(text):
    try:
        value = parse(text)
    except EDTFError as refusal:
        assert str(refusal)
        assert not is_valid(text)
    else:
        assert str(value) == text
        earliest, latest = bounds(text)
        assert FAR_PAST <= earliest <= latest <= FAR_FUTURE
        assert all(words(text, language) for language in LANGUAGES)


@given(st.integers(1, 9999), st.integers(0, 99), st.integers(0, 99))
def test_it_accepts_a_day_exactly_if_the_calendar_has_it(year, month, day):
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    assert is_valid(f"{year:04d}-{month:02d}-{day:02d}") == exists


# --- bounds ---


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1937", "1937-01-01", "1937-12-31"),
        ("1937-08", "1937-08-01", "1937-08-31"),
        ("1936-02", "1936-02-01", "1936-02-29"),
        ("1937-02", "1937-02-01", "1937-02-28"),
        ("1937-08-05", "1937-08-05", "1937-08-05"),
        ("1900~", "1900-01-01", "1900-12-31"),
        ("1937-10-23/1937-10-25", "1937-10-23", "1937-10-25"),
        ("1937-10/1938", "1937-10-01", "1938-12-31"),
        ("../1937-12", "0001-01-01", "1937-12-31"),
        ("/1937-12", "0001-01-01", "1937-12-31"),
        ("1937-08/..", "1937-08-01", "9999-12-31"),
        ("1937-08/", "1937-08-01", "9999-12-31"),
        ("[1889,1890]", "1889-01-01", "1890-12-31"),
        ("[1890,1889]", "1889-01-01", "1890-12-31"),
        ("[1889..1891]", "1889-01-01", "1891-12-31"),
        ("{1937-08,1937-10-05}", "1937-08-01", "1937-10-05"),
        ("[..1889]", "0001-01-01", "1889-12-31"),
        ("[1889,1891..]", "1889-01-01", "9999-12-31"),
        ("193X", "1930-01-01", "1939-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("000X", "0001-01-01", "0009-12-31"),
        ("00XX", "0001-01-01", "0099-12-31"),
        ("1937-XX", "1937-01-01", "1937-12-31"),
        ("1937-XX-XX", "1937-01-01", "1937-12-31"),
        ("1937-02-XX", "1937-02-01", "1937-02-28"),
        ("1937-21", "1937-03-01", "1937-05-31"),
        ("1937-22", "1937-06-01", "1937-08-31"),
        ("1937-23", "1937-09-01", "1937-11-30"),
        ("1937-24", "1937-12-01", "1938-02-28"),
        ("1939-24", "1939-12-01", "1940-02-29"),
        ("9999-24", "9999-12-01", "9999-12-31"),
        # Ends that overlap: neither widens the other.
        ("1937-05/1937", "1937-05-01", "1937-12-31"),
        ("1937/1937-05", "1937-01-01", "1937-05-31"),
    ],
)
def test_it_bounds_a_date(text, earliest, latest):
    assert bounds(text) == (date.fromisoformat(earliest), date.fromisoformat(latest))


@given(edtf_texts)
def test_the_earliest_day_is_never_after_the_latest(text):
    earliest, latest = bounds(text)
    assert FAR_PAST <= earliest <= latest <= FAR_FUTURE


@given(dates, dates)
def test_an_interval_contains_its_ends(one, other):
    start, end = sorted((one, other), key=bounds)
    assume(bounds(start)[1] <= bounds(end)[1])
    earliest, latest = bounds(f"{start}/{end}")
    for side in (start, end):
        assert earliest <= bounds(side)[0]
        assert bounds(side)[1] <= latest


@given(dates, dates)
def test_an_interval_is_refused_exactly_if_it_cannot_end_after_it_starts(start, end):
    assert is_valid(f"{start}/{end}") == (bounds(start)[0] <= bounds(end)[1])


@given(dates)
def test_an_open_end_reaches_the_sentinel(text):
    for nothing in ("", ".."):
        assert bounds(f"{nothing}/{text}") == (FAR_PAST, bounds(text)[1])
        assert bounds(f"{text}/{nothing}") == (bounds(text)[0], FAR_FUTURE)


@given(plain_dates, st.sampled_from("~?%"))
def test_a_qualifier_widens_nothing(text, qualifier):
    assert bounds(text + qualifier) == bounds(text)
    assert bounds(f"{text}{qualifier}/..") == bounds(f"{text}/..")
    assert bounds(f"[{text}{qualifier},1937]") == bounds(f"[{text},1937]")


@given(st.lists(dates, min_size=1, max_size=12), st.sampled_from(["[{}]", "{{{}}}"]))
def test_a_set_spans_its_members(members, brackets):
    spans = [bounds(member) for member in members]
    assert bounds(brackets.format(",".join(members))) == (
        min(earliest for earliest, _ in spans),
        max(latest for _, latest in spans),
    )


@pytest.mark.parametrize("text", ["1937-08-05", "1937-08-05~", "1937-08-05?", "1937-08-05%"])
def test_a_day_is_a_day_with_or_without_qualifier(text):
    assert is_day(text)


@pytest.mark.parametrize(
    "text",
    ["1937", "1937-08", "1937-08-XX", "1937-22", "1937-08-05/1937-08-06", "../1937-08-05", "[1937-08-05]"],
)
def test_anything_wider_or_made_of_several_dates_is_no_day(text):
    assert not is_day(text)


@given(day_texts, QUALIFIERS)
def test_the_bounds_of_a_day_are_that_day(day, qualifier):
    assert is_day(day + qualifier)
    assert bounds(day + qualifier) == (date.fromisoformat(day),) * 2


# --- words ---

WORDS = [
    ("1937-08-05", "5 августа 1937 г.", "5 August 1937", "5 серпня 1937 р."),
    ("1937-08", "август 1937 г.", "August 1937", "серпень 1937 р."),
    ("1937", "1937 г.", "1937", "1937 р."),
    ("0988", "988 г.", "988", "988 р."),
    ("1900~", "около 1900 г.", "about 1900", "близько 1900 р."),
    ("1937-08~", "около августа 1937 г.", "about August 1937", "близько серпня 1937 р."),
    ("1937-08-05~", "около 5 августа 1937 г.", "about 5 August 1937", "близько 5 серпня 1937 р."),
    ("1937?", "1937 г. (?)", "1937 (uncertain)", "1937 р. (?)"),
    ("1900%", "около 1900 г. (?)", "about 1900 (uncertain)", "близько 1900 р. (?)"),
    # intervals
    (
        "1937-10-23/1937-10-25",
        "между 23 и 25 октября 1937 г.",
        "between 23 and 25 October 1937",
        "між 23 і 25 жовтня 1937 р.",
    ),
    (
        "1937-08-05/1937-10-03",
        "между 5 августа и 3 октября 1937 г.",
        "between 5 August and 3 October 1937",
        "між 5 серпня і 3 жовтня 1937 р.",
    ),
    (
        "1937-08-05/1938-08-05",
        "между 5 августа 1937 г. и 5 августа 1938 г.",
        "between 5 August 1937 and 5 August 1938",
        "між 5 серпня 1937 р. і 5 серпня 1938 р.",
    ),
    ("1937/1938", "между 1937 и 1938 гг.", "between 1937 and 1938", "між 1937 і 1938 рр."),
    (
        "1937-08/1937-10",
        "между августом и октябрём 1937 г.",
        "between August and October 1937",
        "між серпнем і жовтнем 1937 р.",
    ),
    (
        "1937-12/1938-01",
        "между декабрём 1937 г. и январём 1938 г.",
        "between December 1937 and January 1938",
        "між груднем 1937 р. і січнем 1938 р.",
    ),
    (
        "1937/1938-05",
        "между 1937 г. и маем 1938 г.",
        "between 1937 and May 1938",
        "між 1937 р. і травнем 1938 р.",
    ),
    (
        "1937-08-05/1937-10",
        "между 5 августа и октябрём 1937 г.",
        "between 5 August and October 1937",
        "між 5 серпня і жовтнем 1937 р.",
    ),
    (
        "1937-22/1937-23",
        "между летом и осенью 1937 г.",
        "between summer and autumn 1937",
        "між літом і осінню 1937 р.",
    ),
    (
        "192X/193X",
        "между 1920-ми и 1930-ми годами",
        "between the 1920s and the 1930s",
        "між 1920-ми і 1930-ми роками",
    ),
    (
        "18XX/19XX",
        "между XIX и XX веками",
        "between the 19th and the 20th centuries",
        "між XIX і XX століттями",
    ),
    ("1937-08-05/1937-08-05", "5 августа 1937 г.", "5 August 1937", "5 серпня 1937 р."),
    # an end that holds the other one is cut to match
    (
        "1937-05/1937",
        "между маем и декабрём 1937 г.",
        "between May and December 1937",
        "між травнем і груднем 1937 р.",
    ),
    (
        "1937-10/1937-10-25",
        "между 1 и 25 октября 1937 г.",
        "between 1 and 25 October 1937",
        "між 1 і 25 жовтня 1937 р.",
    ),
    ("1937-12/1937", "декабрь 1937 г.", "December 1937", "грудень 1937 р."),
    # qualified ends stay apart, lest the qualifier seem to belong to both
    (
        "1937~/1938",
        "между примерно 1937 г. и 1938 г.",
        "between about 1937 and 1938",
        "між приблизно 1937 р. і 1938 р.",
    ),
    (
        "1937-08/1937-10?",
        "между августом 1937 г. и октябрём 1937 г. (?)",
        "between August 1937 and October 1937 (uncertain)",
        "між серпнем 1937 р. і жовтнем 1937 р. (?)",
    ),
    # open and unknown ends
    ("../1937-12", "не позднее декабря 1937 г.", "not later than December 1937", "не пізніше грудня 1937 р."),
    ("1937-08/..", "не ранее августа 1937 г.", "not before August 1937", "не раніше серпня 1937 р."),
    ("/1937", "не позднее 1937 г.", "not later than 1937", "не пізніше 1937 р."),
    ("1937/", "не ранее 1937 г.", "not before 1937", "не раніше 1937 р."),
    (
        "../1937-08-05",
        "не позднее 5 августа 1937 г.",
        "not later than 5 August 1937",
        "не пізніше 5 серпня 1937 р.",
    ),
    ("../193X", "не позднее 1930-х годов", "not later than the 1930s", "не пізніше 1930-х років"),
    (
        "../1937-08~",
        "не позднее примерно августа 1937 г.",
        "not later than about August 1937",
        "не пізніше приблизно серпня 1937 р.",
    ),
    # sets
    ("[1889,1890]", "1889 или 1890 г.", "1889 or 1890", "1889 або 1890 р."),
    ("[1889,1890,1892]", "1889, 1890 или 1892 г.", "1889, 1890 or 1892", "1889, 1890 або 1892 р."),
    ("{1889,1890}", "1889 и 1890 гг.", "1889 and 1890", "1889 і 1890 рр."),
    ("[1889]", "1889 г.", "1889", "1889 р."),
    (
        "[1937-08,1937-09]",
        "август или сентябрь 1937 г.",
        "August or September 1937",
        "серпень або вересень 1937 р.",
    ),
    ("[1937-08-05,1937-08-07]", "5 или 7 августа 1937 г.", "5 or 7 August 1937", "5 або 7 серпня 1937 р."),
    ("[1889..1891]", "между 1889 и 1891 гг.", "between 1889 and 1891", "між 1889 і 1891 рр."),
    ("{1889..1891}", "1889–1891 гг.", "1889–1891", "1889–1891 рр."),
    (
        "{1937-08-05..1937-10-07}",
        "5 августа – 7 октября 1937 г.",
        "5 August – 7 October 1937",
        "5 серпня – 7 жовтня 1937 р.",
    ),
    (
        "[1667,1668,1670..1672]",
        "1667 г., 1668 г. или между 1670 и 1672 гг.",
        "1667, 1668 or between 1670 and 1672",
        "1667 р., 1668 р. або між 1670 і 1672 рр.",
    ),
    ("[..1889]", "не позднее 1889 г.", "not later than 1889", "не пізніше 1889 р."),
    ("{1889..}", "1889 г. и позднее", "1889 and later", "1889 р. і пізніше"),
    ("{..1889}", "1889 г. и ранее", "1889 and earlier", "1889 р. і раніше"),
    ("[1889~,1890]", "около 1889 г. или 1890 г.", "about 1889 or 1890", "близько 1889 р. або 1890 р."),
    ("[18XX,19XX]", "XIX или XX век", "19th or 20th century", "XIX або XX століття"),
    ("{18XX,19XX}", "XIX и XX века", "19th and 20th centuries", "XIX і XX століття"),
    # unspecified digits
    ("193X", "1930-е годы", "1930s", "1930-ті роки"),
    ("194X", "1940-е годы", "1940s", "1940-ві роки"),
    ("190X", "1900-е годы", "1900–1909", "1900-ті роки"),
    ("200X", "2000-е годы", "2000–2009", "2000-ні роки"),
    ("193X~", "около 1930-х годов", "about the 1930s", "близько 1930-х років"),
    ("19XX", "XX век", "20th century", "XX століття"),
    ("20XX", "XXI век", "21st century", "XXI століття"),
    ("10XX", "XI век", "11th century", "XI століття"),
    ("18XX~", "около XIX века", "about the 19th century", "близько XIX століття"),
    ("1937-XX", "1937 г.", "1937", "1937 р."),
    ("1937-XX-XX", "1937 г.", "1937", "1937 р."),
    ("1937-08-XX", "август 1937 г.", "August 1937", "серпень 1937 р."),
    # seasons
    ("1937-21", "весна 1937 г.", "spring 1937", "весна 1937 р."),
    ("1937-22", "лето 1937 г.", "summer 1937", "літо 1937 р."),
    ("1937-23", "осень 1937 г.", "autumn 1937", "осінь 1937 р."),
    ("1937-24", "зима 1937–1938 гг.", "winter 1937–1938", "зима 1937–1938 рр."),
    ("1937-22~", "около лета 1937 г.", "about summer 1937", "близько літа 1937 р."),
]


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[1]) for row in WORDS])
def test_it_words_a_date_in_russian(text, expected):
    assert words(text, "ru") == expected


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[2]) for row in WORDS])
def test_it_words_a_date_in_english(text, expected):
    assert words(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[3]) for row in WORDS])
def test_it_words_a_date_in_ukrainian(text, expected):
    assert words(text, "uk") == expected


MONTHS = {  # (on its own, after "not later than", after "between"), from grammars, not from the code
    "ru": [
        ("январь", "января", "январём"), ("февраль", "февраля", "февралём"), ("март", "марта", "мартом"),
        ("апрель", "апреля", "апрелем"), ("май", "мая", "маем"), ("июнь", "июня", "июнем"),
        ("июль", "июля", "июлем"), ("август", "августа", "августом"),
        ("сентябрь", "сентября", "сентябрём"), ("октябрь", "октября", "октябрём"),
        ("ноябрь", "ноября", "ноябрём"), ("декабрь", "декабря", "декабрём"),
    ],
    "uk": [
        ("січень", "січня", "січнем"), ("лютий", "лютого", "лютим"), ("березень", "березня", "березнем"),
        ("квітень", "квітня", "квітнем"), ("травень", "травня", "травнем"), ("червень", "червня", "червнем"),
        ("липень", "липня", "липнем"), ("серпень", "серпня", "серпнем"), ("вересень", "вересня", "вереснем"),
        ("жовтень", "жовтня", "жовтнем"), ("листопад", "листопада", "листопадом"),
        ("грудень", "грудня", "груднем"),
    ],
    "en": [(name,) * 3 for name in (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )],
}  # fmt: skip
LIMITS = {"ru": ("не позднее", "между"), "uk": ("не пізніше", "між"), "en": ("not later than", "between")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(1, 13))
def test_it_declines_every_month(language, number):
    nominative, genitive, instrumental = MONTHS[language][number - 1]
    not_later, between = LIMITS[language]
    month = f"1937-{number:02d}"
    assert words(month, language).startswith(f"{nominative} 1937")
    assert words(f"{month}-05", language).startswith(f"5 {genitive} 1937")
    assert words(f"../{month}", language).startswith(f"{not_later} {genitive} 1937")
    assert words(f"{month}/1938-05", language).startswith(f"{between} {instrumental} 1937")


@pytest.mark.parametrize("language", ["de", "RU", "", None])
def test_it_knows_no_other_language(language):
    with pytest.raises(ValueError, match="ru, en, uk") as refusal:
        words("1937", language)
    assert not isinstance(refusal.value, EDTFError)


@given(edtf_texts)
def test_every_date_has_words_in_every_language(text):
    for language in LANGUAGES:
        worded = words(text, language)
        assert worded == worded.strip()
        assert worded
        assert "  " not in worded
        assert "{" not in worded


@given(st.one_of(calendar_dates, season_texts), QUALIFIERS)
def test_the_words_of_a_date_hold_its_year(text, qualifier):
    for language in LANGUAGES:
        assert str(int(text[:4])) in words(text + qualifier, language)


@given(dates, dates, st.sampled_from(["[{},{}]", "{{{},{}}}"]))
def test_the_words_of_a_set_hold_the_year_of_every_member(one, other, brackets):
    for language in LANGUAGES:
        worded = words(brackets.format(one, other), language)
        for member in (one, other):
            assert "XX" in member[:4] or str(int(member[:4].replace("X", "0"))) in worded


@given(edtf_texts)
def test_the_words_keep_doubt_and_approximation(text):
    value = parse(text)
    assume(isinstance(value, edtf.Date) or text[0] in "[{")
    assert ("about" in words(text, "en")) == ("~" in text or "%" in text)
    assert ("(uncertain)" in words(text, "en")) == ("?" in text or "%" in text)
    assert ("(?)" in words(text, "ru")) == ("(?)" in words(text, "uk")) == ("?" in text or "%" in text)
