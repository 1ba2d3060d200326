"""Who may do what with which record: role, action, status."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from memorial.accounts import Role
from sources.models import Source
from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA, book, enter, entry, entry_of
from tests.people import keeper
from victims.matching import merge
from victims.models import Batch, Victim
from victims.models.record import Change, write
from victims.permissions import Action, enterable, may, may_enter, may_undo, visible
from victims.vocabulary import RevisionKind, Status, WithdrawalReason

pytestmark = pytest.mark.django_db
V, E, P, M, W = Action.VIEW, Action.EDIT, Action.PUBLISH, Action.MERGE, Action.WITHDRAW
EVERYTHING = {V, E, P, M, W}
KEEPING = dict.fromkeys(("published", "own", "draft", "foreign", "left"), EVERYTHING) | {
    "withdrawn": {V, P},
    "merged": {V},
}
#: Who -> {record: what they may do}; see ``records``.
MATRIX = {
    "nobody": {"published": {V}, "own": {V}},
    "no role": {"published": {V}, "own": {V}},
    "archivist": {"published": {V}, "own": {V}, "draft": {V, E}},
    "editor": KEEPING,
    "administrator": KEEPING,
}


@pytest.fixture
def records() -> dict[str, Victim]:
    """A record of each status; "own" is published and told by the archivist's book, "foreign" a draft of another.

    "left" is such a draft, too: what the archivist's book told of it was removed.
    """
    made = {
        "published": enter(KURBAS["lists"], "lists", status=Status.PUBLISHED),
        "own": enter(SPIRIDONOVA["martyrology"], status=Status.PUBLISHED),
        "draft": enter(KURBAS["martyrology"]),
        "foreign": enter(FLORENSKY["openlist"], "openlist"),
        "left": enter(MANDELSTAM["lists"], "lists"),
        "withdrawn": enter(FLORENSKY["lists"], "lists", status=Status.PUBLISHED),
        "merged": enter(FLORENSKY["martyrology"]),
    }
    enter(MANDELSTAM["martyrology"], victim_id=made["left"].pk)
    write(Change(remove=[entry_of(made["left"]).pk]), kind=RevisionKind.EDIT)
    write(Change(withdraw={made["withdrawn"].pk: str(WithdrawalReason.PRIVACY)}), kind=RevisionKind.STATUS)
    merge(enter({"surname": "Флоренский"}, key="another"), made["merged"], why="one man")
    return {name: Victim.objects.get(pk=victim.pk) for name, victim in made.items()}


def who(name: str):
    if name == "nobody":
        return AnonymousUser()
    return keeper({"no role": None}.get(name, name), *([book("martyrology")] if name == "archivist" else []))


@pytest.mark.parametrize("name", MATRIX)
def test_each_role_may_do_what_the_matrix_says_and_nothing_else(records, name):
    user = who(name)
    found = {
        status: {action for action in Action if may(user, action, victim)} for status, victim in records.items()
    }
    assert {status: actions for status, actions in found.items() if actions} == MATRIX[name]


@pytest.mark.parametrize("name", MATRIX)
def test_what_is_seen_in_lists_is_what_may_be_viewed(records, name):
    user = who(name)
    live = {status: victim for status, victim in records.items() if status not in ("withdrawn", "merged")}
    seen = {status for status, victim in live.items() if visible(user).filter(pk=victim.pk).exists()}
    assert seen == {status for status in live if V in MATRIX[name].get(status, ())}


def test_who_is_not_active_may_nothing(records):
    user = keeper(Role.EDITOR)
    user.is_active = False
    assert not may(user, E, records["draft"])
    assert records["draft"] not in visible(user)


def test_the_strongest_role_counts():
    from django.contrib.auth.models import Group

    user = keeper(Role.ARCHIVIST)
    user.groups.add(Group.objects.get_or_create(name=str(Role.EDITOR))[0])
    assert may_enter(user, book())


def test_an_archivist_enters_what_their_archive_says_and_all_below_it():
    whole = Source.objects.create(slug="book", kind="book", title="Книга")
    volume = Source.objects.create(slug="volume-1", kind="volume", parent=whole, title="Том 1")
    other = Source.objects.create(slug="other", kind="book", title="Другая")
    user = keeper(Role.ARCHIVIST, whole)
    assert set(enterable(user)) == {whole, volume}
    assert [may_enter(user, source) for source in (whole, volume, other)] == [True, True, False]
    assert not may_enter(keeper(None, whole), whole)


def imported(by) -> Batch:
    """Import a draft of what one book says, as an account or as nobody."""
    batch = Batch.objects.create(source=book(), by=by, started_at=timezone.now())
    put = [entry(KURBAS["martyrology"], key=f"{batch.pk}")]
    write(Change(put=put), kind=RevisionKind.IMPORT, batch=batch)
    return batch


def test_an_archivist_takes_back_their_own_import_while_all_of_it_is_a_draft():
    archivist, colleague = keeper(Role.ARCHIVIST, book()), keeper(Role.ARCHIVIST, book())
    batch = imported(archivist)
    assert may_undo(archivist, batch)
    assert not may_undo(colleague, batch)
    assert not may_undo(archivist, imported(None))
    [victim] = Victim.objects.filter(entries__batch=batch)
    write(Change(status={victim.pk: str(Status.PUBLISHED)}), kind=RevisionKind.STATUS)
    assert not may_undo(archivist, batch)
    assert may_undo(keeper(Role.EDITOR), batch)


def test_who_keeps_the_source_no_more_does_not_take_an_import_back():
    for role in (Role.ARCHIVIST, None):
        user = keeper(role)
        assert not may_undo(user, imported(user))
