"""The page of one person in the administration site: opened, read, changed, published, restored."""

import pytest
from django.urls import reverse

from memorial import edtf
from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, again, enter, entry_of, gather
from tests.forms import form_of
from tests.people import keeper
from tests.telling import a_source, told
from victims.matching import not_same, undo_not_same
from victims.matching.merging import known_not_same
from victims.models import Entry, EntryVersion, Revision, Victim
from victims.models.checking import differences
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
MOSCOW = "Азаров Пётр Ильич, род. 1894, дер. Коньково, русский, б/п, сторож. Расстрелян 16.05.1938."


@pytest.fixture
def editor(client):
    user = keeper(Role.EDITOR)
    client.force_login(user)
    client.user = user
    return client


def address(victim=None):
    if victim is None:
        return reverse("admin:victims_victim_add")
    return reverse("admin:victims_victim_change", args=[victim.pk])


def opened(client, victim=None, **parameters) -> dict:
    answer = client.get(address(victim), parameters)
    assert answer.status_code == 200
    return form_of(answer, "victim_form")


def saved(client, victim, data, button="_save", expect=302):
    answer = client.post(address(victim), data | {button: ""})
    assert answer.status_code == expect, answer.content.decode()[:3000]
    return answer


def test_opening_and_saving_changes_nothing(editor):
    for person in (FLORENSKY, KURBAS):
        victim = gather(person, status=Status.PUBLISHED)
        before, count = told(victim), Revision.objects.count()
        saved(editor, victim, opened(editor, victim))
        assert told(victim) == before
        assert Revision.objects.count() == count


def test_an_entry_with_a_text_is_opened_and_saved_unchanged(editor):
    text = MOSCOW
    data = opened(editor) | {"new-source": a_source("book").slug, "new-text": text}
    read = form_of(editor.post(address(), data | {"_read-new": "1"}), "victim_form")
    saved(editor, None, read)
    victim = Victim.objects.get()
    entry = Entry.objects.get()
    assert (victim.surname, victim.birth, victim.death, victim.manner) == ("Азаров", "1894", "1938-05-16", "shot")
    assert (entry.text, entry.corrections, victim.status) == (text, None, Status.DRAFT)
    assert entry.reading["nationality"] == "русский"
    saved(editor, victim, opened(editor, victim))
    assert again(victim).revision == 1


def test_what_a_human_changes_in_a_reading_is_kept_apart_from_it(editor):
    data = opened(editor) | {"new-source": a_source("book").slug, "new-text": MOSCOW}
    read = form_of(editor.post(address(), data | {"_read-new": "1"}), "victim_form")
    saved(editor, None, read | {"new-birth-0-date": "1895", "new-occupation": "сторож\nплотник"})
    entry = Entry.objects.get()
    assert entry.reading["birth"] == {"date": "1894", "place": "дер. Коньково"}
    assert {slot: made["value"] for slot, made in entry.corrections.items()} == {
        "birth.date": "1895",
        "occupation": ["сторож", "плотник"],
    }
    assert entry.corrections["birth.date"]["by"] == editor.user.pk
    assert Victim.objects.get().birth == "1895"


def test_an_arrest_of_which_nothing_more_could_be_read_is_kept(editor):
    text = "Азаров Петр Иванович, 1894 г.р. Арестован 31.02.1938. Расстрелян 16.05.1938."
    data = opened(editor) | {"new-source": a_source("book").slug, "new-text": text}
    answer = editor.post(address(), data | {"_read-new": "1"})
    assert "В источнике напечатана дата, которой нет в календаре." in answer.content.decode()
    read = form_of(answer, "victim_form")
    refused = saved(editor, None, read | {"new-age": "900"}, expect=422)
    saved(editor, None, form_of(refused, "victim_form") | {"new-age": ""})
    [record], victim = told(Victim.objects.get()), Victim.objects.get()
    assert record["arrests"] == [{}]
    assert Entry.objects.get().corrections is None
    removed = {f"entry-{entry_of(victim, 'book').pk}-arrests-0-DELETE": "on"}
    saved(editor, victim, opened(editor, victim) | removed)
    [record] = told(victim)
    assert "arrests" not in record


def test_a_card_is_keyed_as_fields(editor):
    data = opened(editor) | {
        "new-source": a_source("card-index").slug,
        "new-item_key": "карточка 17",
        "new-locator": "л. 4",
        "new-surname": "Курбас",
        "new-given_name": "Лесь",
        "new-sex": "male",
        "new-birth-0-date": "1887-02-25",
        "new-arrests-0-date": "1933-12-26",
        "new-arrests-0-body": "ГПУ УССР",
        "new-sentences-0-date": "1937-10-09",
        "new-sentences-0-kind": "vmn",
        "new-sentences-0-articles": "54-6\n54-8",
        "new-sentences-0-revision-0-date": "1957",
        "new-sentences-0-revision-0-kind": "dismissed",
        "new-death-0-date": "1937-11-03",
        "new-death-0-manner": "shot",
        "new-death-0-burial_place": "Сандармох",
        "why": "по карточке",
    }
    saved(editor, None, data, "_publish")
    [victim] = Victim.objects.all()
    [record] = told(victim)
    assert (victim.status, victim.name) == (Status.PUBLISHED, "Курбас Лесь")
    assert record["sentences"] == [
        {"date": "1937-10-09", "kind": "vmn", "articles": ["54-6", "54-8"],
         "revision": {"date": "1957", "kind": "dismissed"}}
    ]  # fmt: skip
    entry = Entry.objects.get()
    assert (entry.item_key, entry.locator, entry.reading) == ("карточка 17", "л. 4", None)
    assert Revision.objects.get(victim=victim).why == "по карточке"
    assert list(differences()) == []


def test_a_keyed_card_that_is_changed_keeps_its_former_version(editor):
    victim = enter(KURBAS["lists"], keep_reading=False, status=Status.PUBLISHED)
    prefix = f"entry-{entry_of(victim).pk}"
    saved(editor, victim, opened(editor, victim) | {f"{prefix}-death-0-date": "1937"})
    assert again(victim).death == "1937"
    [former] = EntryVersion.objects.all()
    assert former.reading["death"] == {"date": "1937-11-03"}
    assert list(differences()) == []


def test_a_fact_is_removed_and_another_added(editor):
    victim = gather({"openlist": FLORENSKY["openlist"]})
    prefix = f"entry-{entry_of(victim, 'openlist').pk}"
    data = opened(editor, victim)
    data |= {f"{prefix}-arrests-0-DELETE": "on"}
    data |= {f"{prefix}-arrests-2-date": "1930", f"{prefix}-arrests-2-body": "X"}
    saved(editor, victim, data)
    [record] = told(victim)
    assert record["arrests"] == [{"date": "1933-02", "body": "ОГПУ"}, {"date": "1930", "body": "X"}]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("birth-0-date", "31.06.1937", "1937-06"),
        ("sentences-0-term", "долго", "P10Y"),
        ("sentences-0-operation", "00999", "00999"),
        ("age", "900", "150"),
        ("relatives-0-other", "XXXX", "XXXX"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(editor, field, value, words):
    victim = enter(KURBAS["lists"])
    name = f"entry-{entry_of(victim).pk}-{field}"
    data = opened(editor, victim) | {name: value, f"entry-{entry_of(victim).pk}-surname": "Курбасов"}
    answer = saved(editor, victim, data, expect=422)
    page = answer.content.decode()
    assert form_of(answer, "victim_form")[name] == value
    assert form_of(answer, "victim_form")[f"entry-{entry_of(victim).pk}-surname"] == "Курбасов"
    beside = page.split(f'name="{name}"')[1].split('class="desk-field')[0]
    assert "errornote" in beside
    assert words in beside
    above = page.split('class="errornote desk-complaints"')[1].split("</div>")[0]
    assert f'<a href="#id_{name}">' in above and words in above and f'id="id_{name}"' in page
    assert again(victim).surname == "Курбас"


def test_what_is_wrong_below_a_sentence_is_led_to_from_above(editor):
    victim = enter(KURBAS["lists"])
    name = f"entry-{entry_of(victim).pk}-sentences-0-revision-0-date"
    page = saved(editor, victim, opened(editor, victim) | {name: "31.06.1939"}, expect=422).content.decode()
    above = page.split('class="errornote desk-complaints"')[1].split("</div>")[0]
    assert "1 место" in above and above.count("<li>") == 1
    assert f'<a href="#id_{name}">Пересмотр приговора: Дата пересмотра: Такого дня нет' in above


def test_the_desk_refuses_in_the_language_of_the_page(editor):
    kept, absorbed = enter(KURBAS["lists"], "lists"), enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    data = opened(editor, kept) | {f"entry-{entry_of(kept, 'lists').pk}-birth-0-date": "31.06.1937"}
    page = saved(editor, kept, data, expect=422).content.decode()
    assert "Такого дня нет: июнь 1937 г., дней: 30." in page and "no such day" not in page
    prefix = f"entry-{entry_of(kept, 'lists').pk}"
    wrong = {f"{prefix}-relatives-0-other": "XXXX", f"{prefix}-archival_files-0-unit": "нет"}
    for field, value in wrong.items():
        page = saved(editor, kept, opened(editor, kept) | {field: value}, expect=422).content.decode()
        beside = page.split(f'name="{field}"')[1].split('class="desk-field')[0]
        assert f"Нет записи «{value}»" in beside or f"Нет архивной единицы «{value}»" in beside
    page = reverse("admin:victims_victim_merge", args=[kept.pk, absorbed.pk])
    words = editor.get(page, follow=True).content.decode()
    assert f"Карточка {absorbed.public_id} опубликована и скрылась бы в черновике" in words


def test_what_is_doubtful_is_saved_with_a_warning(editor):
    victim = enter(KURBAS["martyrology"])
    prefix = f"entry-{entry_of(victim).pk}"
    data = opened(editor, victim) | {f"{prefix}-death-0-date": "1936-01-01"}
    answer = editor.post(address(victim), data | {"_save": ""}, follow=True)
    assert again(victim).death == "1936-01-01"
    assert len(answer.context["doubts"]) == 2  # shot before the sentence; sentenced after the death


# --- two people in one record ---


def test_the_second_to_save_gets_both_and_nothing_is_lost(editor):
    victim = enter(KURBAS["martyrology"])
    prefix = f"entry-{entry_of(victim).pk}"
    first, second = opened(editor, victim), opened(editor, victim)
    saved(editor, victim, first | {f"{prefix}-nationality": "поляк", f"{prefix}-death-0-date": "1937-11-04"})
    answer = saved(
        editor, victim,
        second | {f"{prefix}-occupation": "актёр", f"{prefix}-death-0-date": "1937-11-05", "why": "моё"},
        expect=409,
    )  # fmt: skip
    page = form_of(answer, "victim_form")
    assert page[f"{prefix}-nationality"] == "поляк"
    assert page[f"{prefix}-occupation"] == "актёр"
    assert page[f"{prefix}-death-0-date"] == "1937-11-05"
    assert page["why"] == "моё"
    card = answer.context["card"]
    assert {(clash.before, clash.theirs, clash.ours) for clash in card.clashes} == {
        ("украинец", "поляк", ""),
        tuple(edtf.words(f"1937-11-0{day}", "ru") for day in (3, 4, 5)),
    }
    assert again(victim).death == "1937-11-04"
    saved(editor, victim, page)
    [record] = told(victim)
    assert (record["nationality"], record["occupation"]) == ("поляк", "актёр")
    assert record["death"]["date"] == "1937-11-05"


# --- history ---


def test_a_revision_is_restored(editor):
    victim = gather(FLORENSKY, status=Status.PUBLISHED)
    before, number = told(victim), victim.revision
    prefix = f"entry-{entry_of(victim).pk}"
    changed = {f"{prefix}-surname": "Флоринский", f"{prefix}-arrests-0-DELETE": "on"}
    saved(editor, victim, opened(editor, victim) | changed)
    assert again(victim).surname == "Флоринский"
    history = editor.get(reverse("admin:victims_victim_history", args=[victim.pk]))
    assert "<del>Флоренский</del>" in history.content.decode()
    restore = reverse("admin:victims_victim_restore", args=[victim.pk, number])
    assert "Флоренский" in editor.get(restore).content.decode()
    assert told(victim) != before
    answer = editor.post(restore, {"why": "опечатка", "revision": again(victim).revision})
    assert answer.status_code == 302
    assert told(victim) == before
    assert list(differences()) == []


def test_an_imported_record_is_restored_to_what_was_imported(editor, tmp_path):
    from tests.telling import run

    path = tmp_path / "book.txt"
    path.write_text(MOSCOW)
    a_source("book")
    assert run("import_entries", path, "--source", "book", "--status", "published").code == 0
    victim = Victim.objects.get()
    before = told(victim)
    prefix = f"entry-{Entry.objects.get().pk}"
    saved(editor, victim, opened(editor, victim) | {f"{prefix}-birth-0-date": "1890"})
    assert again(victim).birth == "1890"
    answer = editor.post(reverse("admin:victims_victim_restore", args=[victim.pk, 1]), {"why": "нет"})
    assert answer.status_code == 302
    assert told(victim) == before
    assert Entry.objects.get().corrections is None


# --- merge, undo, withdraw ---


def test_a_merge_is_shown_before_it_is_done_and_undone_later(editor):
    kept = enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    absorbed = enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    chosen = {"action": "merge_chosen", "_selected_action": [kept.pk, absorbed.pk]}
    answer = editor.post(reverse("admin:victims_victim_changelist"), chosen)
    preview = editor.get(answer.url)
    assert preview.status_code == 200
    assert sum("Курбас" in line.words and ":" in line.words for line in preview.context["after"]) == 2
    assert again(absorbed).status == Status.PUBLISHED
    assert editor.post(answer.url, {"why": ""}).status_code == 422
    assert editor.post(answer.url, {"why": "одно лицо"}).status_code == 302
    assert again(absorbed).merged_into == kept
    page = editor.get(address(kept)).content.decode()
    undo = reverse("admin:victims_victim_undo_merge", args=[kept.merges.get().pk])
    assert undo in page
    after = [line.words for line in editor.get(undo).context["after"]]
    assert "Курбас Лесь Степанович" in after
    assert editor.post(undo, {"why": "разные"}).status_code == 302
    assert again(absorbed).status == Status.PUBLISHED
    assert list(differences()) == []


def test_who_keys_a_person_is_told_of_records_that_may_be_of_the_same_one(editor):
    there = enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    other, made = enter(FLORENSKY["lists"]), enter(KURBAS["lists"], "synthetic", synthetic=True)
    data = opened(editor) | {"new-source": a_source("card-index").slug, "new-surname": "Курбасъ"}
    data |= {"new-given_name": "Лесь", "new-patronymic": "Степанович", "new-birth-0-date": "1887"}
    saving = editor.post(address(), data | {"_save": ""}, follow=True)
    keyed = Victim.objects.exclude(pk__in=[there.pk, other.pk, made.pk]).get()
    here = reverse("admin:victims_victim_alike", args=[keyed.pk])
    assert f"1 карточка может рассказывать о том же человеке, что и {keyed.public_id}" in saving.content.decode()
    assert saving.content.decode().count(here) == 2  # the warning and the link of the page
    page = editor.get(here)
    assert [one.victim for one, _born, _died in page.context["others"]] == [there]
    assert reverse("admin:victims_victim_merge", args=[there.pk, keyed.pk]) in page.content.decode()
    alone = editor.get(reverse("admin:victims_victim_alike", args=[other.pk])).content.decode()
    assert "Никого другого с похожим именем и годом рождения не записано" in alone


@pytest.fixture
def two():
    """Two drafts with like names and years."""
    return enter(KURBAS["martyrology"]), enter(KURBAS["lists"], "lists")


def like(client, victim) -> list:
    answer = client.get(reverse("admin:victims_victim_alike", args=[victim.pk]))
    return [found.victim for found, *_dates in answer.context["others"]]


def apart(one, other) -> str:
    return reverse("admin:victims_victim_apart", args=[one.pk, other.pk])


def test_those_found_not_to_be_the_same_person_are_not_shown_again(editor, two):
    one, other = two
    assert like(editor, one) == [other]
    way = apart(one, other)
    assert way in editor.get(reverse("admin:victims_victim_alike", args=[one.pk])).content.decode()
    both = editor.get(way).content.decode()
    assert "Самбор" in both and "<mark>1887 г.</mark>" in both
    answer = editor.post(way, form_of(editor.get(way), None) | {"why": "отец и сын", "_apart": ""}, follow=True)
    assert "отец и сын" in answer.content.decode() and editor.user.username in answer.content.decode()
    assert like(editor, one) == like(editor, other) == []
    for victim, of in ((one, other), (other, one)):
        history = editor.get(reverse("admin:victims_victim_history", args=[victim.pk])).content.decode()
        assert "отец и сын" in history and f"<ins>{of.public_id}</ins>" in history
    assert list(differences()) == []


def test_that_they_are_not_the_same_person_takes_a_reason(editor, two):
    assert editor.post(apart(*two), {"why": " ", "_apart": ""}).status_code == 422
    assert known_not_same(two[0]) == [] and again(two[0]).revision == 1


def test_the_page_of_a_merge_says_with_its_own_form_that_they_are_not_the_same(editor, two):
    merging = reverse("admin:victims_victim_merge", args=[victim.pk for victim in two])
    page = editor.get(merging)
    assert f'formaction="{apart(*two)}"' in page.content.decode()
    assert editor.post(apart(*two), form_of(page, None) | {"why": "братья", "_apart": ""}).status_code == 302
    assert known_not_same(two[0]) == [two[1].pk]
    led = editor.post(merging, {"why": "одно лицо"}, follow=True)
    assert led.redirect_chain == [(apart(*two), 302)]
    assert "братья" in led.content.decode()
    assert again(two[1]).status == Status.DRAFT


def test_a_finding_is_taken_back_where_it_stands(editor, two):
    one, other = two
    not_same(one, other, why="отец и сын", by=editor.user)
    assert apart(one, other) in editor.get(reverse("admin:victims_victim_alike", args=[one.pk])).content.decode()
    page = editor.get(apart(other, one))
    assert "_together" in page.content.decode() and "name=\"_apart\"" not in page.content.decode()
    answer = editor.post(apart(other, one), form_of(page, None) | {"why": "один человек", "_together": ""})
    assert answer.status_code == 302
    assert like(editor, one) == [other]
    for victim in two:
        history = editor.get(reverse("admin:victims_victim_history", args=[victim.pk])).content.decode()
        assert "один человек" in history and "отец и сын" in history


@pytest.mark.parametrize("late", ["_apart", "_together"])
def test_who_decides_of_two_records_late_is_shown_what_was_decided_meanwhile(editor, two, late):
    found = not_same(*two, why="по анкете") if late == "_together" else None
    data = form_of(editor.get(apart(*two)), None) | {"why": "моя причина", late: ""}
    undo_not_same(found, why="ошибка") if found else not_same(*two, why="по анкете")
    logged = Revision.objects.count()
    for forged in (data, {"why": "моя причина", late: ""}):  # also who sends no revisions
        answer = editor.post(apart(*two), forged)
        page = answer.content.decode()
        assert answer.status_code == 409 and "моя причина" in page
        assert ("по анкете" in page) == (late == "_apart")
        assert Revision.objects.count() == logged
    changed = {f"entry-{entry_of(two[0]).pk}-surname": "Курбасов"}
    stale = form_of(editor.get(apart(*two)), None) | {"why": "моя причина", "_apart": "", "_together": ""}
    saved(editor, two[0], opened(editor, two[0]) | changed)
    answer = editor.post(apart(*two), stale)
    assert answer.status_code == 409 and "Курбасов" in answer.content.decode()


def test_a_merge_that_has_become_impossible_meanwhile_is_refused_in_words(editor):
    kept, absorbed = (enter(KURBAS[book], book, status=Status.PUBLISHED) for book in ("martyrology", "lists"))
    way = reverse("admin:victims_victim_merge", args=[kept.pk, absorbed.pk])
    data = form_of(editor.get(way), None) | {"why": "одно лицо"}
    saved(editor, kept, opened(editor, kept), button="_draft")
    answer = editor.post(way, data, follow=True)
    assert answer.status_code == 200 and kept.public_id in answer.content.decode()
    assert again(absorbed).status == Status.PUBLISHED


def test_a_merge_shows_before_it_is_done_which_values_will_be_shown(editor):
    kept = enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    absorbed = enter({"surname": "Курбасов", "given_name": "Лесь"}, "martyrology", status=Status.PUBLISHED)
    page = reverse("admin:victims_victim_merge", args=[kept.pk, absorbed.pk])
    shown = {line.words for line in editor.get(page).context["after"] if line.aside == "показано"}
    assert editor.post(page, {"why": "одно лицо"}).status_code == 302
    assert again(kept).surname == "Курбасов"
    assert "Курбасов Лесь" in shown


def test_a_record_is_withdrawn_with_a_reason_and_published_again(editor):
    victim = enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    withdraw = reverse("admin:victims_victim_withdraw", args=[victim.pk])
    assert editor.get(withdraw).status_code == 200
    assert again(victim).status == Status.PUBLISHED
    assert editor.post(withdraw, {"why": "жив", "reason": "nonsense"}).status_code == 422
    assert editor.post(withdraw, {"why": "жив", "reason": "privacy"}).status_code == 302
    assert again(victim).status == Status.WITHDRAWN
    assert again(victim).tombstone.reason == "privacy"
    assert editor.get(address(victim)).status_code == 200
    publish = reverse("admin:victims_victim_publish", args=[victim.pk])
    assert editor.post(publish, {"why": "ошибка"}).status_code == 302
    assert again(victim).status == Status.PUBLISHED
    assert not hasattr(again(victim), "tombstone")


def test_an_entry_is_removed_and_the_last_one_is_not(editor):
    victim = gather({name: FLORENSKY[name] for name in ("martyrology", "lists")})
    gone, last = entry_of(victim), entry_of(victim, "lists")
    saved(editor, victim, opened(editor, victim) | {f"entry-{gone.pk}-remove": "on"})
    assert again(gone).removed
    saved(editor, victim, opened(editor, victim) | {f"entry-{last.pk}-remove": "on"}, expect=422)
    assert not again(last).removed


def test_an_entry_is_added_to_a_person(editor):
    victim = enter(KURBAS["martyrology"])
    data = opened(editor, victim, add_entry="1") | {
        "new-source": a_source("card-index").slug,
        "new-surname": "Курбас",
        "new-notes-0-text": "сын актёра",
    }
    saved(editor, victim, data)
    assert len(told(victim)) == 2
    assert again(victim).revision == 2


def test_what_is_done_every_day_stands_first(client):
    expected = {
        Role.ARCHIVIST: ["victim/add/", "batch/upload/", "victim/?status=draft"],
        Role.EDITOR: [
            "contribution/?state=waiting", "victim/add/", "batch/upload/", "victim/?status=draft",
        ],
    }  # fmt: skip
    for role, links in expected.items():
        client.force_login(keeper(role, name=str(role)))
        page = client.get("/en/admin/").content.decode()
        daily = page.split('class="desk desk-daily"')[1].split("</nav>")[0]
        shown = [one.split('"')[0].removeprefix("/en/admin/victims/") for one in daily.split('href="')[1:]]
        assert sorted(shown) == sorted(links)
        assert all(client.get(f"/en/admin/victims/{link}").status_code == 200 for link in links)


def test_the_list_finds_people_by_name_and_by_id(editor):
    victim = enter(KURBAS["martyrology"])
    enter(FLORENSKY["martyrology"])
    for typed in ("курбас", "александр курбас", victim.public_id.lower()):
        page = editor.get(reverse("admin:victims_victim_changelist"), {"q": typed})
        assert [row.pk for row in page.context["cl"].result_list] == [victim.pk]
