"""The gazetteer's files, read once: curated tables at once, settlements when first asked for."""

import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from kg.gazetteer.names import DATA, code, is_code, key
from kg.model import Precision

SMALLEST_CAPITAL: Final = 20_000
Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory. ``capitals`` stand for its government, ``seats`` include them."""

    alpha2: str
    alpha3: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something a place name can mean.

    ``point`` is (latitude, longitude), ``extent`` (south, west, north, east), in WGS84 degrees;
    at most one is given. ``country`` is ISO 3166-1 alpha-2, absent for what spans states;
    ``countries`` are all it lies in. ``division`` is the first-level division ("US.TX"), of a
    division its own code. ``exact`` says that this is its own name and no alternate.
    ``seat`` is the GeoNames id of a division's largest settlement.
    """

    name: str
    precision: Precision
    country: str | None
    countries: tuple[str, ...] = ()
    division: str | None = None
    point: tuple[float, float] | None = None
    extent: Extent | None = None
    population: int = 0
    geonames: int | None = None
    exact: bool = True
    capital: bool = False
    seat: int | None = None


T = TypeVar("T")


class Names(Generic[T]):
    """Names to things, compared by key; codes ("US") compared as written."""

    def __init__(self) -> None:
        self._folded: dict[str, list[T]] = defaultdict(list)
        self._codes: dict[str, list[T]] = defaultdict(list)

    def add(self, name: str, thing: T) -> None:
        """Lets a name stand for a thing, too."""
        if is_code(name):
            self._add(self._codes[code(name)], thing)
        else:
            self._add(self._folded[key(name)], thing)

    @staticmethod
    def _add(things: list[T], thing: T) -> None:
        if thing not in things:
            things.append(thing)

    def get(self, name: str) -> tuple[T, ...]:
        """What a name stands for. Words in small letters name nothing ("turkey")."""
        found = self._codes.get(code(name)) if is_code(name) else None
        if found is None and name[:1].isupper():
            folded = key(name)
            found = self._folded.get(folded) or self._folded.get(folded.removeprefix("the "))
        return tuple(found or ())


def table(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of a curated table, without its header."""
    with (DATA / name).open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                row = line.rstrip("\n").split("\t")
                if len(row) != columns:
                    raise ValueError(f"{name}: {len(row)} columns instead of {columns} in {line!r}")
                yield row


def words(cell: str) -> tuple[str, ...]:
    """The items of a cell."""
    return tuple(cell.split(", ")) if cell else ()


@cache
def countries() -> dict[str, Country]:
    """Alpha-2 → country."""
    found = {}
    for alpha2, alpha3, name, names, demonyms, seats in table("countries.tsv", 6):
        found[alpha2] = Country(
            alpha2=alpha2,
            alpha3=alpha3,
            name=name,
            names=words(names),
            demonyms=words(demonyms),
            capitals=tuple(seat for seat in words(seats) if not seat.startswith("~")),
            seats=tuple(seat.removeprefix("~") for seat in words(seats)),
        )
    return found


@cache
def seats() -> frozenset[tuple[str, str]]:
    """Country and folded name of every capital."""
    return frozenset((one.alpha2, key(seat)) for one in countries().values() for seat in one.seats)


class Divisions:
    """First-level divisions by folded name, and the extents of countries."""

    def __init__(self) -> None:
        self._rows: dict[str, list[str]] = defaultdict(list)
        own: dict[tuple[str, str], str] = {}
        for line in _blob("divisions.tsv.gz").decode().splitlines()[1:]:
            folded, country, _ = line.split("\t", 2)
            self._rows[folded].append(line)
            own[country, folded] = line
        self.extents = dict(map(self._extent, self._rows.pop("")))
        for state, name, others in table("divisions.tsv", 3):
            for other in words(others):
                self._add(key(other), own[state, key(name)])

    def named(self, folded: str) -> tuple[Candidate, ...]:
        """The divisions of a name (a key)."""
        return tuple(map(self._candidate, self._rows.get(folded, ())))

    def _add(self, folded: str, line: str) -> None:
        if line not in self._rows[folded]:
            self._rows[folded].append(line)

    @staticmethod
    def _extent(line: str) -> tuple[str, Extent]:
        _, country, _, _, _, _, *box = line.split("\t")
        return country, _extent(box)

    @staticmethod
    def _candidate(line: str) -> Candidate:
        _, country, number, name, population, seat, *box = line.split("\t")
        return Candidate(
            name=name,
            precision="region",
            country=country,
            countries=(country,),
            division=f"{country}.{number}",
            extent=_extent(box),
            population=int(population),
            seat=int(seat),
        )


def _extent(box: Sequence[str]) -> Extent:
    south, west, north, east = map(float, box)
    return south, west, north, east


@cache
def regions() -> Names[Candidate]:
    """Curated regions by name."""
    names: Names[Candidate] = Names()
    for name, others, precision, inside, *box in table("regions.tsv", 8):
        within = tuple(inside.split(",")) if inside else ()
        candidate = Candidate(
            name=name,
            precision=_precision(precision),
            country=within[0] if len(within) == 1 else None,
            countries=within,
            extent=_extent(box),
        )
        for one in (name, *words(others)):
            names.add(one, candidate)
    return names


def _precision(word: str) -> Precision:
    if word == "region":
        return "region"
    if word == "district":
        return "district"
    if word == "area":
        return "area"
    raise ValueError(f"regions.tsv: {word!r} is not one of region, district, area")


class Settlements:
    """Settlements by folded name, kept as two sorted texts: 12 MB instead of 100 as objects."""

    def __init__(self) -> None:
        self._names = _blob("names.tsv.gz")
        self._rows = _blob("settlements.tsv.gz")
        self._name_ends = _line_ends(self._names)
        self._row_ends = _line_ends(self._rows)

    def named(self, folded: str) -> tuple[Candidate, ...]:
        """The settlements of a name (a key), by their own names first."""
        found = [self._candidate(number) for number in self._numbers(folded.encode())]
        largest = max((one.population for one in found if one.capital), default=0)
        return tuple(
            one if one.population >= largest else replace(one, capital=False) for one in found
        )

    def _numbers(self, wanted: bytes) -> list[int]:
        low, high = 1, len(self._name_ends)
        while low < high:
            middle = (low + high) // 2
            name, _, numbers = self._line(self._names, self._name_ends, middle).partition(b"\t")
            if name == wanted:
                return sorted(
                    map(int, numbers.split(b",")), key=lambda number: (number < 0, number)
                )
            if name < wanted:
                low = middle + 1
            else:
                high = middle
        return []

    def _candidate(self, number: int) -> Candidate:
        line = self._line(self._rows, self._row_ends, abs(number)).decode()
        name, country, division, population, geonames, latitude, longitude = line.split("\t")
        return Candidate(
            name=name,
            precision="settlement",
            country=country,
            countries=(country,),
            division=f"{country}.{division}",
            point=(float(latitude), float(longitude)),
            population=int(population),
            geonames=int(geonames),
            exact=number > 0,
            capital=int(population) >= SMALLEST_CAPITAL and (country, key(name)) in seats(),
        )

    @staticmethod
    def _line(text: bytes, ends: npt.NDArray[np.uint32], number: int) -> bytes:
        return text[int(ends[number - 1]) + 1 : int(ends[number])]


def _line_ends(text: bytes) -> npt.NDArray[np.uint32]:
    return np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n")).astype(np.uint32)


def _blob(name: str) -> bytes:
    return gzip.decompress((DATA / name).read_bytes())
