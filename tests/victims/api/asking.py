"""Asking the API as a program does: JSON in, JSON out, a token in the header."""

import json

from django.test import Client
from knox.models import AuthToken

ROOT = "/api/v1/"
FACTS = ("arrests", "sentences", "imprisonments", "deaths", "rehabilitations")
REFERENCE = ("bodies", "sittings", "regions", "execution-sites", "operations", "sources")
LISTS = ("victims", "entries", *FACTS, *REFERENCE)


class Api:
    """A program that asks; ``user`` None is a visitor. Addresses may be whole or below the root."""

    def __init__(self, user=None, client: Client | None = None, **headers):
        self.client, self.headers = client or Client(), headers
        if user is not None:
            self.headers["Authorization"] = f"Token {AuthToken.objects.create(user)[1]}"

    def get(self, address: str = "", **query):
        headers = self.headers | query.pop("headers", {})
        return self.client.get(where(address), query or None, headers=headers)

    def send(self, method: str, address: str, body=None, **headers):
        """Send a body as JSON; text and bytes as they are."""
        if not isinstance(body, str | bytes):
            body = json.dumps({} if body is None else body)
        headers = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, where(address), body, "application/json", headers=headers)

    def post(self, address: str, body=None, **headers):
        return self.send("POST", address, body, **headers)

    def put(self, address: str, body=None, **headers):
        return self.send("PUT", address, body, **headers)

    def patch(self, address: str, body=None, **headers):
        return self.send("PATCH", address, body, **headers)

    def ids(self, address: str, **query) -> list:
        """Return the ids of one page of a list."""
        answer = self.get(address, **query)
        assert answer.status_code == 200, answer.content.decode()
        return [item["id"] for item in answer.json()["results"]]


def where(address: str) -> str:
    address = address.removeprefix("http://testserver")
    return address if address.startswith("/") else ROOT + address


def problem(answer, status: int) -> dict:
    """Return a problem document, after looking that it is one."""
    assert answer.status_code == status, answer.content.decode()[:2000]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json()
    assert told["status"] == status
    assert told["type"].startswith("urn:memorial:problem:")
    assert told["title"]
    return told


def wrong(answer, status: int = 400) -> dict[str, str]:
    """Return {parameter or pointer: what is wrong with it} of a problem document."""
    return {one.get("parameter", one.get("pointer")): one["detail"] for one in problem(answer, status)["errors"]}


def walk(api, address: str, **query) -> list:
    """Return the ids of all pages of a list."""
    found, following = [], None
    while True:
        page = (api.get(following) if following else api.get(address, **query)).json()
        found += [item["id"] for item in page["results"]]
        following = page["next"]
        if following is None:
            return found
        assert len(found) < 1000
