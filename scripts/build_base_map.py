"""Builds the base of the map: coastlines and the largest towns, drawn without any other host.

Run it only to refresh the data; the files are committed and the package needs nothing of this::

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
    python -m scripts.build_base_map package/land-50m.json [FOLDER]

world-atlas holds the land of Natural Earth (public domain) as TopoJSON (ISC licence). Towns are
those of the gazetteer (GeoNames, CC BY 4.0). No borders: who holds what is what is fought over.
The same inputs give the same bytes.
"""

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final

from kg.gazetteer.names import DATA

FOLDER: Final = Path(__file__).parents[1] / "api" / "base"
SCALE: Final = 100
"""Steps of a degree."""
LEAST_PEOPLE: Final = 100_000
COAST: Final = "# Natural Earth 1:50m land, public domain; hundredths of degrees, differences"
TOWNS: Final = "# GeoNames (https://www.geonames.org), CC BY 4.0; columns: name lat lon population"

Point = tuple[int, int]


def lines(atlas: dict[str, Any]) -> Iterator[list[Point]]:
    """The coastlines of a TopoJSON topology, in hundredths of degrees, without repeats."""
    (kx, ky), (x0, y0) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        xs = accumulate(point[0] for point in arc)
        ys = accumulate(point[1] for point in arc)
        found = [
            (round((x * kx + x0) * SCALE), round((y * ky + y0) * SCALE))
            for x, y in zip(xs, ys, strict=True)
        ]
        kept = [found[0], *(after for before, after in pairwise(found) if after != before)]
        if len(kept) > 2:
            yield kept


def differences(line: list[Point]) -> str:
    """A line as its first point and the steps from each to the next."""
    steps = ((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))
    return " ".join(f"{x} {y}" for x, y in (line[0], *steps))


def towns() -> Iterator[str]:
    """The towns of the gazetteer that are large enough, the largest first."""
    rows = gzip.decompress((DATA / "settlements.tsv.gz").read_bytes()).decode().splitlines()
    found = [row.split("\t") for row in rows if not row.startswith("#")]
    large = [row for row in found if int(row[3] or 0) >= LEAST_PEOPLE]
    for name, _, _, people, _, lat, lon in sorted(large, key=lambda row: (-int(row[3]), row)):
        yield f"{name}\t{float(lat):.2f}\t{float(lon):.2f}\t{people}"


def write(path: Path, header: str, rows: Iterable[str]) -> None:
    """A file whose bytes depend on its text alone."""
    text = "\n".join([header, *rows]) + "\n"
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{path}  {path.stat().st_size:,} bytes")


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("land", type=Path, help="land-50m.json of world-atlas")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    given = parser.parse_args()
    atlas = json.loads(given.land.read_text())
    write(given.folder / "coast.txt.gz", COAST, sorted(map(differences, lines(atlas))))
    write(given.folder / "towns.tsv.gz", TOWNS, towns())


if __name__ == "__main__":
    main()
