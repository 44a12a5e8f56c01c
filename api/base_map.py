"""What lies under a map: coastlines and the largest towns, from files beside this one.

No borders are drawn: who holds what is what is fought over. ``scripts/build_base_map.py`` makes
the files.
"""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

SCALE: Final = 100
"""Steps of a degree in the file of coastlines."""
SUBURB: Final = 0.2
"""Degrees: what lies nearer to a larger town is a part of it."""
STEP: Final = 2
"""The least distance of two points of a drawn line, in the drawing's units."""

_FOLDER: Final = Path(__file__).parent / "base"

Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees."""
Project = Callable[[float, float], tuple[float, float]]
"""Latitude and longitude to a place in the drawing."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town for orientation."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class _Line:
    box: Box
    points: tuple[tuple[float, float], ...]


def coast(box: Box, project: Project) -> str:
    """The coastlines within a box as SVG path data; empty where there is no sea."""
    south, west, north, east = box
    near = (
        line.points
        for line in _coast()
        if line.box[0] <= north and line.box[2] >= south
        if line.box[1] <= east and line.box[3] >= west
    )
    return "".join(_path(run, project) for points in near for run in _runs(points, box))


def towns(box: Box, most: int) -> list[Town]:
    """The largest towns within a box, the largest first, without the suburbs of a larger one."""
    south, west, north, east = box
    found: list[Town] = []
    for town in _towns():
        if len(found) == most:
            break
        if south <= town.latitude <= north and west <= town.longitude <= east:
            found += [] if any(_near(town, one) for one in found) else [town]
    return found


def _near(one: Town, other: Town) -> bool:
    return max(abs(one.latitude - other.latitude), abs(one.longitude - other.longitude)) < SUBURB


def _runs(points: tuple[tuple[float, float], ...], box: Box) -> Iterator[list[tuple[float, float]]]:
    """The parts of a line that lie in a box, each with one point beyond it at either end."""
    south, west, north, east = box
    run: list[tuple[float, float]] = []
    before: tuple[float, float] | None = None
    for latitude, longitude in points:
        if south <= latitude <= north and west <= longitude <= east:
            run += [before] if before is not None and not run else []
            run.append((latitude, longitude))
        elif run:
            yield [*run, (latitude, longitude)]
            run = []
        before = latitude, longitude
    if len(run) > 1:
        yield run


def _path(run: list[tuple[float, float]], project: Project) -> str:
    """A line as path data, each point by its distance from the one before: half as long."""
    drawn: list[tuple[int, int]] = []
    for place in run:
        x, y = map(round, project(*place))
        if not drawn or abs(x - drawn[-1][0]) + abs(y - drawn[-1][1]) >= STEP:
            drawn.append((x, y))
    if len(drawn) < 2:
        return ""
    steps = (f"{x - u} {y - v}" for (u, v), (x, y) in pairwise(drawn))
    return f"M{drawn[0][0]} {drawn[0][1]}l{' '.join(steps)}".replace(" -", "-")


@cache
def _coast() -> tuple[_Line, ...]:
    return tuple(map(_line, _rows("coast.txt.gz")))


def _line(row: str) -> _Line:
    numbers = [int(number) for number in row.split()]
    points, x, y = [], 0, 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((y / SCALE, x / SCALE))
    latitudes, longitudes = zip(*points, strict=True)
    return _Line((min(latitudes), min(longitudes), max(latitudes), max(longitudes)), tuple(points))


@cache
def _towns() -> tuple[Town, ...]:
    """All towns, the largest first."""
    rows = (row.split("\t") for row in _rows("towns.tsv.gz"))
    return tuple(Town(name, float(lat), float(lon)) for name, lat, lon, _ in rows)


def _rows(name: str) -> Iterator[str]:
    text = gzip.decompress((_FOLDER / name).read_bytes()).decode()
    return (row for row in text.splitlines() if not row.startswith("#"))
