"""What the API tells of people, entries and facts, and what it tells instead of what is not shown."""

import pytest

from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, book, enter, entry_of, gather
from tests.people import keeper
from tests.victims.api.asking import FACTS, Api, problem
from victims.models import Arrest, Death, Entry, Relative, Victim, cluster
from victims.models.record import Change, EntryInput, Ruling, write
from victims.models.victim import public_id
from victims.vocabulary import RevisionKind, Status


def test_the_root_names_every_place_and_each_answers(api, florensky):
    places = api.get().json()
    assert {"victims", "entries", *FACTS, "bodies", "sources", "fields", "schema", "docs"} <= places.keys()
    for name, address in places.items():
        question = "?q=фло" if name == "suggest" else ""
        assert api.get(address + question).status_code == 200, address


def test_a_person_in_a_list_is_compact_and_leads_to_itself_and_to_its_page(api, florensky):
    [told] = api.get("victims/").json()["results"]
    assert told["id"] == florensky.public_id
    assert (told["surname"], told["given_name"], told["patronymic"]) == ("Флоренский", "Павел", "Александрович")
    assert told["birth"] == {"date": "1882-01-21", "place": "близ Евлаха, Елисаветпольская губерния"}
    assert told["death"] == {"date": "1937-12-08", "manner": "shot", "burial_place": None}
    assert told["sources"] == ["lists", "martyrology", "openlist"]
    assert (told["status"], told["synthetic"]) == ("published", False)
    assert told["url"] == f"http://testserver/api/v1/victims/{florensky.public_id}/"
    assert told["page"] == f"http://testserver/victims/{florensky.public_id}/"
    assert api.get(told["url"]).json()["id"] == told["id"]


def test_each_value_of_a_person_names_its_entries_and_what_differs_stands_beside_it(api, florensky):
    told = api.get(f"victims/{florensky.public_id}/").json()
    entries = {entry["source"]["id"]: entry["id"] for entry in told["entries"]}
    assert [entry["source"]["id"] for entry in told["entries"]] == ["martyrology", "lists", "openlist"]
    births = {value["value"]: value for value in told["fields"]["birth"]["values"]}
    assert births["1882-01-21"]["shown"] and not births["1882"]["shown"]
    assert births["1882-01-21"]["entries"] == [entries["martyrology"], entries["openlist"]]
    assert births["1882"]["sources"] == ["lists"]
    assert told["fields"]["occupation"]["differs"] is False
    [death] = told["deaths"]
    assert death["entry"]["source"] == "martyrology"
    assert {row["date"]: row["entry"]["source"] for row in death["also"]} == {
        "1937": "lists",
        "1937-12": "openlist",
    }
    assert {source["id"] for source in told["sources"]} == entries.keys()


def test_facts_of_one_case_give_its_number(api, florensky):
    told = api.get(f"victims/{florensky.public_id}/").json()
    [sentence] = [one for one in told["sentences"] if one["date"] == "1933-07-26"]
    assert (sentence["case"], sentence["kind"], sentence["term"]) == (1, "camp", "P10Y")
    assert {case["number"] for case in told["cases"]} == {1, 2}
    assert [
        one["case"] for one in api.get("sentences/", victim=florensky.public_id, date="1933").json()["results"]
    ]


def test_an_official_notice_is_told_apart_from_what_happened(api, florensky):
    told = api.get(f"victims/{florensky.public_id}/").json()
    assert [notice["told_date"] for notice in told["official_notices"]] == ["1943-12-15"]
    assert all("1943" not in (death["date"] or "") for death in told["deaths"])


def test_an_editors_decision_is_told_with_its_reason_and_without_their_name(api, florensky):
    editor = keeper(Role.EDITOR)
    ruling = Ruling(florensky.pk, "birth", "the register of births", value="1882-01-22")
    write(Change(decide=[ruling]), kind=RevisionKind.DECISION, by=editor)
    answer = api.get(f"victims/{florensky.public_id}/")
    birth = answer.json()["fields"]["birth"]
    assert birth["decision"]["reason"] == "the register of births"
    assert [value for value in birth["values"] if value["shown"]] == [
        {"value": "1882-01-22", "meaning": None, "entries": [], "sources": [], "shown": True}
    ]
    assert editor.username not in answer.content.decode()


def test_an_entry_has_its_words_with_the_place_of_every_value_and_its_record(api, db):
    editor = Api(keeper(Role.EDITOR))
    text = "Иванов Иван Иванович, род. 1900, токарь. Расстрелян 5.08.1938. Место захоронения: Бутово."
    made = editor.post("entries/", {"source": book().slug, "text": text, "locator": "с. 5"}).json()
    Victim.objects.get()
    editor.post(f"victims/{made['victim']}/publish/")
    told = api.get(made["url"]).json()
    assert (told["text"], told["locator"], told["language"]) == (text, "с. 5", "ru")
    spans = {span["slot"]: [text[start:end] for start, end in span["pieces"]] for span in told["spans"]}
    assert spans["surname"] == ["Иванов"]
    assert told["record"] == cluster.record_of(Entry.objects.get())
    assert told["source"]["id"] == "martyrology"
    assert told["page"].endswith(f"/victims/{told['victim']}/")


def test_persons_who_never_lived_are_marked_wherever_they_appear(api, db):
    enter(FLORENSKY["martyrology"], "synthetic", status=Status.PUBLISHED, synthetic=True)
    [victim] = api.get("victims/").json()["results"]
    assert victim["synthetic"] is True
    assert api.get(victim["url"]).json()["entries"][0]["synthetic"] is True
    for place in ("entries", "arrests", "sentences", "deaths", "rehabilitations"):
        found = api.get(f"{place}/").json()["results"]
        assert found and all(one["synthetic"] for one in found), place
    assert api.get("sources/synthetic/").json()["synthetic"] is True
    assert api.ids("victims/", synthetic="false") == []


def test_misread_letters_of_an_id_are_read_as_they_were_meant(api, db):
    victims = [enter({"surname": "Иванов"}, key=str(n), status=Status.PUBLISHED) for n in range(40)]
    victim = next(one for one in victims if "1" in one.public_id)
    typed = victim.public_id.lower().replace("0", "o").replace("1", "l")
    assert api.get(f"victims/{typed}/").json()["id"] == victim.public_id
    assert api.get(f"victims/{typed[:2]}-{typed[2:]}/").status_code == 200
    assert api.get(f"victims/%20{typed[:2]}%20{typed[2:]}/").status_code == 200


def test_a_merged_record_leads_to_the_one_it_was_merged_into(api, records):
    answer = api.get(f"victims/{records['merged'].public_id}/")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"http://testserver/api/v1/victims/{records['kept'].public_id}/"
    assert api.get(answer.headers["Location"]).status_code == 200


def test_a_withdrawn_record_leaves_the_day_and_the_reason(api, records):
    victim = records["withdrawn"]
    told = problem(api.get(f"victims/{victim.public_id}/"), 410)
    day = victim.tombstone.date.isoformat()
    assert told["withdrawn"] == {"id": victim.public_id, "date": day, "reason": "privacy"}
    assert "Флоренский" not in str(told)


@pytest.mark.parametrize("identifier", ["0000X", public_id(10**6), public_id(2**60 - 1), "иванов", "A" * 40, "-"])
def test_an_id_that_nobody_has_is_not_found(api, identifier):
    problem(api.get(f"victims/{identifier}/"), 404)


def test_drafts_and_what_belongs_to_them_are_hidden_from_visitors(api, records):
    draft = records["draft"]
    problem(api.get(f"victims/{draft.public_id}/"), 404)
    problem(api.get(f"entries/{entry_of(draft).pk}/"), 404)
    problem(api.get(f"deaths/{Death.objects.get(victim=draft).pk}/"), 404)
    assert set(api.ids("victims/")) == {records["published"].public_id, records["kept"].public_id}
    for place in ("entries", "deaths"):
        assert {one["victim"] for one in api.get(f"{place}/").json()["results"]} <= {
            records["published"].public_id,
            records["kept"].public_id,
        }
    assert api.ids("entries/", victim=draft.public_id) == []
    assert api.get("victims/", q="курбас").json()["results"][0]["id"] == records["published"].public_id
    assert len(api.get("victims/", q="курбас").json()["results"]) == 1


def test_an_archivist_sees_the_drafts_of_their_own_archive(records):
    archivist = Api(keeper(Role.ARCHIVIST, book("martyrology")))
    assert archivist.get(f"victims/{records['draft'].public_id}/").json()["status"] == "draft"
    problem(archivist.get(f"victims/{records['foreign'].public_id}/"), 404)
    assert records["draft"].public_id in archivist.ids("victims/")
    assert entry_of(records["draft"]).pk in archivist.ids("entries/")
    assert Arrest.objects.get(victim=records["foreign"], position=0).pk not in archivist.ids("arrests/")


def test_the_draft_of_a_relative_is_not_betrayed(api, records):
    draft = records["draft"]
    relative = {"name": "брат", "other": draft.public_id}
    victim = enter({"surname": "Курбас", "relatives": [relative]}, key="brother", status=Status.PUBLISHED)
    assert Relative.objects.get(victim=victim).other == draft
    assert api.get(f"victims/{victim.public_id}/").json()["relatives"][0]["other"] is None
    editor = Api(keeper(Role.EDITOR))
    told = editor.get(f"victims/{victim.public_id}/").json()["relatives"][0]
    assert (told["name"], told["other"]) == ("брат", draft.public_id)


def test_a_removed_entry_is_not_told(api, florensky):
    gone = entry_of(florensky, "lists")
    write(Change(remove=[gone.pk]), kind=RevisionKind.EDIT)
    assert gone.pk not in api.ids("entries/")
    problem(api.get(f"entries/{gone.pk}/"), 404)
    assert api.get("victims/").json()["results"][0]["sources"] == ["martyrology", "openlist"]


def test_a_person_without_a_surname_is_told_all_the_same(api, db):
    nameless = {"name_variants": ["отец Иоанн"], "nationality": "русский"}
    victim = enter(nameless, key="nameless", status=Status.PUBLISHED)
    told = api.get(f"victims/{victim.public_id}/").json()
    assert told["surname"] is None
    assert [variant["printed"] for variant in told["name_variants"]] == ["отец Иоанн"]


def test_every_field_of_the_record_form_comes_back(api, db):
    record = {
        **FLORENSKY["martyrology"],
        "name_variants": [{"kind": "alias", "printed": "Столп"}],
        "age": 55,
        "residence": [{"place": "Сергиев Посад", "date": "1919/1928"}],
        "imprisonments": [{"place": "Соловки", "date": "1934/1937", "ended": "executed"}],
        "photographs": [{"file_name": "florensky.jpg", "rights": "free"}],
        "archival_files": ["П-212727"],
        "tags": ["духовенство"],
        "notes": ["арестован дважды"],
        "sources": [{"form": "Ленинградский мартиролог", "locator": "т. 4"}],
        "relatives": [{"name": "Анна", "relation": "жена", "presumed": True}],
    }
    put = EntryInput(source=book(), item_key="whole", record=record)
    write(Change(put=[put]), kind=RevisionKind.IMPORT, status=Status.PUBLISHED)
    told = api.get(f"victims/{Victim.objects.get().public_id}/").json()
    assert told["fields"]["age"]["values"][0]["value"] == 55
    assert told["residences"][0]["place"] == "Сергиев Посад"
    assert told["imprisonments"][0]["ended"] == "executed"
    assert told["photographs"][0]["rights"] == "free"
    assert told["archival_files"][0]["printed"] == "П-212727"
    assert told["tags"][0]["form"] == "духовенство"
    assert told["notes"][0]["text"] == "арестован дважды"
    assert told["citations"][0]["locator"] == "т. 4"
    assert (told["relatives"][0]["relation"], told["relatives"][0]["presumed"]) == ("жена", True)


def test_what_several_books_tell_is_counted_once_in_the_person_and_by_entry_in_lists(api, florensky):
    assert len(api.get(f"victims/{florensky.public_id}/").json()["deaths"]) == 1
    rows = api.get("deaths/", victim=florensky.public_id).json()["results"]
    assert len(rows) == 3
    [first] = [row for row in rows if row["same_as"] is None]
    assert {row["same_as"] for row in rows} == {None, first["id"]}


def test_a_gathered_person_is_one_record(api, db):
    victim = gather(KURBAS, status=Status.PUBLISHED)
    assert api.ids("victims/") == [victim.public_id]
