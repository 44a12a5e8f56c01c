"""The built tables of the gazetteer: divisions, and settlements and districts by sorted names."""

import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.gazetteer.data import Candidate, Extent, extent_of, seats, table, words
from kg.gazetteer.names import DATA, key

SMALLEST_CAPITAL: Final = 20_000


class Divisions:
    """First-level divisions by folded name, and the extents of countries."""

    def __init__(self) -> None:
        self._rows: dict[str, list[str]] = defaultdict(list)
        self._boxes: dict[str, Extent] = {}
        own: dict[tuple[str, str], str] = {}
        for line in _blob("divisions.tsv.gz").decode().splitlines()[1:]:
            folded, country, _ = line.split("\t", 2)
            self._rows[folded].append(line)
            own[country, folded] = line
        self.extents = dict(map(self._extent, self._rows.pop("")))
        for state, name, *box in table("extents.tsv", 6):
            self._boxes[own[state, key(name)].partition("\t")[2]] = extent_of(box)
        for state, name, others in table("divisions.tsv", 3):
            for other in words(others):
                self._add(key(other), own[state, key(name)])

    def named(self, folded: str) -> tuple[Candidate, ...]:
        """The divisions of a name (a key)."""
        return tuple(dict.fromkeys(map(self._candidate, self._rows.get(folded, ()))))

    def _add(self, folded: str, line: str) -> None:
        if line not in self._rows[folded]:
            self._rows[folded].append(line)

    @staticmethod
    def _extent(line: str) -> tuple[str, Extent]:
        _, country, _, _, _, _, _, *box = line.split("\t")
        return country, extent_of(box)

    def _candidate(self, line: str) -> Candidate:
        _, row = line.split("\t", 1)
        country, number, name, population, seat, geonames, *box = row.split("\t")
        return Candidate(
            name=name,
            precision="region",
            country=country,
            countries=(country,),
            division=f"{country}.{number}",
            extent=self._boxes.get(row) or extent_of(box),
            population=int(population),
            geonames=int(geonames) or None,
            seat=int(seat),
        )


class Index:
    """Rows found by folded names, kept as two sorted texts: 12 MB instead of 100 as objects.

    ``names`` holds a name and the numbers of its rows a line; a number is negative where the name
    is not the row's own.
    """

    def __init__(self, names: str, rows: str) -> None:
        self._names, self._rows = _blob(names), _blob(rows)
        self._name_ends, self._row_ends = _line_ends(self._names), _line_ends(self._rows)

    def named(self, folded: str) -> Iterator[tuple[list[str], bool]]:
        """The rows of a name (a key), its own first, and whether it is their own."""
        for number in self._numbers(folded.encode()):
            line = self._line(self._rows, self._row_ends, abs(number)).decode()
            yield line.split("\t"), number > 0

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

    @staticmethod
    def _line(text: bytes, ends: npt.NDArray[np.uint32], number: int) -> bytes:
        return text[int(ends[number - 1]) + 1 : int(ends[number])]


class Settlements:
    """Settlements by folded name."""

    def __init__(self) -> None:
        self._index = Index("names.tsv.gz", "settlements.tsv.gz")

    def named(self, folded: str) -> tuple[Candidate, ...]:
        """The settlements of a name (a key), by their own names first."""
        found = [self._candidate(*one) for one in self._index.named(folded)]
        largest = max((one.population for one in found if one.capital), default=0)
        return tuple(
            one if one.population >= largest else replace(one, capital=False) for one in found
        )

    @staticmethod
    def _candidate(row: list[str], exact: bool) -> Candidate:
        name, country, division, population, geonames, latitude, longitude = row
        return Candidate(
            name=name,
            precision="settlement",
            country=country,
            countries=(country,),
            division=f"{country}.{division}",
            point=(float(latitude), float(longitude)),
            population=int(population),
            geonames=int(geonames),
            exact=exact,
            capital=int(population) >= SMALLEST_CAPITAL and (country, key(name)) in seats(),
        )


class Districts:
    """Second-level divisions by folded name without a title: counties, districts, raions."""

    def __init__(self) -> None:
        self._index = Index("district_names.tsv.gz", "districts.tsv.gz")

    def named(self, folded: str, *, titled: bool = False) -> tuple[Candidate, ...]:
        """The districts of a name (a key); with a title also those never named without one."""
        return tuple(
            self._candidate(row) for row, alone in self._index.named(folded) if alone or titled
        )

    @staticmethod
    def _candidate(row: list[str]) -> Candidate:
        name, country, division, population, seat, geonames, *box = row
        return Candidate(
            name=name,
            precision="district",
            country=country,
            countries=(country,),
            division=f"{country}.{division}",
            extent=extent_of(box),
            population=int(population),
            geonames=int(geonames) or None,
            seat=int(seat),
        )


def _line_ends(text: bytes) -> npt.NDArray[np.uint32]:
    return np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n")).astype(np.uint32)


def _blob(name: str) -> bytes:
    return gzip.decompress((DATA / name).read_bytes())
