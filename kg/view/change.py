"""What a few changed articles change in the view: the pieces they touch, and no others.

The result is the same, triple for triple, as building the view anew (``kg.view.build``).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.terms import Triple
from kg.view.shape import CANONICAL, PARTS
from kg.view.whole import Canon, View

Read = Callable[[str], Sequence[Triple]]
"""The triples of an article graph, by IRI."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An article graph before and after; empty where it was not there, or is gone."""

    old: Sequence[Triple]
    new: Sequence[Triple]


@dataclass(frozen=True, slots=True)
class Before:
    """The view as it stands: who leads where, its link triples, and the triples of subjects."""

    canon: Canon
    links: frozenset[Triple]
    stored: Callable[[Sequence[str]], Iterable[Triple]]


def changes(
    view: View, before: Before, edits: Mapping[str, Edit], read: Read
) -> tuple[set[Triple], set[Triple]]:
    """The triples to take out of the view and to put in.

    ``view`` is of all articles as they are now, ``edits`` those that changed (by graph IRI),
    and ``read`` gives the graph of any other.
    """
    moved = _moved(before.canon, view.canon)
    touched = _touched(view, moved, edits)
    gone = {(member, CANONICAL, before.canon[member]) for member in moved & before.canon.keys()}
    new = {(member, CANONICAL, view.canon[member]) for member in moved & view.canon.keys()}
    for edit in (*edits.values(), *(_unchanged(read(graph)) for graph in touched)):
        gone.update(view.copied(edit.old, before.canon))
        new.update(view.copied(edit.new, view.canon))
    nodes = sorted(_pieces(view, before.canon, moved, touched, edits))
    gone.update(before.stored([f"{node[:-1]}{part}>" for node in nodes for part in PARTS]))
    for node in nodes:
        new.update(view.about(node))
    gone |= before.links
    new.update(view.links())
    return gone - new, new - gone


def _unchanged(triples: Sequence[Triple]) -> Edit:
    return Edit(triples, triples)


def _moved(old: Canon, new: Canon) -> set[str]:
    """The members that lead elsewhere than before, or are new, or are gone."""
    return {member for member in old.keys() | new.keys() if old.get(member) != new.get(member)}


def _touched(view: View, moved: set[str], edits: Mapping[str, Edit]) -> list[str]:
    """The unchanged articles that name somebody who leads elsewhere now."""
    unchanged = (one for one in view.facts if one.iri not in edits)
    return [one.iri for one in unchanged if not moved.isdisjoint(one.nodes)]


def _pieces(
    view: View,
    old: Canon,
    moved: set[str],
    touched: Sequence[str],
    edits: Mapping[str, Edit],
) -> set[str]:
    """The canonical nodes that may say something else than before."""
    members = set(moved)
    graphs = (graph for edit in edits.values() for graph in (edit.old, edit.new))
    members.update(subject for graph in graphs for subject, *_ in graph)
    members.update(_naming(view, moved, frozenset(touched)))
    return {canon[member] for member in members for canon in (old, view.canon) if member in canon}


def _naming(view: View, moved: set[str], touched: frozenset[str]) -> Iterator[str]:
    """The members of touched articles that lead to somebody who moved."""
    for one in view.facts:
        if one.iri in touched:
            for subject, node in one.nodes.items():
                if subject in view.canon and any(
                    not moved.isdisjoint(things) for things in node.values()
                ):
                    yield subject
