"""What a human corrected in a record, laid over what the machine read (pure)."""

import copy
import itertools


def corrected(record: dict, corrections: dict | None) -> dict:
    """Return a record with a human's corrections over it: {slot: {"value": …}}, slots like "birth.date"."""
    if not corrections:
        return record
    record = copy.deepcopy(record)
    for slot, correction in corrections.items():
        _set(record, slot.replace("]", "").replace("[", ".").split("."), correction["value"])
    return record


def _set(inside, path, value) -> None:
    for here, following in itertools.pairwise(path):
        fresh = [] if following.isdigit() else {}
        if here.isdigit():
            while len(inside) <= int(here):
                inside.append({})
            inside = inside[int(here)]
        else:
            if not isinstance(inside.get(here), dict | list):
                inside[here] = fresh
            inside = inside[here]
    last = path[-1]
    if last.isdigit():
        while len(inside) <= int(last):
            inside.append({})
        inside[int(last)] = value
    else:
        inside[last] = value
