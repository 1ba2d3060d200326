"""Logs: one line an event, as text or as JSON. No line carries a full client address or a search.

A request is logged as its method and path: the query, where people type the names they look for, is left
out. Addresses lose their last part (IPv4 keeps three of four numbers, IPv6 its first 48 bits).
"""

import ipaddress
import json
import logging
import re
from datetime import UTC, datetime

STANDARD = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}
ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[0-9A-Fa-f]*:[0-9A-Fa-f]*:)[0-9A-Fa-f:.]*[0-9A-Fa-f:])(?!\.?\w)"
)
QUERY = re.compile(r"\?\S*(?= HTTP/\d)")


def configuration(level, form):
    """The LOGGING setting."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"text": {"()": TextFormatter}, "json": {"()": JSONFormatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            name: {"handlers": [], "level": "NOTSET", "propagate": True}
            for name in ("django", "django.server")
        },
    }


def discreet(text):
    return ADDRESS.sub(lambda found: _shorten(found[0]), QUERY.sub("", text))


def _shorten(candidate):
    try:
        address = ipaddress.ip_address(candidate)
    except ValueError:
        return _shorten(candidate[:-1]) + ":" if candidate.endswith(":") else candidate
    if address.is_loopback or address.is_unspecified:
        return candidate
    kept_bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network((address, kept_bits), strict=False).network_address)


class TextFormatter(logging.Formatter):
    """For people: what a developer reads in the terminal."""

    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record):
        return discreet(super().format(record))


class JSONFormatter(logging.Formatter):
    """For collectors: time, level, logger, message, the extra fields, the exception."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": discreet(record.getMessage()),
        }
        for name, value in vars(record).items():
            if name not in STANDARD and name not in line:
                line.update(_extra(name, value))
        if record.exc_info:
            line["exception"] = discreet(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _extra(name, value):
    if name == "request":  # an HttpRequest, or a socket of the development server
        path = getattr(value, "path", None)
        return {"method": value.method, "path": path} if path else {}
    if isinstance(value, (int, float, bool, type(None))):
        return {name: value}
    return {name: discreet(str(value))}
