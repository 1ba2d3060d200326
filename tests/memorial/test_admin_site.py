"""The administration site: no way around the sign-in, open to roles only, accounts kept by administrators."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from memorial.accounts import Role, role_of
from tests.memorial.signing import PASSWORD, keeper, sign_in, signed_in, text_of, with_app

USERS = "/admin/auth/user/"
NEW = "a-new-archive-is-open-1939"


def change(client, user, **said):
    """Send the page of an account."""
    form = {
        "username": user.username,
        "first_name": "",
        "last_name": "",
        "email": "",
        "role": "",
        "is_active": "on",
    }
    return client.post(f"{USERS}{user.pk}/change/", form | said)


@pytest.mark.parametrize("prefix", ["", "/en", "/uk"])
def test_its_sign_in_is_the_one_of_the_accounts(client, db, prefix):
    asked = client.get(f"{prefix}/admin/", follow=True)
    assert asked.redirect_chain[-1][0] == f"{prefix}/accounts/login/?next={prefix}/admin/"
    assert asked.status_code == 200


def test_a_password_sent_to_the_sign_in_of_the_admin_opens_nothing(client, editor, nobody):
    for user in (editor, nobody):
        answer = client.post("/admin/login/?next=/admin/", {"username": user.username, "password": PASSWORD})
        assert answer.url == "/accounts/login/?next=/admin/"
        assert not signed_in(client)


def test_who_is_signed_in_cannot_try_passwords_there_either(client, editor, nobody):
    sign_in(client, nobody)
    wrong = {"username": "editor", "password": PASSWORD}
    assert client.post("/admin/login/", wrong).status_code == 403
    assert "nobody" in text_of(client.get("/en/accounts/"))


def test_a_user_without_a_role_is_refused_and_not_sent_in_a_circle(client, nobody):
    nobody.is_staff = True
    nobody.save()
    sign_in(client, nobody)
    answer = client.get("/en/admin/", follow=True)
    assert answer.status_code == 403
    assert len(answer.redirect_chain) == 1
    assert "no role that allows it" in text_of(answer)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_enters_whether_or_not_django_calls_it_staff(client, tries, role):
    user = keeper(role)
    User.objects.update(is_staff=False)
    sign_in(client, user)
    assert client.get("/en/admin/").status_code == 200
    assert client.get("/admin/login/?next=/admin/").url == "/admin/"
    assert client.get("/admin/login/?next=//example.org/").url == "/admin/"


def test_its_password_page_is_the_one_that_counts_tries_and_its_way_out_is_ours(client, editor):
    sign_in(client, editor)
    assert client.get("/admin/password_change/").url == "/accounts/password/change/"
    assert client.post("/admin/password_change/", {"old_password": PASSWORD}).url == "/accounts/password/change/"
    assert client.post("/admin/logout/").url == "/"
    assert not signed_in(client)


# --- accounts ---


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ARCHIVIST])
def test_only_administrators_see_accounts(client, tries, role):
    user = keeper(role)
    sign_in(client, user)
    assert client.get(USERS).status_code == 403
    assert client.get(f"{USERS}{user.pk}/change/").status_code == 403
    assert client.post(f"{USERS}add/", {"username": "x"}).status_code == 403
    assert client.post(f"{USERS}{user.pk}/password/", {}).status_code == 403
    assert USERS not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("path", ["knox/authtoken/", "auth/group/", "account/emailaddress/", "mfa/authenticator/"])
def test_what_would_show_or_forge_keys_is_not_there_even_for_a_superuser(client, tries, path):
    sign_in(client, User.objects.create_superuser("root", password=PASSWORD))
    assert client.get(f"/admin/{path}").status_code == 404


def test_an_administrator_makes_an_account_and_gives_it_a_role(client, administrator):
    Group.objects.all().delete()
    administrator.groups.add(Group.objects.create(name="administrator"))
    sign_in(client, administrator)
    page = client.get(f"{USERS}add/")
    assert page.status_code == 200
    form = {"username": "anna", "password1": NEW, "password2": NEW, "role": "archivist", "email": ""}
    assert client.post(f"{USERS}add/", form).status_code == 302
    anna = User.objects.get(username="anna")
    assert role_of(anna) == Role.ARCHIVIST
    assert sign_in(Client(), anna, NEW).url == "/admin/"
    change(client, anna, role="editor")
    assert role_of(User.objects.get(pk=anna.pk)) == Role.EDITOR
    change(client, anna, role="")
    assert role_of(User.objects.get(pk=anna.pk)) is None


def test_an_account_is_ended_and_not_deleted(client, administrator, editor):
    sign_in(client, administrator)
    assert client.post(f"{USERS}{editor.pk}/delete/", {"post": "yes"}).status_code == 403
    other = Client()
    sign_in(other, editor)
    change(client, editor, role="editor", is_active="")
    assert not signed_in(other)


def test_an_administrator_cannot_become_a_superuser_or_change_one(client, administrator):
    root = User.objects.create_superuser("root", password=PASSWORD)
    sign_in(client, administrator)
    change(client, administrator, role="administrator", is_superuser="on", is_staff="on")
    administrator.refresh_from_db()
    assert not administrator.is_superuser
    assert change(client, root).status_code == 403
    assert client.post(f"{USERS}{root.pk}/password/", {"password1": NEW, "password2": NEW}).status_code == 403
    assert client.get(f"{USERS}{root.pk}/change/").status_code == 200
    with_app(root)
    act(client, "remove_second_factor", root)
    assert root.authenticator_set.exists()


def act(client, action, *users):
    return client.post(USERS, {"action": action, "_selected_action": [user.pk for user in users]})


def test_an_administrator_helps_who_lost_the_telephone_and_it_is_kept_who_did(client, administrator, editor):
    with_app(editor)
    assert sign_in(Client(), editor).url == "/accounts/2fa/authenticate/"
    sign_in(client, administrator)
    assert act(client, "remove_second_factor", editor).status_code == 302
    assert sign_in(Client(), editor).url == "/admin/"
    assert "Снять второй фактор" in text_of(client.get(f"{USERS}{editor.pk}/history/"))


def test_an_administrator_sets_a_password_and_it_must_be_a_good_one(client, administrator, editor):
    sign_in(client, administrator)
    path = f"{USERS}{editor.pk}/password/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"usable_password": "true", "password1": "x", "password2": "x"}).status_code == 200
    assert client.post(path, {"usable_password": "true", "password1": NEW, "password2": NEW}).status_code == 302
    assert sign_in(Client(), editor, NEW).url == "/admin/"


def test_the_groups_of_the_roles_are_made_with_the_tables(db):
    assert set(Group.objects.values_list("name", flat=True)) >= {str(role) for role in Role}
