"""Places upon the map of the site: an equidistant conic of the former Union, drawn without another host.

The base is ``memorial/static/map/base.svg``, made in the same projection (see the note beside it).
"""

import math
from typing import NamedTuple

WIDTH, HEIGHT = 1000, 560
#: Standard parallels and the middle meridian; scale in pixels to a radian, and where the middle lies.
SOUTH, NORTH, MIDDLE = math.radians(45), math.radians(65), 84.0
SCALE, LEFT, TOP = 690.0, 460.0, 335.0
#: Markers nearer than this to each other are drawn as one.
NEAR = 34.0
_N = (math.cos(SOUTH) - math.cos(NORTH)) / (NORTH - SOUTH)
_G = math.cos(SOUTH) / _N + SOUTH


class Point(NamedTuple):
    """A place to be shown: number in the table beside the map, coordinates, how exact, name, kind."""

    number: int
    latitude: float
    longitude: float
    precision_km: float
    name: str
    kind: str = "site"


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x and y on the map, in pixels of its box."""
    rho, theta = _G - math.radians(latitude), _N * math.radians((longitude - MIDDLE + 540) % 360 - 180)
    middle = _G - math.radians(56)
    return round(LEFT + SCALE * rho * math.sin(theta), 1), round(TOP + SCALE * (rho * math.cos(theta) - middle), 1)


def markers(points: list[Point]) -> list[dict]:
    """Return what is drawn: x, y, numbers and names of the points there, whether they are only roughly known.

    Points that would cover each other share a marker; points off the map are left to the table.
    """
    found: list[dict] = []
    for point in points:
        x, y = project(point.latitude, point.longitude)
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            continue
        near = next((one for one in found if math.dist((x, y), (one["x"], one["y"])) < NEAR), None)
        if near is None:
            near = {"x": x, "y": y, "points": [], "rough": False, "kind": point.kind}
            found.append(near)
        near["points"].append(point)
        near["rough"] |= point.precision_km >= 5
    for one in found:
        one["label"] = _numbers([point.number for point in one["points"]])
        one["title"] = "; ".join(f"{point.number}. {point.name}" for point in one["points"])
        one["text_x"], one["text_y"] = one["x"] + (14 if one["rough"] else 9), one["y"] + 5
    return found


def drawn(points: list[Point]) -> dict | None:
    """Return what the template of a map wants, or None where nothing lies on it."""
    found = markers(points)
    return {"markers": found, "width": WIDTH, "height": HEIGHT} if found else None


def _numbers(numbers: list[int]) -> str:
    """Return numbers as "1–3, 7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
