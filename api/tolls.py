"""Figures of an event as bars a page can draw: from the least to the most that a source says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.records import Json
from kg.records.figures import NAMES, Count

MARGIN: Final = 3.0
"""Percent left free on either side: nought lies there."""
MOST: Final = 90.0
"""Where the greatest figure of all lies, in percent."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a figure lies, in percent of the width; ``open`` where its source names no most.

    ``name`` is what it counts, ``killed`` or ``injured``. ``most`` is the greatest figure of all,
    which lies at ``MOST`` percent.
    """

    name: str
    x: float
    width: float
    at: float
    open: bool
    most: int


def bars(found: Sequence[Count]) -> list[tuple[Count, Bar | None]]:
    """Each source with its bar on the scale of all; none where there are not two to compare."""
    name = next((one for one in NAMES if sum(bool(_sides(c.report[one])) for c in found) > 1), None)
    if name is None:
        return [(one, None) for one in found]
    sides = [_sides(one.report[name]) for one in found]
    most = max(high for side in sides if side for high in side[1:])
    return [
        (one, _bar(name, side, most) if side else None)
        for one, side in zip(found, sides, strict=True)
    ]


def _sides(toll: Json | None) -> tuple[bool, int, int, int] | None:
    """Whether it has no upper end; the least, the best and the most that are said."""
    told = [n for name in ("min", "best", "max") if (n := (toll or {}).get(name)) is not None]
    if not told or toll is None:
        return None
    low, high = told[0], told[-1]
    best = toll["best"] if toll["best"] is not None else low
    return toll["max"] is None and toll["min"] is not None, low, best, high


def _bar(name: str, side: tuple[bool, int, int, int], most: int) -> Bar:
    is_open, low, best, high = side
    x, at, end = (_percent(number, most) for number in (low, best, high))
    end = 100 - MARGIN / 2 if is_open else end
    return Bar(name, x, round(end - x, 1), at, is_open, most)


def _percent(number: int, most: int) -> float:
    return round(MARGIN + (MOST - MARGIN) * number / max(most, 1), 1)
