"""The OpenAPI description, and that the API does what it says whatever it is sent."""

import io
import json
from collections import Counter

import pytest
import schemathesis
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from knox.models import AuthToken
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, book, enter, gather
from tests.people import keeper
from tests.victims.api.asking import LISTS
from victims.api import paging
from victims.api.record_form import SCHEMA, wrong_in
from victims.api.views.meta import schema as description
from victims.filters import VictimFilterSet
from victims.matching import merge
from victims.models import Body, Entry, ExecutionSite, Operation, Region, Victim
from victims.models.record import Change, write
from victims.models.rows import canonical
from victims.models.values import RecordError
from victims.vocabulary import RevisionKind, Status

EXAMPLES = 6
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
DATES = ("1937", "1937-08", "1937-08-05", "1937~", "1937-08/1938-11", "../1937-12", "[1889,1890]")
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
#: A body may be well formed and still be refused for what it says: a key that is taken, a link to nowhere.
READING = [*CHECKS, checks.positive_data_acceptance, checks.negative_data_rejection, checks.ignored_auth]
WRITING = [*CHECKS, checks.negative_data_rejection, checks.ignored_auth]


def test_the_description_is_valid_and_made_without_a_warning():
    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=out)
    made = json.loads(out.getvalue())
    assert made["openapi"].startswith("3.1")


def test_the_description_is_served_as_json_and_as_yaml(api, db):
    plain = api.get("schema/")
    assert plain.headers["Content-Type"] == "application/json"
    assert plain.json() == json.loads(json.dumps(description()))
    for form in ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi"):
        answer = api.get("schema/", headers={"Accept": form})
        assert answer.headers["Content-Type"].partition(";")[0] == form
        assert b"victims_list" in answer.content


def reads(path: str, method: str) -> bool:
    """Return whether an operation only reads: by GET, or by a form that is too long for an address."""
    return method == "GET" or path.startswith("/api/v1/reconcile/")


def operations():
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def test_every_address_is_described_with_its_failures_as_problem_documents():
    seen = set()
    for path, method, operation in operations():
        seen.add(path.removeprefix("/api/v1/").partition("/")[0])
        assert operation["summary"] and operation["description"], path
        for code, answer in operation["responses"].items():
            if code >= "400":
                assert list(answer["content"]) == ["application/problem+json"], (path, code)
                assert answer["description"]
        assert {"400", "401", "406", "429", "500"} <= operation["responses"].keys()
        if method != "GET":
            assert {"403", "415", "413"} <= operation["responses"].keys()
            assert ({} in operation["security"]) == reads(path, method)
    assert seen >= {*LISTS, "fields", "parse", ""}


def test_filters_are_described_by_type_and_in_words():
    parameters = {one["name"]: one for one in description()["paths"]["/api/v1/victims/"]["get"]["parameters"]}
    assert parameters["sex"]["schema"]["enum"] == ["male", "female"]
    assert parameters["birth"]["schema"]["format"] == "edtf"
    assert parameters["inexact"]["schema"]["items"]["enum"][0] == "born" and not parameters["inexact"]["explode"]
    assert parameters["synthetic"]["schema"] == {"type": "boolean"}
    assert parameters["limit"]["schema"]["maximum"] == 100
    assert parameters["q"]["schema"]["maxLength"] == 200
    assert all(one["description"] for one in parameters.values())


def test_how_to_sign_in_is_described():
    schemes = description()["components"]["securitySchemes"]
    assert schemes["token"]["name"] == "Authorization"
    assert schemes["session"]["in"] == "cookie"


# --- the record form -----------------------------------------------------------------------------


def said(schema: dict):
    """Return a strategy of values that a schema of the record form allows."""
    if "anyOf" in schema:
        return st.one_of([said(one) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return st.one_of([_of_kind(kind, schema) for kind in kinds])


def _of_kind(kind: str, schema: dict):
    if kind == "object":
        inner = {name: said(one) for name, one in schema["properties"].items()}
        needed = {name: inner.pop(name) for name in schema.get("required", ())}
        return st.fixed_dictionaries(needed, optional=inner)
    if kind == "array":
        return st.lists(said(schema["items"]), max_size=3)
    if kind == "integer":
        return st.integers(schema["minimum"], schema["maximum"])
    if kind == "string":
        if schema.get("format") == "edtf":
            return st.sampled_from(("", *DATES))
        if "pattern" in schema:
            return st.sampled_from(("", "P10Y", "P1Y6M"))
        return st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8).filter(
            lambda text: len(text) >= schema.get("minLength", 0) and len(text) <= schema.get("maxLength", 8)
        )
    return {"boolean": st.booleans(), "null": st.none()}[kind]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*SCHEMA["properties"], "date", "body", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@seed(1)
@how(max_examples=300, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(said(SCHEMA))
def test_what_the_schema_of_the_record_form_allows_the_door_takes_too(record):
    assert wrong_in(record) == []
    try:
        canonical(record)
    except RecordError as error:
        assert "stands in the list twice" in str(error)


@seed(1)
@how(max_examples=500, deadline=None, database=None)
@given(st.dictionaries(st.sampled_from([*SCHEMA["properties"], "x"]), JSON, max_size=4) | JSON)
def test_whatever_else_is_sent_as_a_record_is_refused_or_kept_and_never_breaks(record):
    if not wrong_in(record):
        try:
            canonical(record)
        except RecordError as error:
            assert error.slot


# --- whatever it is sent ---------------------------------------------------------------------------


@pytest.fixture
def seeded(transactional_db):
    """A small database: people of each status, a body, a region, a site, an operation."""
    gather(FLORENSKY, status=Status.PUBLISHED)
    gather(KURBAS)
    enter(MANDELSTAM["martyrology"], "synthetic", synthetic=True, status=Status.PUBLISHED)
    merged, kept, gone = (enter({"surname": "Иванов"}, key=str(n), status=Status.PUBLISHED) for n in range(3))
    merge(kept, merged, why="one man")
    write(Change(withdraw={gone.pk: "privacy"}), kind=RevisionKind.STATUS)
    source = book("case-file")
    region = Region.objects.create(slug="leningrad-oblast", name_ru="Ленинградская область", kind="oblast")
    Body.objects.create(slug="troika", kind="troika", name_ru="тройка", region=region, source=source)
    where = {"latitude": 60.0, "longitude": 30.0, "precision_km": 1.0, "country_today": "RU", "region": region}
    told = {"shooting": "yes", "burial": "disputed", "name_ru": "Левашово", "name_en": "Levashovo"}
    ExecutionSite.objects.create(slug="levashovo", source=source, **where, **told)
    Operation.objects.create(code="00447", name_ru="00447", name_en="00447", source=source)


@pytest.fixture
def formats(seeded):
    """Values of the formats that the description names, for questions that are meant to be answered."""
    rows = {"source": "slug", "body": "slug", "region": "slug", "executionsite": "slug", "operation": "code"}
    models = {"source": type(book()), "body": Body, "region": Region, "executionsite": ExecutionSite}
    models["operation"] = Operation
    for name, key in rows.items():
        ids = list(models[name].objects.values_list(key, flat=True))
        schemathesis.openapi.format(f"{name}-id", st.sampled_from(ids))
    people = [victim.public_id for victim in Victim.objects.all()]
    schemathesis.openapi.format("public-id", st.sampled_from(people))
    schemathesis.openapi.format("edtf", st.sampled_from(DATES))
    schemathesis.openapi.format("ages", st.sampled_from(["37", "30-39", "80+"]))
    schemathesis.openapi.format("query", st.sampled_from(["Флоренский", "курбас лесь", "павел 1882"]))
    batches = [json.dumps(batch) for batch in ({}, {"q0": {"query": "Флоренский", "limit": 3}})]
    schemathesis.openapi.format("reconciliation-batch", st.sampled_from(batches))
    schemathesis.openapi.format("cursor", st.just(paging.encode(paging.KEY, (1,))))
    schemathesis.openapi.format("name-cursor", st.just(paging.encode(paging.NAME, ("", 1))))


def try_all(headers: dict, wanted: list, *, reading: bool) -> Counter:
    """Send what reads, or what writes, data that fit its description and data that do not; {status: how many}."""
    config = schemathesis.Config()
    config.projects.default.generation.update(deterministic=True)
    expect = config.projects.default.checks
    for check, status in ((expect.positive_data_acceptance, "410"), (expect.negative_data_rejection, "412")):
        check.expected_statuses = [*check.expected_statuses, status]
    made = schemathesis.openapi.from_dict(json.loads(json.dumps(description())), config=config)
    made.app, made.base_url = get_wsgi_application(), "http://testserver"
    sent: Counter = Counter()
    for found in made.get_all_operations():
        operation = found.ok()
        if reads(operation.path, operation.method.upper()) != reading or operation.path.endswith("/schema/"):
            continue
        # A form holds JSON, of which the description tells no more than words.
        held = [check for check in wanted if operation.method == "get" or check in WRITING]
        for mode in MODES:
            sent += _try(operation, mode, headers, held)
    return sent


def aim(case) -> None:
    """Make a well-formed question one that can be answered: of an entry that is there, in its version."""
    if case.query and VictimFilterSet.is_ranked(case.query):
        case.query.pop("cursor", None)  # the cursors of ranked answers are others
    if case.path.startswith("/api/v1/entries/{id}"):
        entry = Entry.objects.filter(removed=False, victim__status="published").latest("pk")
        case.path_parameters["id"] = entry.pk
        if "If-Match" in (case.headers or {}):
            case.headers["If-Match"] = f'"r{entry.victim.revision}-0123456789abcdef"'


def _try(operation, mode, headers: dict, wanted: list) -> Counter:
    sent: Counter = Counter()

    @seed(1937)
    @how(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def one(case):
        if mode == GenerationMode.POSITIVE:
            aim(case)
        sent[case.call_and_validate(checks=wanted, headers=headers).status_code] += 1

    try:
        one()
    except Unsatisfiable:  # what has no parameter but headers cannot be asked wrongly
        assert mode == GenerationMode.NEGATIVE and not operation.query and not operation.body
    return sent


def test_a_visitor_is_answered_as_described_whatever_they_send(formats, settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    answered = try_all({}, READING, reading=True)
    assert answered.total() > 200
    assert {200, 400, 404, 410} <= answered.keys()


def test_an_editor_is_answered_as_described_whatever_they_read(formats, settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    token = AuthToken.objects.create(keeper(Role.EDITOR))[1]
    answered = try_all({"Authorization": f"Token {token}"}, READING, reading=True)
    assert answered.total() > 200
    assert {200, 400, 404} <= answered.keys()


def test_an_editor_is_answered_as_described_whatever_they_write(formats, settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    token = AuthToken.objects.create(keeper(Role.EDITOR))[1]
    answered = try_all({"Authorization": f"Token {token}"}, WRITING, reading=False)
    assert answered.total() > 50
    assert {200, 400} <= answered.keys()


def test_a_visitor_writes_nothing_whatever_they_send(formats, settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    before = list(Victim.objects.order_by("pk").values())
    answered = try_all({}, CHECKS, reading=False)
    assert answered.total() > 50
    assert answered.keys() <= {400, 401, 404}
    assert list(Victim.objects.order_by("pk").values()) == before
