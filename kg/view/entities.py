"""Actors and places of the view: what all their members say, under one canonical IRI."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg import iri
from kg.link.facts import Node
from kg.terms import Triple, value
from kg.view.lookup import name_words
from kg.view.shape import ALIAS, GEOMETRY, LABEL
from kg.vocab import term

_NAMES: Final = (LABEL, ALIAS, term("schema:name"))
_ONE_ONLY: Final = frozenset({term("ck:placePrecision"), term("ck:country"), GEOMETRY})


def canonical(base: str, kind: str, cluster: Sequence[str], nodes: Mapping[str, Node]) -> str:
    """The canonical IRI of a cluster, as a term: its first member's label and key."""
    first = cluster[0]
    label = value(nodes[first][LABEL][0])
    return f"<{iri.readable(base, kind, label, iri.key_of(first[1:-1]))}>"


def entity(
    node: str, cluster: Sequence[str], nodes: Mapping[str, Node], canon: Mapping[str, str]
) -> Iterator[Triple]:
    """The triples of an actor or place.

    The representative's label is the label, the others' become other names. Country,
    precision and geometry are one: the first a member gives.
    """
    label = nodes[cluster[0]][LABEL][0]
    yield node, LABEL, label
    called = (name for member in cluster for one in _NAMES for name in nodes[member].get(one, ()))
    yield from name_words(node, called)
    given: set[str] = set()
    for member in cluster:
        for predicate, objects in nodes[member].items():
            if predicate in _ONE_ONLY:
                if predicate not in given:
                    given.add(predicate)
                    yield from _single(node, predicate, objects[0], nodes)
            elif predicate in (LABEL, ALIAS):
                yield from ((node, ALIAS, name) for name in objects if name != label)
            else:
                yield from ((node, predicate, canon.get(thing, thing)) for thing in objects)


def _single(node: str, predicate: str, thing: str, nodes: Mapping[str, Node]) -> Iterator[Triple]:
    if predicate != GEOMETRY:
        yield node, predicate, thing
        return
    shape = f"{node[:-1]}#geometry>"
    yield node, predicate, shape
    for name, objects in nodes[thing].items():
        yield from ((shape, name, words) for words in objects)
