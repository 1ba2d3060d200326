"""docs/api.md: its examples are run, in their order, and answer what stands above them."""

import re
import shlex
from pathlib import Path
from string import Template
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from memorial.accounts import Role
from tests.people import keeper
from tests.victims.api.asking import Api, wrong
from victims.api.problems import PROBLEMS
from victims.api.views.meta import PLACES
from victims.models import Victim
from victims.vocabulary import WithdrawalReason

PAGE = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")
SITE = "https://memorial.example.org"


def examples() -> list[tuple[int, str]]:
    """Return (status, command) of every example."""
    found = []
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL):
        for status, command in re.findall(r"^# (\d{3}).*\n((?:.*\\\n)*.*)$", block, re.MULTILINE):
            found.append((int(status), command.replace("\\\n", " ")))
    return found


def run(command: str, known: dict):
    """Ask the test client what a curl command asks."""
    words = [Template(word).substitute(known) for word in shlex.split(command)]
    assert words.pop(0) == "curl"
    method, headers, body, address = "GET", {}, "", ""
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _colon, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = words.pop(0)
        elif word == "--data-urlencode":
            name, _sign, value = words.pop(0).partition("=")
            method, body = "FORM", {name: value}
        elif word != "-i":
            address = word
    headers.pop("Content-Type", None)
    query = address.removeprefix(SITE).removeprefix("http://testserver")
    if method == "FORM":
        return Client().post(query, urlencode(body), "application/x-www-form-urlencoded", headers=headers)
    return Api(**headers).send(method, query, body)


def test_the_examples_answer_what_stands_above_them(florensky):
    token = Api(keeper(Role.EDITOR)).headers["Authorization"].removeprefix("Token ")
    known = {"TOKEN": token, "PERSON": florensky.public_id}
    seen = []
    for status, command in examples():
        answer = run(command, known)
        assert answer.status_code == status, (command, answer.content.decode()[:500])
        if answer.status_code == 201:
            known |= {"ENTRY": answer.json()["id"], "DRAFT": answer.json()["victim"]}
        if "ETag" in answer.headers:
            known["BEFORE"] = known.get("VERSION")
            known["VERSION"] = answer.headers["ETag"]
        if status == 200 and not answer.streaming and answer.json().get("next"):
            known["NEXT"] = answer.json()["next"]
        caches["throttle"].clear()
        seen.append(status)
    assert len(seen) > 20
    assert Victim.objects.get(pk=florensky.pk).status == "withdrawn"


def test_the_error_that_is_shown_is_the_one_that_is_sent(api, db):
    shown = dict(re.findall(r'\{"parameter": "(\w+)", "detail": "(.*?)"\}', PAGE))
    sent = wrong(api.get("victims/", birth="5.08.1937", nmae="x"))
    assert shown.keys() == sent.keys()
    assert shown["birth"] == sent["birth"]
    assert sent["nmae"].startswith(shown["nmae"].removesuffix("…"))


@pytest.mark.parametrize("status", PROBLEMS)
def test_every_status_of_an_error_is_told(status):
    assert re.search(rf"^\| [\d, ]*{status}[\d, ]* \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize("place", sorted({*PLACES} - {"schema", "docs"}))
def test_every_address_is_told(place):
    assert f"`{place}/`" in PAGE


@pytest.mark.parametrize("reason", WithdrawalReason)
def test_every_reason_of_a_withdrawal_is_told(reason):
    assert str(reason) in PAGE


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#:]+)\)", PAGE):
        assert (Path(settings.BASE_DIR) / "docs" / target).exists(), target
