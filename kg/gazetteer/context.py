"""What an article speaks of, as marks that its places leave, each counted.

A country leaves "US"; a division "US.TX" and its country; what lies in a division leaves "US." too;
a town or district the cells of the map around it, half a degree wide; whatever has a country "*".
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from math import floor
from typing import Final

from kg.gazetteer.data import Candidate

ANY: Final = "*"
STEPS: Final = (-1, 0, 1)


class Context:
    """The marks of an article's places, but for those that one of them leaves itself."""

    __slots__ = ("_counts", "_own")

    def __init__(self, counts: Mapping[str, int], own: frozenset[str] = frozenset()) -> None:
        self._counts, self._own = counts, own

    @classmethod
    def of(cls, codes: Iterable[str], chosen: Iterable[Candidate] = ()) -> "Context":
        """The context of codes, "US" a country, "US.TX" a division, and of places."""
        given = chain.from_iterable(map(_of_code, codes))
        return cls(Counter(chain(given, chain.from_iterable(map(marks, chosen)))))

    def without(self, one: Candidate | None) -> "Context":
        """The context that the other places give."""
        return Context(self._counts, marks(one)) if one is not None else self

    def has(self, mark: str | None) -> bool:
        """Whether another place leaves a mark."""
        return mark is not None and self._counts.get(mark, 0) > (mark in self._own)

    def is_inside(self, country: str | None) -> bool:
        """Whether something in a division of the country is spoken of."""
        return self.has(f"{country}.")

    @property
    def knows_a_country(self) -> bool:
        """Whether anything says which country the article is about."""
        return self.has(ANY)


def marks(one: Candidate) -> frozenset[str]:
    """What a place says of where the others lie."""
    found = {*one.countries, *(ANY for _ in one.countries)}
    if one.division is not None and not one.capital:
        found.add(f"{one.country}.")
        if one.precision != "settlement":
            found.add(one.division)
    if one.precision in ("settlement", "district") and (point := one.label_point):
        found.update(cell(point, up, right) for up in STEPS for right in STEPS)
    return frozenset(found)


def cell(point: tuple[float, float], up: int = 0, right: int = 0) -> str:
    """The cell of the map that a point lies in, or another one beside it.

    >>> cell((48.85, 2.35)), cell((48.85, 2.35), up=1)
    ('97 4', '98 4')
    """
    return f"{floor(point[0] * 2) + up} {floor(point[1] * 2) + right}"


def _of_code(code: str) -> Iterator[str]:
    country, dot, _ = code.partition(".")
    yield from (country, ANY)
    if dot:
        yield from (f"{country}.", code)
