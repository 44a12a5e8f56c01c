"""Spans and lists of spans as sets of characters."""

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]


def chars(spans: Iterable[Iterable[int]]) -> frozenset[int]:
    """The offsets that spans cover.

    >>> sorted(chars([[0, 2], [5, 6]]))
    [0, 1, 5]
    """
    return frozenset(at for start, end in spans for at in range(start, end))


def touches(one: Json, other: Json) -> bool:
    """Whether two things with start and end share a character."""
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def same(one: Json, other: Json) -> bool:
    """Whether two things have the same start and end."""
    return bool(one["start"] == other["start"] and one["end"] == other["end"])


def pair_up(gold: list[Json], found: list[Json]) -> tuple[list[tuple[Json, Json]], list[Json]]:
    """Each gold item with the first untaken finding that equals or else touches it; the rest."""
    free, pairs, late = list(found), [], []
    for item in gold:
        match = next((one for one in free if same(item, one)), None)
        if match is None:
            late.append(item)
        else:
            free.remove(match)
            pairs.append((item, match))
    for item in late:
        match = next((one for one in free if touches(item, one)), None)
        if match is not None:
            free.remove(match)
        pairs.append((item, match or {}))
    return pairs, free
