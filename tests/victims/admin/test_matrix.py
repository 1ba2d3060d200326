"""The administration site keeps to the matrix of role, action and status, whatever address is typed."""

import pytest
from django.urls import reverse

from tests.cast import KURBAS, again, enter
from tests.forms import form_of
from tests.victims.test_permissions import MATRIX, records, who  # noqa: F401
from victims.matching import not_same
from victims.matching.merging import known_not_same
from victims.permissions import Action
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
STAFF = [name for name in MATRIX if name not in ("nobody", "no role")]
REASON = {"why": "reason", "reason": "error"}


def at(name, *arguments):
    return reverse(f"admin:victims_victim_{name}", args=arguments)


def allowed(name, status, action) -> bool:
    return action in MATRIX[name].get(status, ())


@pytest.fixture
def signed_in(client, request):
    user = who(request.param)
    client.force_login(user)
    client.name = request.param
    return client


every_role = pytest.mark.parametrize("signed_in", STAFF, indirect=True)


@every_role
def test_only_what_may_be_seen_is_opened_or_listed(signed_in, records):  # noqa: F811
    listed = {row.pk for row in signed_in.get(at("changelist")).context["cl"].result_list}
    for status, victim in records.items():
        sees = allowed(signed_in.name, status, Action.VIEW)
        assert signed_in.get(at("change", victim.pk)).status_code == (200 if sees else 404), status
        assert signed_in.get(at("history", victim.pk)).status_code == (200 if sees else 404), status
        assert signed_in.get(at("alike", victim.pk)).status_code == (200 if sees else 404), status
        assert (victim.pk in listed) == sees, status


@every_role
def test_only_who_may_edit_gets_a_form_and_can_save_it(signed_in, records):  # noqa: F811
    for status, victim in records.items():
        address, edits = at("change", victim.pk), allowed(signed_in.name, status, Action.EDIT)
        data = form_of(signed_in.get(address), "victim_form")
        assert bool(data) == edits, status
        entry = victim.entries.first()
        forged = data or {"revision": victim.revision, f"entry-{entry and entry.pk}-locator": ""}
        forged |= {"new-source": "martyrology", "new-surname": "Чужой"}
        answer = signed_in.post(address, forged | {"_save": ""})
        assert again(victim).revision == victim.revision + (answer.status_code == 302 and edits), status


@every_role
@pytest.mark.parametrize(("action", "name"), [(Action.PUBLISH, "publish"), (Action.WITHDRAW, "withdraw")])
def test_only_who_may_publishes_and_withdraws(signed_in, records, action, name):  # noqa: F811
    for status, victim in records.items():
        before, may = victim.status, allowed(signed_in.name, status, action)
        answer = signed_in.post(at(name, victim.pk), REASON)
        assert (answer.status_code == 302) == may, status
        after = {Action.PUBLISH: Status.PUBLISHED, Action.WITHDRAW: Status.WITHDRAWN}[action]
        assert again(victim).status == (after if may else before), status


@every_role
def test_only_who_may_merges(signed_in, records):  # noqa: F811
    for status, victim in records.items():
        kept = enter(KURBAS["martyrology"], key=f"kept for {status}", status=Status.PUBLISHED)
        may = allowed(signed_in.name, status, Action.MERGE)
        answer = signed_in.post(at("merge", kept.pk, victim.pk), REASON)
        assert (answer.status_code == 302) == may, status
        assert (again(victim).merged_into == kept) == may, status


@every_role
def test_only_who_may_merge_tells_two_records_apart_and_takes_it_back(signed_in, records):  # noqa: F811
    other = enter(KURBAS["martyrology"], key="another", status=Status.PUBLISHED)
    for status, victim in records.items():
        may, way = allowed(signed_in.name, status, Action.MERGE), at("apart", other.pk, victim.pk)
        assert (signed_in.get(way).status_code == 200) == may, status
        assert (signed_in.post(way, REASON | {"_apart": ""}).status_code == 302) == may, status
        assert (victim.pk in known_not_same(other)) == may, status
        if not may and victim.status in ("draft", "published"):
            not_same(other, victim, why="two men")
            signed_in.post(way, REASON | {"_together": ""})
            assert victim.pk in known_not_same(other), status


@every_role
def test_only_who_may_restores(signed_in, records):  # noqa: F811
    for status in ("draft", "published"):
        victim, may = records[status], allowed(signed_in.name, status, Action.PUBLISH)
        answer = signed_in.post(at("restore", victim.pk, 1), REASON)
        assert (answer.status_code == 302) == may, status


@every_role
def test_an_archivist_does_not_publish_by_pressing_a_button_that_is_not_there(signed_in, records):  # noqa: F811
    victim = records["draft"]
    data = form_of(signed_in.get(at("change", victim.pk)), "victim_form")
    signed_in.post(at("change", victim.pk), data | {"_publish": ""})
    assert (again(victim).status == Status.PUBLISHED) == (signed_in.name != "archivist")


@every_role
def test_nobody_deletes(signed_in, records):  # noqa: F811
    address = at("delete", records["draft"].pk)
    assert signed_in.post(address, {"post": "yes"}).status_code == 403
    assert again(records["draft"])


@pytest.mark.parametrize("name", ["nobody", "no role"])
def test_who_keeps_no_records_sees_nothing_of_the_site(client, records, name):  # noqa: F811
    if name == "no role":
        client.force_login(who(name))
    for address in (at("changelist"), at("change", records["published"].pk), at("lookup"), at("add")):
        assert client.get(address).status_code in (302, 403)


@every_role
def test_reference_data_is_changed_by_editors_and_looked_at_by_archivists(signed_in):
    for model in ("sources_source", "victims_body", "victims_region", "victims_printedform", "victims_place"):
        assert signed_in.get(reverse(f"admin:{model}_changelist")).status_code == 200
    adds = signed_in.get(reverse("admin:victims_region_add")).status_code
    assert adds == (403 if signed_in.name == "archivist" else 200)
    assert signed_in.get(reverse("admin:victims_revision_changelist")).status_code == adds
    appointments = signed_in.get(reverse("admin:sources_appointment_changelist")).status_code
    assert appointments == (200 if signed_in.name == "administrator" else 403)
