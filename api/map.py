"""A map as numbers a page can draw: points, extents, coasts and a grid, no outside tiles.

An equirectangular view, true to scale in the middle of what it shows. A place with an extent is
drawn as its extent, never as a pin.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from api import base_map
from api.labels import Dot, Label, extent, labels

WIDTH: Final = 960.0
HEIGHT: Final = 560.0
LEAST_DEGREES: Final = 2.0
LABEL_SIZE: Final = 14.0
TOWN_SIZE: Final = 11.0
TOWNS: Final = 14
"""Towns named for orientation."""
_STEPS: Final = (0.25, 0.5, 1, 2, 5, 10, 15, 30)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw: a point (latitude, longitude) or an extent (south, west, north, east)."""

    label: str
    href: str
    number: int
    exact: bool = True
    point: tuple[float, float] | None = None
    extent: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A spot as drawn: a circle (``width`` 0) or a rectangle, and its name where there is room."""

    spot: Spot
    x: float
    y: float
    radius: float
    width: float
    height: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class DrawnTown:
    """A town as drawn; ``at`` is its latitude and longitude."""

    x: float
    y: float
    label: Label
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn map: extents first, then points; grid lines (position and words); what lies under.

    ``coast`` is SVG path data, ``towns`` are large towns for orientation.
    """

    marks: tuple[Mark, ...]
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]
    coast: str
    towns: tuple[DrawnTown, ...]
    width: float = WIDTH
    height: float = HEIGHT


def chart(spots: Sequence[Spot]) -> Chart | None:
    """The map of these spots; nothing where none of them has a point or an extent."""
    drawn = [spot for spot in spots if spot.point or spot.extent]
    if not drawn:
        return None
    view = _View(drawn)
    ordered = sorted(drawn, key=lambda spot: (spot.extent is None, -spot.number, spot.label))
    places = [view.place(spot) for spot in ordered]
    dots = [
        Dot(x + w / 2, y + h / 2, r, spot.label)
        for spot, (x, y, r, w, h) in zip(ordered, places, strict=True)
    ]
    names = labels(dots, size=LABEL_SIZE, width=WIDTH, height=HEIGHT)
    marks = (
        Mark(spot, *place, name) for spot, place, name in zip(ordered, places, names, strict=True)
    )
    return Chart(
        tuple(marks),
        tuple(view.meridians()),
        tuple(view.parallels()),
        base_map.coast(view.box, view.at),
        tuple(_towns(view, dots, names)),
    )


def _towns(
    view: "_View", dots: Sequence[Dot], names: Sequence[Label | None]
) -> Iterator[DrawnTown]:
    """Large towns that are not drawn as places, where there is room for their names."""
    drawn = {dot.name for dot in dots}
    towns = [one for one in base_map.towns(view.box, TOWNS) if one.name not in drawn]
    found = [Dot(*view.at(one.latitude, one.longitude), 2, one.name) for one in towns]
    taken = [box for name in names if name for box in [extent(name, LABEL_SIZE)]]
    placed = labels(found, size=TOWN_SIZE, width=WIDTH, height=HEIGHT, taken=taken, others=dots)
    for town, dot, label in zip(towns, found, placed, strict=True):
        if label:
            yield DrawnTown(dot.x, dot.y, label, (town.latitude, town.longitude))


class _View:
    def __init__(self, spots: Sequence[Spot]) -> None:
        boxes = [_box(spot) for spot in spots]
        south, west = min(b[0] for b in boxes), min(b[1] for b in boxes)
        north, east = max(b[2] for b in boxes), max(b[3] for b in boxes)
        self.middle = ((south + north) / 2, (west + east) / 2)
        self.squeeze = max(math.cos(math.radians(self.middle[0])), 0.2)
        tall = max(north - south, LEAST_DEGREES) * 1.25
        wide = max(east - west, LEAST_DEGREES) * self.squeeze * 1.25
        self.scale = min(WIDTH / wide, HEIGHT / tall)

        tall, wide = HEIGHT / self.scale / 2, WIDTH / self.scale / self.squeeze / 2
        latitude, longitude = self.middle
        self.box = latitude - tall, longitude - wide, latitude + tall, longitude + wide

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        x = WIDTH / 2 + (longitude - self.middle[1]) * self.squeeze * self.scale
        y = HEIGHT / 2 - (latitude - self.middle[0]) * self.scale
        return round(x, 1), round(y, 1)

    def place(self, spot: Spot) -> tuple[float, float, float, float, float]:
        if spot.extent:
            south, west, north, east = spot.extent
            (x, y), (x2, y2) = self.at(north, west), self.at(south, east)
            return x, y, 0, round(x2 - x, 1), round(y2 - y, 1)
        x, y = self.at(*(spot.point or self.middle))
        return x, y, round(min(5 + 1.5 * math.sqrt(spot.number), 18), 1), 0, 0

    def step(self) -> float:
        degrees = WIDTH / self.scale / self.squeeze
        return next((step for step in _STEPS if degrees / step <= 9), _STEPS[-1])

    def meridians(self) -> Iterator[tuple[float, str]]:
        half = WIDTH / 2 / self.scale / self.squeeze
        low, high = max(self.middle[1] - half, -180), min(self.middle[1] + half, 180)
        for degrees in _grid(low, high, self.step()):
            yield self.at(0, degrees)[0], _degrees(degrees, "E", "W")

    def parallels(self) -> Iterator[tuple[float, str]]:
        half = HEIGHT / 2 / self.scale
        low, high = max(self.middle[0] - half, -90), min(self.middle[0] + half, 90)
        for degrees in _grid(low, high, self.step()):
            yield self.at(degrees, 0)[1], _degrees(degrees, "N", "S")


def _box(spot: Spot) -> tuple[float, float, float, float]:
    if spot.extent:
        return spot.extent
    latitude, longitude = spot.point or (0.0, 0.0)
    return latitude, longitude, latitude, longitude


def _grid(low: float, high: float, step: float) -> Iterator[float]:
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield number * step


def _degrees(value: float, positive: str, negative: str) -> str:
    side = positive if value > 0 else negative if value < 0 else ""
    return f"{abs(value):g}° {side}".rstrip()
