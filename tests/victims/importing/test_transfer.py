"""Everything that is recorded goes into a file and out of it into another database, whole."""

import gzip
import json
from collections import Counter

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command

from tests.cast import FLORENSKY, again, edit, enter, entry, entry_of
from tests.telling import run
from tests.victims.importing.filling import fill
from tests.victims.models.portrait import differing, portrait
from victims.importing.transfer.giving import CHUNK
from victims.importing.transfer.tables import CARRIED, LEFT_OUT
from victims.matching import merge, undo_merge
from victims.models import Batch, Entry, Merge, Victim
from victims.models.checking import differences
from victims.models.record import Change, Ruling

KEPT = {
    Victim: ("pk", "status", "merged_into", "sort_key", "birth", "death", "occupation__text", "withheld_until"),
    Entry: ("pk", "victim", "item_key", "version", "batch", "removed", "reading", "language"),
    Batch: ("pk", "by__username", "file_sha256", "started_at", "undone_at", "counts"),
    Merge: ("pk", "kept", "absorbed", "entries", "by__username", "at", "undone_at"),
}


WRONG = {"field": "birth", "entry": 99, "reason": "…", "at": "yesterday"}


def empty() -> None:
    """Leave nothing in the database but the account that the records name."""
    call_command("flush", interactive=False)
    get_user_model().objects.create_user("bob")  # so that anna has another number than before
    get_user_model().objects.create_user("anna")


def rows() -> dict:
    return {model: list(model.objects.order_by("pk").values_list(*names)) for model, names in KEPT.items()}


def meant() -> dict:
    """Return the portrait of all records; corrections are looked at apart, since they name an account."""
    told = portrait()
    entries = (tuple(pair for pair in row if pair[0] != "corrections") for row in told["Entry"].elements())
    return told | {"Entry": Counter(entries)}


def corrected_by() -> str:
    """Return the name of the account that corrected the wife of an entry."""
    [entry] = Entry.objects.filter(corrections__isnull=False)
    return get_user_model().objects.get(pk=entry.corrections["relatives"]["by"]).username


def test_every_model_is_carried_or_left_out_with_a_reason():
    for config in apps.get_app_configs():
        if config.label in LEFT_OUT:
            continue
        for model in config.get_models():
            name = model._meta.label
            assert (model in CARRIED) != (name in LEFT_OUT), f"{name}: is it carried, or left out, and why?"


@pytest.mark.django_db(transaction=True)
def test_a_database_with_rows_of_every_model_comes_back_whole_and_twice_changes_nothing(tmp_path):
    fill(tmp_path)
    assert [model.__name__ for model in CARRIED if not model.objects.exists()] == []
    before, meaning = rows(), meant()
    assert run("export_entries", tmp_path / "all.jsonl.gz").code == 0
    empty()
    ran = run("import_entries", tmp_path / "all.jsonl.gz", "--by", "anna")
    assert ran.code == 0, ran.err
    assert f"read: {len(before[Victim])} people new, 0 unchanged" in ran.out
    assert rows() == before
    assert corrected_by() == "anna"
    assert differing(meaning, meant()) == {}
    assert list(differences()) == []
    again = run("import_entries", tmp_path / "all.jsonl.gz")
    assert f"read: 0 people new, {len(before[Victim])} unchanged; 0 other rows new" in again.out
    assert run("export_entries", tmp_path / "again.jsonl.gz").code == 0
    first, second = (gzip.decompress((tmp_path / f"{name}.jsonl.gz").read_bytes()) for name in ("all", "again"))
    assert first == second
    new = enter({"surname": "Новый"})
    assert new.pk > max(row[0] for row in before[Victim])
    made = Merge.objects.filter(undone_at=None).latest("pk")
    assert undo_merge(made, why="two men").pk == made.absorbed_id
    assert run("undo_batch", Batch.objects.filter(undone_at=None).latest("pk").pk, "--why", "w").code == 0
    assert list(differences()) == []


@pytest.mark.django_db(transaction=True)
def test_what_should_have_words_and_has_none_comes_back_too(tmp_path):
    kept, absorbed = (enter(FLORENSKY["lists"], key=key) for key in "ab")
    merge(kept, absorbed, why="")  # as the command once allowed it
    lines = exported(tmp_path)
    empty()
    assert run("import_entries", tmp_path / "all.jsonl").err == ""
    assert Merge.objects.get().reason == ""
    assert exported(tmp_path) == lines


@pytest.mark.parametrize("first", ["kept", "absorbed"])
@pytest.mark.django_db(transaction=True)
def test_records_that_were_merged_may_stand_far_apart_in_the_file(tmp_path, first):
    one = enter(FLORENSKY["lists"], key="a")
    edit(Change(put=[entry({"surname": "Иванов"}, "lists", f"{number}") for number in range(CHUNK)]))
    other = enter(FLORENSKY["lists"], key="b")
    kept, absorbed = (one, other) if first == "kept" else (other, one)
    edit(Change(decide=[Ruling(absorbed.pk, "occupation", "the card", value="философ")]))
    merge(kept, absorbed, why="one man")
    exported(tmp_path)
    empty()
    assert run("import_entries", tmp_path / "all.jsonl").err == ""
    assert Victim.objects.get(pk=absorbed.pk).merged_into == kept
    assert again(kept).occupation.text == "философ"
    assert list(differences()) == []


def exported(tmp_path) -> list[dict]:
    assert run("export_entries", tmp_path / "all.jsonl").code == 0
    return [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]


def written(tmp_path, lines: list[dict], end: bool = True):
    """Return the file of an export with these lines, and the right end."""
    if end:
        lines = [line for line in lines if "end" not in line]
        lines.append({"end": {"lines": len(lines)}})
    (tmp_path / "changed.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path / "changed.jsonl"


def of(lines: list[dict], kind: str) -> dict:
    return next(line[kind] for line in lines if kind in line)


@pytest.mark.django_db(transaction=True)
def test_a_record_that_is_here_and_says_something_else_is_not_touched(tmp_path):
    victim = enter(FLORENSKY["lists"])
    lines = exported(tmp_path)
    of(lines, "victim")["status"] = "published"
    ran = run("import_entries", written(tmp_path, lines))
    assert ran.code == 2
    assert f"{victim.public_id} is here already and differs in status" in ran.err
    assert Victim.objects.get().status == "draft"
    of(lines, "victim")["id"] = "0000000"
    assert "no public id" in run("import_entries", written(tmp_path, lines)).err


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_somebody_else_has_here_is_not_taken_from_them(tmp_path):
    victim = enter(FLORENSKY["lists"])
    lines = exported(tmp_path)
    of(lines, "victim")["id"] = type(victim)(pk=victim.pk + 50).public_id
    ran = run("import_entries", written(tmp_path, lines))
    assert (ran.code, "is here already, of somebody else" in ran.err) == (2, True)
    assert Victim.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: lines.pop(), "is not the end of the export: it was cut short"),
        (lambda lines: lines.append(lines[1]), "stands after the end"),
        (lambda lines: lines.insert(2, {"nonsense": 1}), "'nonsense' is nothing that an export"),
        (lambda lines: lines[0]["memorial"].update(version=9), "line 1: must be an export of version 1"),
    ],
)
def test_nothing_of_a_spoilt_file_is_written(tmp_path, change, words):
    enter(FLORENSKY["lists"])
    lines = exported(tmp_path)
    change(lines)
    empty()
    ran = run("import_entries", written(tmp_path, lines, end=False))
    assert (ran.code, words in ran.err) == (2, True), ran.err
    assert not Victim.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda told: told["victim"].update(status="famous"), "famous"),
        (lambda told: told["victim"].pop("status"), "'status' is missing"),
        (lambda told: told["victim"]["entries"][0].update(source="nowhere"), "there is no source 'nowhere'"),
        (lambda told: told["victim"]["entries"][0].update(batch=77), "there is no batch 77"),
        (lambda told: told["victim"]["entries"][0].update(number="x"), "invalid literal"),
        (lambda told: told["victim"]["entries"][0].pop("version"), "'version' is missing"),
        (lambda told: told["victim"]["entries"][0]["record"].update(birth="5 августа"), "birth"),
        (lambda told: told["victim"]["entries"].append(5), "line"),
        (lambda told: told["victim"].update(decisions=[WRONG]), "at: "),
        (lambda told: told["source"].update(slug="a b"), "slug: "),
        (lambda told: told["source"].update(kind="leaflet"), "kind: 'leaflet' is none of its values"),
        (lambda told: told["source"].update(colour="red"), "'colour' is not a field of source"),
        (lambda told: told["source"].update(parent="nobody"), "parent: there is no source 'nobody'"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_with_its_number_and_field(tmp_path, change, words):
    enter(FLORENSKY["lists"])
    lines = exported(tmp_path)
    change({kind: of(lines, kind) for kind in ("victim", "source")})
    empty()
    ran = run("import_entries", written(tmp_path, lines))
    assert (ran.code, words in ran.err) == (2, True), ran.err
    assert "line" in ran.err
    assert not Victim.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_account_that_a_file_names_must_be_here(tmp_path):
    fill(tmp_path)
    assert run("export_entries", tmp_path / "all.jsonl").code == 0
    call_command("flush", interactive=False)
    ran = run("import_entries", tmp_path / "all.jsonl")
    assert ran.code == 2
    assert "there is no user 'anna': make the account first (manage.py add_user)" in ran.err


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_reads_all_and_writes_nothing(tmp_path):
    enter(FLORENSKY["lists"])
    exported(tmp_path)
    empty()
    ran = run("import_entries", tmp_path / "all.jsonl", "--dry-run")
    assert (ran.code, "dry run, nothing written" in ran.out) == (0, True), ran.err
    assert not Victim.objects.exists()


def test_everything_names_its_sources_itself_and_a_list_does_not(db, tmp_path):
    entry_of(enter(FLORENSKY["lists"]))
    exported(tmp_path)
    ran = run("import_entries", tmp_path / "all.jsonl", "--source", "martyrology")
    assert (ran.code, "leave --source out" in ran.err) == (2, True)
    (tmp_path / "list.txt").write_text("Иванов Иван, род. 1900\n")
    ran = run("import_entries", tmp_path / "list.txt")
    assert (ran.code, "--source ID is missing" in ran.err) == (2, True)
    assert run("export_entries", tmp_path / "a.jsonl", "--status", "draft").code == 2
