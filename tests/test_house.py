"""The house of DESIGN.md, held: who may import whom, and that nothing but the doors writes a record.

A new part of the house fails these tests until it is given its place in the tables below.
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
#: Parts of the house, the most exact name first, and the parts that each may import beside itself.
EDTF, FIELDS, CODED = "memorial.edtf", "memorial.fields", "memorial.coded"
#: Messages that pages tell in their language.
SAYING = "memorial.saying"
VOCABULARY, NAMES, MODELS = "victims.vocabulary", "victims.names", "victims.models"
ENTRIES, SEARCH, FILTERS = "victims.entries", "victims.search", "victims.filters"
#: The filters that numbers of the statistics lead to.
GAP_FILTERS = "victims.filters.gaps"
IMPORTING, MATCHING, STATISTICS = "victims.importing", "victims.matching", "victims.statistics"
LETTERS, MEANINGS = "victims.letters", "victims.meanings"
SOURCES, CONTRIBUTIONS = "sources.models", "victims.contributions"
ACCOUNTS, PERMISSIONS, EDITING = "memorial.accounts", "victims.permissions", "victims.editing"
DOSSIER, LABELS, PLAUSIBILITY = "victims.dossier", "victims.labels", "victims.plausibility"
#: The files of fixtures/ as they are: the data dictionary of the API reads them too.
FIXTURES = "victims.importing.fixtures"
#: How lists of people are led.
LEADING = "victims.filters.leading"
#: Translations of their words.
PROSE = "victims.prose"
#: Lines of an export: nothing of it writes, so the API gives them too.
EXPORTING = "victims.importing.exporting"
BELOW_MODELS = {EDTF, FIELDS, CODED, SAYING, VOCABULARY, NAMES, SOURCES, LETTERS, MEANINGS}
BELOW_PAGES = {
    *BELOW_MODELS,
    "memorial",
    "sources.reference_code",
    MODELS,
    SEARCH,
    FILTERS,
    GAP_FILTERS,
    LEADING,
    STATISTICS,
    CONTRIBUTIONS,
    ACCOUNTS,
    PERMISSIONS,
    DOSSIER,
    LABELS,
    PROSE,
    PLAUSIBILITY,
}
HOUSE = {
    "memorial.edtf_words": {EDTF},
    EDTF: {"memorial.edtf_words"},
    CODED: set(),
    SAYING: set(),
    FIELDS: {EDTF},
    ACCOUNTS: {CODED},
    "memorial": {"memorial.logs", ACCOUNTS, CODED},
    "sources.reference_code": set(),
    SOURCES: {EDTF, FIELDS, CODED, "sources.reference_code"},
    "sources": {"memorial", EDTF, FIELDS, CODED, SOURCES, "sources.reference_code"},
    VOCABULARY: {CODED},
    NAMES: set(),
    LETTERS: set(),
    MEANINGS: {LETTERS},
    ENTRIES: {NAMES, VOCABULARY, EDTF, LETTERS, MEANINGS},
    "victims.synthetic": {NAMES, VOCABULARY, EDTF},
    MODELS: BELOW_MODELS,
    SEARCH: {MODELS, NAMES, VOCABULARY, CODED},
    LEADING: {MODELS},
    GAP_FILTERS: {*BELOW_MODELS, MODELS, LABELS, LEADING},
    FILTERS: {*BELOW_MODELS, MODELS, SEARCH, GAP_FILTERS, LEADING},
    STATISTICS: {*BELOW_MODELS, MODELS, GAP_FILTERS, LABELS, PROSE},
    LABELS: {CODED, PROSE},
    PROSE: set(),
    PLAUSIBILITY: {EDTF, CODED},
    DOSSIER: {*BELOW_MODELS, MODELS},
    FIXTURES: set(),
    PERMISSIONS: {*BELOW_MODELS, ACCOUNTS, MODELS},
    EDITING: {*BELOW_MODELS, MODELS, IMPORTING, MATCHING, PERMISSIONS},
    EXPORTING: {MODELS},
    IMPORTING: {*BELOW_MODELS, FIXTURES, EXPORTING, MODELS, ENTRIES, SEARCH, "victims.synthetic"},
    MATCHING: {*BELOW_MODELS, MODELS, ENTRIES, SEARCH},
    CONTRIBUTIONS: {*BELOW_MODELS, MODELS, FILTERS, SEARCH, LABELS},
    "victims.views": {*BELOW_PAGES, "victims.templatetags"},
    "victims.api": {*BELOW_PAGES, EDITING, FIXTURES, EXPORTING},
    "victims.desk": {*BELOW_PAGES, ENTRIES, IMPORTING, MATCHING, EDITING, "victims.templatetags"},
    "victims.admin": {*BELOW_PAGES, IMPORTING, MATCHING, EDITING, "victims.desk"},
    "victims.templatetags": BELOW_PAGES,
    "victims.crawlers": {"victims.views"},
    "victims.urls": {"victims.views", "victims.desk", "victims.api"},
    "victims.management.reporting": {*BELOW_MODELS, MODELS},
    "victims.management": {
        *BELOW_MODELS, "memorial", ACCOUNTS, MODELS, SEARCH, ENTRIES, IMPORTING, EXPORTING, MATCHING, STATISTICS,
        CONTRIBUTIONS, "victims.synthetic", "victims.management.reporting",
    },
    "victims": set(),
}  # fmt: skip
#: Parts that are pure: they work without Django.
PURE = {
    EDTF,
    "memorial.edtf_words",
    CODED,
    "sources.reference_code",
    VOCABULARY,
    NAMES,
    LETTERS,
    MEANINGS,
    ENTRIES,
    "victims.synthetic",
    LABELS,
    PLAUSIBILITY,
}


def part_of(module: str) -> str:
    """Return the part of the house that a module belongs to."""
    return max((part for part in HOUSE if f"{module}.".startswith(f"{part}.")), key=len, default="")


def modules() -> dict[str, str]:
    """Return {name of module: its text} for all of the house."""
    found = {}
    for path in sorted(ROOT.glob("*/**/*.py")):
        place = path.relative_to(ROOT)
        if place.parts[0] in ("memorial", "sources", "victims") and "migrations" not in place.parts:
            found[".".join(place.with_suffix("").parts).removesuffix(".__init__")] = path.read_text("utf-8")
    return found


def imported(module: str, text: str) -> set[str]:
    """Return the names of all modules, or names of modules, that a text imports."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def wrong_arrows(module: str, text: str) -> list[str]:
    """Return what a module imports and may not."""
    part, wrong = part_of(module), []
    for name in sorted(imported(module, text)):
        top = name.partition(".")[0]
        if top in ("django", "rest_framework", "psycopg") and part in PURE:
            wrong.append(f"{module} imports {name}: {part} works without Django")
        if top in ("memorial", "sources", "victims") and part_of(name) not in {part, *HOUSE[part]}:
            wrong.append(f"{module} imports {name}: {part} may not import {part_of(name)}")
        if ".management.commands" in name:
            wrong.append(f"{module} imports {name}: nothing imports commands")
        if top == "tests":
            wrong.append(f"{module} imports {name}: nothing imports tests")
    return wrong


def test_every_module_has_its_place_in_the_house():
    assert [module for module in modules() if not part_of(module)] == []


def test_imports_follow_the_arrows_of_the_design():
    assert [line for module, text in modules().items() for line in wrong_arrows(module, text)] == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("sources.views", "from victims.models import Victim"),
        ("victims.models.record", "from victims.search import search"),
        ("victims.models.record", "from victims import entries"),
        ("victims.models.place", "import victims.matching.merging"),
        ("victims.names.folding", "from django.utils.text import slugify"),
        ("victims.entries.dates", "from victims.models import Victim"),
        ("victims.search.engine", "from victims.filters import VictimFilterSet"),
        ("victims.views.public", "from victims.desk.pages import home"),
        ("victims.views.public", "from victims.api import views"),
        ("victims.api.views", "from victims.desk import forms"),
        ("victims.views.public", "from victims.matching import merge"),
        ("victims.desk.pages", "from victims.management.reporting import bar"),
        ("victims.management.commands.merge", "from victims.management.commands import undo_merge"),
        ("victims.management.commands.merge", "from victims.views.public import home"),
        ("memorial.edtf", "    from memorial.fields import bounds".strip()),
    ],
)
def test_an_arrow_the_wrong_way_is_noticed(module, line):
    assert wrong_arrows(module, f"def f():\n    {line}\n")


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("victims.desk.pages", "from victims.matching import merge"),
        ("victims.importing.loading", "from victims import entries"),
        ("victims.management.commands.merge", "from victims.management.reporting import bar"),
        ("victims.urls", "from victims.views import home"),
        ("victims.models.record", "from sources.models import Source"),
    ],
)
def test_the_arrows_of_the_design_are_free(module, line):
    assert wrong_arrows(module, line) == []


# --- the doors: nothing else writes ---

#: The doors and what stands behind them.
DOORS = {
    f"victims.models.{name}"
    for name in (
        "record", "reference", "dictionary", "foreseen", "bulk", "prepared", "deriving", "revision", "name_keys",
        "restoring", "entry_writing",
    )
}
#: What else writes, and why it may: none of it is a record.
EXCEPTIONS = {
    ("victims.importing.loading", "Batch.objects.create"): "the batch is the import's own account of itself",
    ("victims.importing.loading", "summary.batch.save"): "its counts at the end",
    ("victims.importing.intake", "summary.batch.save"): "as in loading",
    ("victims.importing.batches", "batch.save"): "that it was undone",
    ("victims.importing.batches", "EntryVersion.objects.filter(batch=batch).update"): "marks, not words",
    ("victims.importing.synthetic", "Batch.objects.create"): "as in loading",
    ("victims.importing.synthetic", "batch.save"): "its counts at the end",
    ("victims.importing.synthetic", "Source.objects.get_or_create"): "the source of persons who never lived",
    ("victims.importing.loading", "next_ids"): "takes numbers; the rows go through the door as Prepared",
    ("victims.importing.synthetic", "next_ids"): "takes numbers; the rows go through the door as Prepared",
    ("victims.importing.transfer.giving", "cursor.execute"): "how a transaction reads",
    ("victims.models.facts", "kwargs.update"): "a dict",
    ("victims.statistics.cubes", "Count.objects.all().delete"): "numbers, made again from the records",
    ("victims.statistics.cubes", "Count.objects.bulk_create"): "the same",
    ("victims.statistics.cubes", "Counting.objects.all().delete"): "the same",
    ("victims.statistics.cubes", "Counting.objects.create"): "the same",
    ("victims.matching.merging", "Merge.objects.create"): "a finding; what follows goes through the door",
    ("victims.matching.merging", "made.save"): "that it was undone",
    ("victims.admin.people", "card.save"): "asks editing.save, which goes through the door",
    ("victims.contributions.pictures", "evidence_store().save"): "a file",
    ("victims.contributions.pictures", "Evidence.objects.create"): "what visitors leave is no record",
    ("victims.contributions.pictures", "evidence.delete"): "the same",
    ("victims.contributions.pictures", "evidence_store().delete"): "a file",
    ("victims.contributions.pictures", "flat.save"): "a picture, into memory",
    ("victims.contributions.receiving", "Contribution.objects.create"): "what visitors leave is no record",
    ("victims.contributions.receiving", "contribution.save"): "what an editor decided of it",
    ("victims.contributions.receiving", "contributions.exclude(name='', address='').update"): "who left it",
    ("victims.contributions.receiving", "late.delete"): "an alert that nobody confirmed",
    ("victims.contributions.alerts", "Alert.objects.get_or_create"): "the same",
    ("victims.contributions.alerts", "Alert.objects.filter(pk=alert.pk).update"): "when it was looked at",
    ("victims.contributions.alerts", "Alert.objects.filter(pk=alert.pk, confirmed_at=None).update"): "the same",
    ("victims.contributions.alerts", "AlertTold.objects.bulk_create"): "of whom it told",
    ("victims.contributions.alerts", "alert.delete"): "who leaves is forgotten",
    ("victims.management.reporting", "made.save"): "--create-source makes a source, not a record",
    ("victims.filters.gaps", "cursor.execute"): "it asks for what stands in one column",
    ("victims.models.cluster", "cursor.execute"): "it asks for the facts of a record in SQL made once",
    ("victims.search.rows", "cursor.execute"): "it asks, in SQL that is put together there",
    ("memorial.accounts", "Group.objects.get_or_create"): "a role is a group; accounts are no records",
    ("memorial.signing_in", "qrcode.make(url, image_factory=SvgPathFillImage).save"): "a picture, into memory",
    ("memorial.tokens", "AuthToken.objects.create"): "a key to the API",
    ("memorial.tokens", "AuthToken.objects.filter(user=request.user, token_key=key).delete"): "its revoking",
    ("memorial.users", "AuthToken.objects.filter(user__in=chosen).delete"): "an administrator revokes keys",
    ("memorial.users", "Authenticator.objects.filter(user__in=chosen).delete"): "a lost telephone",
    ("victims.management.commands.add_user", "user.save"): "an account",
    ("victims.management.commands.add_user", "user.appointments.get_or_create"): "of an account",
    ("victims.management.commands.add_user", "user.appointments.exclude(source__in=sources).delete"): "the same",
}  # fmt: skip
ALWAYS = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "_raw_delete", "asave", "acreate", "adelete", "aupdate",
}  # fmt: skip
LOW_LEVEL = {"insert", "insert_missing", "copy_csv", "insert_prepared", "next_ids"}
READING = ("SELECT", "PRAGMA", "EXPLAIN", "SHOW")


def writes(text: str) -> list[str]:
    """Return the calls in a text that write to the database, as they stand there.

    A dict's or set's ``update`` takes a value where a queryset's takes keywords; that tells them apart.
    """
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if isinstance(called, ast.Name):
            wrong = name in LOW_LEVEL
        elif name == "update":
            wrong = bool(node.keywords) and not node.args
        elif name in ("execute", "executemany"):
            sql = node.args[0] if node.args else None
            wrong = not (isinstance(sql, ast.Constant) and str(sql.value).lstrip().upper().startswith(READING))
        else:
            wrong = name in ALWAYS or (name == "copy" and "cursor" in ast.unparse(called.value))
        if wrong:
            found.append(ast.unparse(called))
    return found


def test_nothing_but_the_doors_writes_a_record():
    found = {(module, call) for module, text in modules().items() if module not in DOORS for call in writes(text)}
    assert found - EXCEPTIONS.keys() == set()


def test_no_exception_outlives_its_reason():
    found = {(module, call) for module, text in modules().items() for call in writes(text)}
    assert EXCEPTIONS.keys() - found == set()


@pytest.mark.parametrize(
    "line",
    [
        "victim.save()",
        "Victim.objects.create(status='draft')",
        "Victim.objects.filter(pk=1).update(status='published')",
        "found.update(victim=2)",
        "entry.death_set.all().delete()",
        "Decision.objects.update_or_create(victim=victim, field='name')",
        "PersonName.objects.bulk_create(rows)",
        "queryset._raw_delete('default')",
        "insert(Victim, names, rows)",
        "cursor.execute('DELETE FROM victims_victim')",
        "cursor.execute(sql)",
        "cursor.copy('COPY victims_victim FROM STDIN')",
    ],
)
def test_a_write_past_the_door_is_noticed(line):
    assert writes(f"class Page:\n    def post(self, request):\n        if request:\n            {line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "shown.update(other)",
        "seen.update(pair for pair in pairs)",
        "cursor.execute('SELECT 1')",
        "items.insert(0, 1)",
        "copy.copy(record)",
        "record.copy()",
    ],
)
def test_what_only_looks_like_a_write_is_let_through(line):
    assert writes(line) == []
