"""Why a place name was missed, or put elsewhere."""

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from typing import Any

from scripts.evaluation.causes.overlap import pair_up

Json = dict[str, Any]
FAR_KM = 161
MIDDLES = {
    "country": "only the middle of a country known",
    "region": "only the middle of a region known",
    "area": "only the middle of an area known",
}


def causes(row: Json, found: Json) -> Iterator[str]:
    """One cause for every located place that is missed or elsewhere, and every other name."""
    located = [one for one in row["places"] if one.get("lat") is not None]
    pairs, free = pair_up(located, found.get("places", []))
    for gold, one in pairs:
        if not one:
            yield "missed"
        elif one.get("lat") is None:
            known = one.get("precision")
            yield f"no pin: {'known, but not which one' if known else 'not in the gazetteer'}"
        elif kilometres(gold, one) > FAR_KM:
            yield f"far: {MIDDLES.get(one.get('precision', ''), 'a namesake')}"
    others = [one for one in row["places"] if one.get("lat") is None]
    _, extra = pair_up(others, free)
    yield from ("extra" for _ in extra)


def kilometres(one: Json, other: Json) -> float:
    """The great-circle distance of two points.

    >>> round(kilometres({"lat": 0, "lon": 0}, {"lat": 0, "lon": 1}))
    111
    """
    a, b, c, d = (radians(point[key]) for point in (one, other) for key in ("lat", "lon"))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))
