"""How a selection lies in time, as bars a page can draw: one for each day, month, year or more.

A step is as fine as leaves at most ``MOST`` bars; what lies between them empty is room, no bar.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from api import wording
from kg.filters import Filters, histogram
from kg.filters.language import DATED, STEPS
from kg.store.base import Queryable

MOST: Final = 40
"""Bars from the first to the last, with those that are empty."""
GAP: Final = 0.15
"""The part of a bar's room that stays free."""
BAR: Final = 60
"""Pixels that a bar has where the page is wide enough."""
LABELS: Final = 280
"""Pixels that the first and the last date below the bars have at least: they stand apart."""
_MONTHS: Final = 12
_DIGITS: Final = {"year": 4, "decade": 3, "century": 2}
_DAYS: Final = 31
"""Days of a month, as places on a line: a shorter one has some free."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bin: its EDTF date, which is a filter too, that date in words, and how many are in it.

    ``x`` and ``width`` are percent of the drawing's width, ``height`` of its height.
    """

    edtf: str
    words: str
    count: int
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars in their order, and how many are dated less exactly than one of them, or not at all.

    ``room`` is how many there is room for, from the first to the last.
    """

    step: str
    room: int
    bars: tuple[Bar, ...]
    wider: int
    undated: int

    @property
    def width(self) -> int:
        """Pixels that the drawing is wide, where the page has them."""
        return max(self.room * BAR, LABELS)


def drawn(queryable: Queryable, filters: Filters) -> Histogram | None:
    """The histogram of a selection, in the finest step that can be drawn.

    None where fewer than two bins have anything.
    """
    if filters.kind not in DATED:
        return None
    return shaped(lambda step: histogram(queryable, replace(filters, histogram=step)))


def shaped(ask: Callable[[str], Mapping[str, Any]]) -> Histogram | None:
    """The same of whoever counts in a step: see ``kg.filters.histogram``."""
    found = ask(STEPS[0])
    for step in STEPS[1:]:
        finer = ask(step)
        if not finer["bins"] or _room(step, [one["bin"] for one in finer["bins"]]) > MOST:
            break
        found = finer
    if len(found["bins"]) < 2:
        return None
    step, counts = _coarse(found["by"], {one["bin"]: one["count"] for one in found["bins"]})
    bars = tuple(_bars(step, counts))
    return Histogram(step, _room(step, list(counts)), bars, found["wider"], found["undated"])


def _coarse(step: str, counts: Mapping[str, int]) -> tuple[str, Mapping[str, int]]:
    """Years put together into decades, or centuries, where they are too many."""
    for name in ("decade", "century"):
        if step not in _DIGITS or _room(step, list(counts)) <= MOST:
            break
        step, merged = name, Counter[str]()
        for day, number in counts.items():
            merged[day[: _DIGITS[name]].ljust(4, "X")] += number
        counts = merged
    return step, counts


def _room(step: str, bins: list[str]) -> int:
    places = [_place(step, one) for one in bins]
    return max(places) - min(places) + 1


def _place(step: str, name: str) -> int:
    """Where a bin stands in the row of all."""
    if step in _DIGITS:
        return int(name[: _DIGITS[step]])
    year, month, *day = map(int, name.split("-"))
    months = year * _MONTHS + month - 1
    return months * _DAYS + day[0] if day else months


def _bars(step: str, counts: Mapping[str, int]) -> Iterator[Bar]:
    places = {name: _place(step, name) for name in counts}
    first, room = min(places.values()), _room(step, list(counts))
    each, most = 100 / room, max(counts.values())
    for name in sorted(counts, key=places.__getitem__):
        x = (places[name] - first + GAP / 2) * each
        yield Bar(
            edtf=name,
            words=wording.when(name),
            count=counts[name],
            x=round(x, 2),
            width=round(each * (1 - GAP), 2),
            height=max(round(100 * counts[name] / most, 1), 2),
        )
