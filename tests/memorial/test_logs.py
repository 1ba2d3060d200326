"""What a line of the log tells, and what it keeps to itself."""

import json
import logging
from types import SimpleNamespace

import pytest

from memorial.logs import JSONFormatter, TextFormatter


def record(message, *arguments, **extra):
    made = logging.LogRecord("memorial", logging.INFO, __file__, 1, message, arguments, None)
    vars(made).update(extra)
    return made


def as_json(*arguments, **extra):
    return json.loads(JSONFormatter().format(record(*arguments, **extra)))


@pytest.mark.parametrize(
    ("written", "logged"),
    [
        ("refused 203.0.113.77", "refused 203.0.113.0"),
        ("refused 203.0.113.77:4411.", "refused 203.0.113.0:4411."),
        ("refused 2001:db8:aa:bb::17", "refused 2001:db8:aa::"),
        ("[2001:db8:aa:bb::17]:443: refused", "[2001:db8:aa::]:443: refused"),
        ("serving at 127.0.0.1:8000 and ::1", "serving at 127.0.0.1:8000 and ::1"),
        ("13:07:01 tests/a.py::test_b on 5.2.19", "13:07:01 tests/a.py::test_b on 5.2.19"),
    ],
)
def test_an_address_loses_its_last_part(written, logged):
    assert as_json("%s", written)["message"] == logged
    assert TextFormatter().format(record("%s", written)).endswith(logged)


def test_an_address_among_the_extra_fields_is_shortened_too():
    assert as_json("refused", client="203.0.113.77")["client"] == "203.0.113.0"


def test_what_people_search_for_is_not_logged():
    line = TextFormatter().format(record('"%s" %s', "GET /?q=Щеглов HTTP/1.1", "200"))
    assert line.endswith('"GET / HTTP/1.1" 200')


def test_a_request_is_logged_as_its_method_and_path():
    request = SimpleNamespace(method="GET", path="/victims/", META={"REMOTE_ADDR": "203.0.113.77"})
    line = as_json("Not Found: %s", "/victims/", request=request, status_code=404)
    assert (line["method"], line["path"], line["status_code"]) == ("GET", "/victims/", 404)
    assert "203.0.113" not in json.dumps(line)


def test_cyrillic_stays_readable():
    assert "Щеглов" in JSONFormatter().format(record("Щеглов"))


def test_an_extra_field_cannot_overwrite_a_standard_one():
    line = as_json("loaded", level="none", time="never")
    assert line["level"] == "INFO"
    assert line["time"] != "never"
