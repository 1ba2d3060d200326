"""The search command: one question in words, or many as JSON Lines."""

import json

import pytest

from tests.telling import manage, name, put, run, start
from victims.vocabulary import Status


@pytest.fixture
def cast(db):
    return put(
        name("Семёнов", "Пётр", birth={"date": "1890?"}, death={"date": "1938-01-05", "manner": "shot"}),
        name("Семёнов", "Пётр", "Алексеевич", name_variants=["Семенцов Пётр"]),
        name("Сёмин", "Иван", birth={"date": "../1880"}, death={"manner": "died"}),
    ) + put(name("Семёнов", "Вымышленный"), synthetic=True)


def test_a_person_is_told_on_one_line(cast):
    ran = run("search", "семенов петр")
    ids = [victim.public_id for victim in cast]
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"{ids[0]}  Семёнов Пётр  * 1890?  † 1938-01-05 shot  (name as written)",
        f"{ids[1]}  Семёнов Пётр Алексеевич  (name as written)",
    ]


def test_what_is_not_known_is_not_told_and_what_is_synthetic_is(cast):
    assert run("search", "сёмин").out.split("  ")[1:] == [
        "Сёмин Иван",
        "* ../1880",
        "† died",
        "(name as written)\n",
    ]
    assert "SYNTHETIC" in run("search", "вымышленный").out


def test_nobody_found_is_said(cast):
    assert run("search", "никто").out == "Nobody was found.\n"
    assert run("search", "!!!").out == "Nobody was found.\n"


def test_a_list_that_goes_on_ends_in_an_ellipsis(cast):
    assert run("search", "семёнов", "--limit", 1).out.splitlines()[1:] == ["…"]
    assert "…" not in run("search", "семёнов", "--limit", 3).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["И" * 201], "at most 200"),
        (["***"], "type letters"),
        (["Иванов 40 лет"], "An age needs a year"),
        (["Иванов", "--match", "roughly"], "--match"),
        (["Иванов", "--match-surname", "roughly"], "--match-surname"),
        (["Иванов", "--surname", "Иванов"], "give a query, or"),
        (["а б в г д е ж з и"], "at most 8"),
        ([], "give a query, or --queries FILE"),
        (["Иванов", "--queries", "-"], "give a query, or --queries FILE"),
        (["Иванов", "--limit", "0"], "--limit"),
        (["Иванов", "--limit", "-5"], "--limit"),
        (["--queries", "missing.txt"], "missing.txt"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(db, arguments, words):
    ran = run("search", *arguments)
    assert (ran.code, words in ran.err) == (2, True)
    assert ran.out == ""


def test_parts_of_the_name_are_asked_one_by_one_each_as_near_as_is_said(cast):
    def told(*options):
        return [line.split("  ")[1] for line in run("search", *options).out.splitlines() if "  " in line]

    assert told("--surname", "семенов", "--patronymic", "алексеевич")[0] == "Семёнов Пётр Алексеевич"
    exactly = ("--match", "exact", "--patronymic", "алексеевич")
    assert told("--surname", "семенов", *exactly) == ["Семёнов Пётр Алексеевич"]
    assert told("--surname", "семинов") != []
    assert told("--surname", "семинов", "--match-surname", "exact") == []
    assert told("Семинов Пётр", "--match", "variants") == []
    assert told("Semyonov Pyotr", "--match", "variants") == ["Семёнов Пётр", "Семёнов Пётр Алексеевич"]


def test_a_reader_who_has_read_enough_is_no_error(database, tmp_path):
    queries = tmp_path / "queries.txt"
    queries.write_text("никто\n" * 3000)
    process = start(database, "search", "--queries", queries)
    process.stdout.close()
    assert process.wait(60) == 0
    assert b"BrokenPipe" not in process.stderr.read()


def answers(out) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def test_each_line_of_a_file_is_answered_by_one_line(cast, tmp_path):
    path = tmp_path / "queries.txt"
    path.write_text("семенов петр\n\nникто\n1937\nСёмин Иван 1879\n" + "И" * 300 + "\nвымышленный")
    ran = run("search", "--queries", path)
    rows = answers(ran.out)
    assert ran.code == 0
    assert [row["q"] for row in rows] == path.read_text().split("\n")
    assert [[hit["name"] for hit in row["hits"]] for row in rows] == [
        ["Семёнов Пётр", "Семёнов Пётр Алексеевич"],
        [],
        [],
        [],
        ["Сёмин Иван"],
        [],
        ["Семёнов Вымышленный"],
    ]
    first = rows[0]["hits"][0]
    assert first.keys() >= {"id", "name", "birth_year", "score", "reason"}
    assert (first["id"], first["birth_year"]) == (cast[0].public_id, 1890)
    assert rows[0]["hits"][1]["birth_year"] is None
    assert rows[4]["hits"][0]["birth_year"] is None  # born in 1880 or before: no year is known


def test_the_limit_holds_for_each_line(cast, tmp_path):
    path = tmp_path / "queries.txt"
    path.write_text("семёнов\nсемёнов\n")
    rows = answers(run("search", "--queries", path, "--limit", 1).out)
    assert [len(row["hits"]) for row in rows] == [1, 1]


def test_letters_stand_in_the_answer_as_letters(cast, tmp_path):
    path = tmp_path / "queries.txt"
    path.write_text("семёнов\n")
    assert "\\u" not in run("search", "--queries", path).out


def test_drafts_are_not_told(db):
    put(name("Тайный", "Иван"), status=Status.DRAFT)
    assert run("search", "тайный").out == "Nobody was found.\n"


def test_standard_input_is_answered_and_rubbish_refused(database, tmp_path):
    ran = manage(database, "search", "--queries", "-", given="Иванов\nПетров\n".encode())
    assert (ran.code, answers(ran.out)) == (0, [{"q": "Иванов", "hits": []}, {"q": "Петров", "hits": []}])
    path = tmp_path / "queries.txt"
    path.write_bytes("Иванов\n".encode("cp1251"))
    ran = manage(database, "search", "--queries", path)
    assert (ran.code, "UTF-8" in ran.err, "Traceback" in ran.err) == (2, True, False)
    ran = manage(database, "search", "--queries", tmp_path)
    assert (ran.code, "Traceback" in ran.err) == (2, False)


@pytest.mark.parametrize(
    "query", [b"\xff\xfe", "Иванов\ud800".encode(errors="surrogatepass"), b"'; --", b"\xf0\x9f\x91\xa4"]
)
def test_any_bytes_of_a_command_line_are_answered(database, query):
    ran = manage(database, "search", query)
    assert (ran.code, ran.out, ran.err) == (0, "Nobody was found.\n", "")


def test_the_reason_is_told_in_the_language_of_the_command(cast):
    assert "is like" in run("search", "сюмин").out
