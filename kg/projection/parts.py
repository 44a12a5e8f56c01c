"""Parts of a drawn graph that fit on a screen: its hubs, what is around a node, a path."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.errors import NotFound
from kg.projection.model import Projection
from kg.projection.sheet import Ends, Sheet

ALL: Final = 1 << 62
"""More than there are."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some nodes of a graph and the edges between them, at most so many; ``between`` counts all."""

    graph: Projection
    between: int


def hubs(sheet: Sheet, nodes: int, edges: int) -> Part:
    """The nodes with the most edges."""
    return _part(sheet, sheet.ends(), sheet.busiest(nodes), edges)


def around(sheet: Sheet, iris: Iterable[str], nodes: int = ALL, edges: int = ALL) -> Part:
    """These nodes and their neighbours, of those the ones with the most edges. Raises NotFound."""
    ends, chosen = sheet.ends(), [_number(sheet, iri) for iri in iris]
    among = _flags(sheet, chosen)
    near = np.setdiff1d(ends[among[ends[:, 0]] | among[ends[:, 1]]].ravel(), chosen)
    degree = np.bincount(ends.ravel(), minlength=len(among))
    order = np.lexsort((near, -degree[near]))[: max(nodes - len(chosen), 0)]
    return _part(sheet, ends, [*chosen, *near[order].tolist()], edges)


def path(sheet: Sheet, one: str, other: str, edges: int) -> Part:
    """A shortest path between two nodes with all edges along it; nothing where there is none.

    Edges are taken both ways. Raises NotFound.
    """
    ends, (count, _) = sheet.ends(), sheet.size
    steps = steps_between(count, ends, _number(sheet, one), _number(sheet, other))
    place = np.full(count, -count - 2)
    place[list(steps)] = np.arange(len(steps))
    along = np.abs(place[ends[:, 0]] - place[ends[:, 1]]) == 1
    return _drawn(sheet, steps, np.flatnonzero(along), edges)


def steps_between(count: int, ends: Ends, one: int, other: int) -> list[int]:
    """The nodes of a shortest path, both ends included; empty where there is none.

    Edges are taken both ways, all of them together step by step; of several paths it takes the
    first edges.

    >>> steps_between(4, np.array([[0, 1], [2, 1], [1, 0]], np.int32), 0, 2)
    [0, 1, 2]
    """
    before = np.full(count, -1)
    before[one] = one
    left = ends
    while before[other] < 0:
        there = before[left] >= 0
        reaching = there[:, 0] != there[:, 1]
        if not reaching.any():
            return []
        pairs, forth = left[reaching], there[reaching, 0]
        left = left[~there[:, 0] | ~there[:, 1]]
        # The last that is put down stays: from behind, it is the first.
        before[np.where(forth, pairs[:, 1], pairs[:, 0])[::-1]] = np.where(
            forth, pairs[:, 0], pairs[:, 1]
        )[::-1]
    found = [other]
    while found[-1] != one:
        found.append(int(before[found[-1]]))
    return found[::-1]


def _part(sheet: Sheet, ends: Ends, nodes: Sequence[int], edges: int) -> Part:
    shown = _flags(sheet, nodes)
    between = np.flatnonzero(shown[ends[:, 0]] & shown[ends[:, 1]])
    return _drawn(sheet, nodes, between, edges)


def _flags(sheet: Sheet, nodes: Sequence[int]) -> NDArray[np.bool_]:
    found = np.zeros(sheet.size[0], np.bool_)
    found[list(nodes)] = True
    return found


def _drawn(sheet: Sheet, nodes: Collection[int], found: NDArray[np.intp], edges: int) -> Part:
    """Of too many edges every so-manieth is drawn, so that none of the nodes stands alone."""
    kept = found[np.linspace(0, len(found) - 1, min(edges, len(found))).astype(int)]
    return Part(sheet.part(nodes, kept.tolist()), len(found))


def _number(sheet: Sheet, iri: str) -> int:
    found = sheet.number(iri)
    if found is None:
        raise NotFound(f"{iri} is no node of this graph; its nodes are named by their full IRI")
    return found
