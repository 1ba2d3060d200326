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


def differing(read: dict, wanted: dict, *, narrow: set[str]) -> dict:
    """Return {slot: value of ``wanted``} where two canonical records differ.

    Slots in ``narrow`` are told as narrow as can be ("arrests[0].date"), others as a whole ("arrests").
    """
    found = {}
    for slot in sorted(read.keys() | wanted.keys()):
        was, now = read.get(slot), wanted.get(slot)
        if was == now:
            continue
        if slot in narrow and type(was) is type(now) is dict:
            found |= _within(slot, was, now)
        elif slot in narrow and type(was) is type(now) is list and len(was) == len(now):
            for index, (one, other) in enumerate(zip(was, now, strict=True)):
                inner = f"{slot}[{index}]"
                if type(one) is type(other) is dict:
                    found |= _within(inner, one, other)
                elif one != other:
                    found[inner] = other
        else:
            found[slot] = now
    return found


def _within(slot: str, was: dict, now: dict) -> dict:
    keys = sorted(was.keys() | now.keys())
    return {f"{slot}.{key}": now.get(key) for key in keys if was.get(key) != now.get(key)}
