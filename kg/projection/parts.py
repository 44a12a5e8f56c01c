"""Parts of a drawn graph that fit on a screen: its hubs, what is around a node, a path."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.errors import NotFound
from kg.projection.around import Around
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
    touched = np.isin(ends, chosen).any(axis=1)
    near = np.setdiff1d(ends[touched].ravel(), chosen)
    degree = np.bincount(ends.ravel(), minlength=int(ends.max(initial=0)) + 1)
    order = np.lexsort((near, -degree[near]))[: max(nodes - len(chosen), 0)]
    return _part(sheet, ends, [*chosen, *near[order].tolist()], edges)


def path(sheet: Sheet, one: str, other: str, edges: int) -> Part:
    """A shortest path between two nodes with all edges along it; nothing where there is none.

    Edges are taken both ways. Raises NotFound.
    """
    ends, (count, _) = sheet.ends(), sheet.size
    steps = Around(count, ends).path(_number(sheet, one), _number(sheet, other))
    place = np.full(count, -count - 2)
    place[list(steps)] = np.arange(len(steps))
    along = np.abs(place[ends[:, 0]] - place[ends[:, 1]]) == 1
    return _drawn(sheet, steps, np.flatnonzero(along), edges)


def _part(sheet: Sheet, ends: Ends, nodes: Sequence[int], edges: int) -> Part:
    shown = np.zeros(int(max(ends.max(initial=0), max(nodes, default=0))) + 1, bool)
    shown[list(nodes)] = True
    return _drawn(sheet, nodes, np.flatnonzero(shown[ends].all(axis=1)), edges)


def _drawn(sheet: Sheet, nodes: Collection[int], found: NDArray[np.intp], edges: int) -> Part:
    """Of too many edges every so-manieth is drawn, so that none of the nodes stands alone."""
    kept = found[np.linspace(0, len(found) - 1, min(edges, len(found))).astype(int)]
    return Part(sheet.part(nodes, kept.tolist()), len(found))


def _number(sheet: Sheet, iri: str) -> int:
    found = sheet.number(iri)
    if found is None:
        raise NotFound(f"{iri} is no node of this graph; its nodes are named by their full IRI")
    return found
