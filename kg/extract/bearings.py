"""Where a direction leads: "30 km north of Kesh" is an area there, and no point.

The area is what a writer who rounds may mean: a fifth nearer or farther, and 30 degrees to either
side of the bearing. Without a distance no area follows.
"""

import re
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

Point = tuple[float, float]
"""Latitude and longitude, in WGS84 degrees."""
Extent = tuple[float, float, float, float]
"""South, west, north, east, in WGS84 degrees."""

BEARINGS: Final = {
    **{"north": 0, "northeast": 45, "east": 90, "southeast": 135},
    **{"south": 180, "southwest": 225, "west": 270, "northwest": 315},
}
"""Point of the compass → degrees clockwise from north."""
_SIDE: Final = r"north(?:[- ]?(?:east|west))?|south(?:[- ]?(?:east|west))?|east|west"
_BEFORE: Final = re.compile(
    r"(?:\b(?:some|about|around|roughly|just|nearly|almost|over|(?:more|less) than) )?"
    r"(?:\b(?P<number>\d+(?:[.,]\d+)?)[ -]?(?P<unit>km|kilomet(?:er|re)s?|miles?|m|met(?:er|re)s?)"
    r"(?: \([^()]{1,20}\))? )?"
    rf"(?P<lead>(?:to |in |from )?the )?\b(?P<side>{_SIDE}) of"
    r"(?: the (?:city|town|village|capital) of)? $",
    re.IGNORECASE,
)
_WINDOW: Final = 120
"""Characters before a name in which such words are sought."""
_KM: Final = {"k": 1.0, "mi": 1.609, "m": 0.001}
_DEGREE: Final = 111.2
"""Kilometres of a degree of latitude."""
_SPREAD: Final = (-30, 0, 30)
_ROUNDING: Final = (0.8, 1.2)


@dataclass(frozen=True, slots=True)
class Bearing:
    """Words that lead away from a place: where they start, and how far where told (km).

    ``inside``: "in the north of Kesh" is a part of it.
    """

    start: int
    degrees: int
    km: float | None
    inside: bool


def bearing(text: str, name: int) -> Bearing | None:
    """What leads away from the name that starts there, if anything does.

    >>> bearing("some 30 km north-west of Kesh", 25)
    Bearing(start=0, degrees=315, km=30.0, inside=False)
    >>> bearing("in the north of Kesh", 16).inside
    True
    """
    begin = max(0, name - _WINDOW)
    found = _BEFORE.search(text[begin:name])
    if found is None:
        return None
    side = re.sub("[- ]", "", found["side"].lower())
    inside = (found["lead"] or "").lower() in {"the ", "in the "} and not found["number"]
    start = begin + (found.start("side") if inside else found.start())
    return Bearing(start, BEARINGS[side], _km(found["number"], found["unit"]), inside)


def _km(number: str | None, unit: str | None) -> float | None:
    if not number or not unit:
        return None
    head = unit.lower()
    factor = next(km for start, km in _KM.items() if head.startswith(start))
    return float(number.replace(",", ".")) * factor


def area(point: Point, degrees: int, km: float) -> Extent | None:
    """The box around what a distance and a bearing from a point may mean; none near a pole.

    >>> area((36.2, 37.15), 0, 30)
    (36.387, 36.949, 36.524, 37.351)
    """
    latitude, longitude = point
    narrow = cos(radians(latitude))
    if narrow < 0.1 or km > 1000:
        return None
    ends = [(km * by, radians(degrees + turn)) for by in _ROUNDING for turn in _SPREAD]
    north = [latitude + far * cos(angle) / _DEGREE for far, angle in ends]
    east = [longitude + far * sin(angle) / _DEGREE / narrow for far, angle in ends]
    if min(east) < -180 or max(east) > 180 or max(map(abs, north)) > 90:
        return None
    return round(min(north), 3), round(min(east), 3), round(max(north), 3), round(max(east), 3)
