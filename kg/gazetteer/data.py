"""The gazetteer's curated tables, read once, and what its names stand for."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from kg.gazetteer.names import DATA, code, is_code, key
from kg.model import Precision

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


@dataclass(frozen=True, slots=True, order=True)
class Toponym:
    """A place's name with what the text says beside it.

    ``title`` is a word for a division behind it ("county") or for a settlement beside it ("the
    village of …"), ``within`` the name of what it lies in ("Paris, Texas"), ``holding`` the name of
    what lies in it ("Atlanta, Georgia").
    """

    name: str
    title: str = ""
    within: str = ""
    holding: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something a place name can mean.

    ``point`` is (latitude, longitude), ``extent`` (south, west, north, east), in WGS84 degrees;
    at most one is given. ``country`` is ISO 3166-1 alpha-2, absent for what spans states;
    ``countries`` are all it lies in. ``division`` is the first-level division ("US.TX"), of a
    division its own code. ``exact`` says that this is its own name and no alternate.
    ``seat`` is the GeoNames id of a division's largest settlement. ``label`` is where a map writes
    the name of what has an extent; nothing happened there.
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
    label: tuple[float, float] | None = None

    @property
    def label_point(self) -> tuple[float, float] | None:
        """Where a map writes its name: its point, its label or else the middle of its extent.

        >>> Candidate("Fiji", "country", "FJ", extent=(-20.0, 177.0, -16.0, -179.0)).label_point
        (-18.0, 179.0)
        """
        return self.point or self.label or (middle(self.extent) if self.extent else None)


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


def extent_of(box: Sequence[str]) -> Extent:
    """The cells of a box as numbers."""
    south, west, north, east = map(float, box)
    return south, west, north, east


def middle(extent: Extent) -> tuple[float, float]:
    """The middle of an extent, also of one across 180°."""
    south, west, north, east = extent
    longitude = (west + east + (0 if west <= east else 360)) / 2
    return (south + north) / 2, longitude - 360 if longitude > 180 else longitude


@cache
def labels() -> dict[str, tuple[float, float]]:
    """Alpha-2 of a country or name of a continent → where a map writes its name."""
    return {
        alpha2: (float(latitude), float(longitude))
        for alpha2, latitude, longitude in table("labels.tsv", 3)
    }


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
            extent=extent_of(box),
            label=labels().get(name),
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
