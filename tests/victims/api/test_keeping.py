"""Publishing, withdrawing, merging, restoring, and the log; who may do what with which record."""

import pytest

from memorial.accounts import Role
from tests.cast import again, book, entry_of
from tests.people import keeper
from tests.telling import told
from tests.victims.api.asking import Api, problem, wrong
from victims.models import Merge, Revision
from victims.vocabulary import Status

BODIES = {
    "publish": {"why": "checked"},
    "withdraw": {"reason": "privacy", "why": "asked by the family"},
    "merge": {"why": "one man"},
    "restore": {"revision": 1, "why": "was right before"},
}


@pytest.fixture
def editor(db) -> Api:
    return Api(keeper(Role.EDITOR))


def act(api: Api, action: str, victim, **more):
    headers = more.pop("headers", {})
    return api.post(f"victims/{victim.public_id}/{action}/", BODIES[action] | more, **headers)


def test_a_draft_is_published(editor, api, records):
    answer = act(editor, "publish", records["draft"])
    assert (answer.status_code, answer.json()["status"]) == (200, "published")
    assert answer.json()["warnings"] == []
    assert api.get(f"victims/{records['draft'].public_id}/").status_code == 200
    assert Revision.objects.order_by("-pk").first().why == "checked"


def test_a_withdrawn_record_comes_back_by_publishing_it(editor, api, records):
    assert act(editor, "publish", records["withdrawn"]).json()["status"] == "published"
    assert api.get(f"victims/{records['withdrawn'].public_id}/").status_code == 200


def test_a_record_is_withdrawn_with_a_reason(editor, api, records):
    assert act(editor, "withdraw", records["published"]).json()["status"] == "withdrawn"
    gone = problem(api.get(f"victims/{records['published'].public_id}/"), 410)
    assert gone["withdrawn"]["reason"] == "privacy"
    assert records["published"].public_id not in api.ids("victims/")
    problem(api.get(f"entries/{entry_of(records['published'], 'lists').pk}/"), 404)


def test_an_editor_still_sees_what_is_withdrawn(editor, records):
    assert editor.get(f"victims/{records['withdrawn'].public_id}/").json()["status"] == "withdrawn"


def test_withdrawing_says_why(editor, records):
    address = f"victims/{records['published'].public_id}/withdraw/"
    assert wrong(editor.post(address)).keys() == {"#/reason", "#/why"}
    assert wrong(editor.post(address, {"reason": "mood", "why": "x"})).keys() == {"#/reason"}
    assert wrong(editor.post(address, {"reason": "error", "why": ""})).keys() == {"#/why"}


def test_two_records_are_merged(editor, api, records):
    kept, absorbed = records["kept"], records["published"]
    answer = act(editor, "merge", kept, absorb=absorbed.public_id)
    made = answer.json()
    assert answer.status_code == 200
    assert (made["kept"]["id"], made["absorbed"]) == (kept.public_id, absorbed.public_id)
    assert made["kept"]["revision"] == again(kept).revision
    assert Merge.objects.get(pk=made["merge"]).reason == "one man"
    assert api.get(f"victims/{absorbed.public_id}/").status_code == 308


def test_what_must_not_be_merged_is_refused_with_the_reason(editor, records):
    kept = records["kept"]
    for other, word in ((kept, "itself"), (records["merged"], "merged"), (records["withdrawn"], "withdrawn")):
        assert word in problem(act(editor, "merge", kept, absorb=other.public_id), 409)["detail"]
    assert "publish" in problem(act(editor, "merge", records["draft"], absorb=kept.public_id), 409)["detail"]
    assert wrong(act(editor, "merge", kept, absorb="0000X")).keys() == {"#/absorb"}
    assert Merge.objects.count() == 1


def test_a_record_says_again_what_it_said_at_a_revision(editor, records):
    victim = records["draft"]
    before = told(victim)
    entry = editor.get(f"entries/{entry_of(victim).pk}/")
    editor.put(entry.json()["url"], {"record": {"surname": "Другой"}}, If_Match=entry.headers["ETag"])
    assert again(victim).surname == "Другой"
    answer = act(editor, "restore", victim, revision=1)
    assert (answer.status_code, answer.json()["surname"]) == (200, "Курбас")
    assert told(victim) == before


def test_a_revision_that_there_is_not_is_refused(editor, records):
    for number in (0, -1, 10**30, "1", 1.5, None):
        wrong(act(editor, "restore", records["draft"], revision=number))
    problem(act(editor, "restore", records["draft"], revision=77), 409)


def test_the_log_tells_who_changed_what_and_when(editor, records):
    victim = records["draft"]
    act(editor, "publish", victim)
    address = f"victims/{victim.public_id}/revisions/"
    first, second = editor.get(address).json()["results"]
    assert (first["number"], second["number"], second["why"]) == (1, 2, "checked")
    assert (second["kind"], second["by"].partition("-")[0]) == ("status", "editor")
    whole = editor.get(second["url"]).json()
    assert whole["record"]["status"] == "published"
    assert whole["record"]["entries"][0]["record"]["surname"] == "Курбас"
    assert editor.get(address, limit=1).json()["next"]
    assert len(editor.get(editor.get(address, limit=1).json()["next"]).json()["results"]) == 1
    assert wrong(editor.get(address, limit="x", cursor="x")).keys() == {"limit", "cursor"}
    assert wrong(editor.get(address, page="2")).keys() == {"page"}
    problem(editor.get(f"{address}77/"), 409)
    problem(editor.get(f"{address}{10**12}/"), 404)


def test_the_log_of_a_merged_and_of_a_withdrawn_record_can_be_read(editor, records):
    for name in ("merged", "withdrawn"):
        assert editor.get(f"victims/{records[name].public_id}/revisions/").json()["results"]


def test_a_change_of_a_record_may_say_which_version_it_is_of(editor, records):
    victim = records["draft"]
    seen = editor.get(f"victims/{victim.public_id}/").headers["ETag"]
    assert act(editor, "publish", victim, headers={"If_Match": seen}).status_code == 200
    for action in ("publish", "withdraw", "restore"):
        problem(act(editor, action, victim, headers={"If_Match": seen}), 412)
    stale = act(editor, "merge", victim, absorb=records["published"].public_id, headers={"If_Match": seen})
    problem(stale, 412)
    assert act(editor, "withdraw", victim, headers={"If_Match": "*"}).status_code == 200


def test_doubts_about_a_record_never_keep_it_from_being_published(editor, db):
    record = {"surname": "Иванов", "birth": {"date": "1940"}, "death": {"date": "1937"}}
    book()
    made = editor.post("entries/", {"source": "martyrology", "record": record}).json()
    answer = editor.post(f"victims/{made['victim']}/publish/")
    assert answer.status_code == 200
    [warning] = answer.json()["warnings"]
    assert (warning["code"], warning["pointer"]) == ("before_birth", "#/record/death/date")
    assert warning["entry"] == made["id"]


# --- who may do what ---------------------------------------------------------------------------------

ACTIONS = ("view", "edit", "log", "publish", "withdraw", "merge", "restore")
STATUSES = ("draft", "foreign", "published", "merged", "withdrawn")
#: Who -> action -> status of the answer for a draft, a foreign draft, a published, merged, withdrawn record.
KEEPER = {
    "view": (200, 200, 200, 308, 200),
    "edit": (200, 200, 200, 200, 404),
    "log": (200, 200, 200, 200, 200),
    "publish": (200, 200, 200, 409, 200),
    "withdraw": (200, 200, 200, 409, 409),
    "merge": (409, 409, 200, 409, 409),
    "restore": (200, 200, 200, 409, 200),
}
NOTHING = dict.fromkeys(ACTIONS[1:], (403,) * 5)
MATRIX = {
    "nobody": {"view": (404, 404, 200, 308, 410), **dict.fromkeys(ACTIONS[1:], (401,) * 5)},
    "no role": {"view": (404, 404, 200, 308, 410), **NOTHING},
    "archivist": {
        "view": (200, 404, 200, 308, 410),
        "edit": (200, 404, 403, 403, 404),
        "log": (200, 404, 403, 403, 410),
        "publish": (403, 404, 403, 409, 410),
        "withdraw": (403, 404, 403, 409, 410),
        "merge": (403, 404, 403, 409, 410),
        "restore": (403, 404, 403, 409, 410),
    },
    "editor": KEEPER,
    "administrator": KEEPER,
}


def who(name: str) -> Api:
    if name == "nobody":
        return Api()
    return Api(keeper({"no role": None}.get(name, name), *([book()] if name == "archivist" else [])))


def attempt(api: Api, action: str, victim, records) -> int:
    address = f"victims/{victim.public_id}/"
    if action == "view":
        return api.get(address).status_code
    if action == "log":
        return api.get(address + "revisions/").status_code
    if action == "edit":
        entry = victim.entries.first() or entry_of(records["kept"], "lists")
        tag = f'"r{entry.victim.revision}-0123456789abcdef"'
        return api.patch(f"entries/{entry.pk}/", {"locator": "л. 9"}, If_Match=tag).status_code
    more = {"absorb": records["kept"].public_id} if action == "merge" else {}
    return act(api, action, victim, **more).status_code


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("name", MATRIX)
def test_each_role_may_do_what_the_matrix_says_and_nothing_else(records, name, action):
    api = who(name)
    answers = tuple(attempt(api, action, records[status], records) for status in STATUSES)
    assert answers == MATRIX[name][action]


def test_what_is_not_allowed_changes_nothing(records):
    before = {name: (victim.status, victim.revision) for name, victim in records.items()}
    for name in ("nobody", "no role"):
        for action in ACTIONS:
            for status in STATUSES:
                attempt(who(name), action, records[status], records)
    assert {name: (again(v).status, again(v).revision) for name, v in records.items()} == before
    assert records["draft"].status == Status.DRAFT
