"""Actors and places of the view: what all their members say, under one canonical IRI."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, get_args

from kg import iri
from kg.link.facts import COUNTRY, Node, text_of
from kg.model import Precision
from kg.terms import Triple, value
from kg.view.lookup import name_words
from kg.view.shape import ALIAS, GEOMETRY, LABEL, TYPE
from kg.vocab import term

PRECISION: Final = term("ck:placePrecision")

_NAMES: Final = (LABEL, ALIAS, term("schema:name"))
_GROUP: Final = term("ck:Group")
_MEMBER: Final = term("ck:member")
_PRECISIONS: Final = get_args(Precision)
"""The most exact first."""


def canonical(base: str, kind: str, cluster: Sequence[str], nodes: Mapping[str, Node]) -> str:
    """The canonical IRI of a cluster, as a term: its first member's label and key."""
    first = cluster[0]
    label = value(nodes[first][LABEL][0])
    return f"<{iri.readable(base, kind, label, iri.key_of(first[1:-1]))}>"


def entity(
    node: str, cluster: Sequence[str], nodes: Mapping[str, Node], canon: Mapping[str, str]
) -> Iterator[Triple]:
    """The triples of an actor or place.

    The representative's label is the label, the others' become other names, and its kind is the
    kind. Country is the first a member gives; precision and geometry are one member's, the
    most exact: only a person joins places of several.
    """
    label = nodes[cluster[0]][LABEL][0]
    yield node, LABEL, label
    called = (name for member in cluster for one in _NAMES for name in nodes[member].get(one, ()))
    yield from name_words(node, called)
    once = _given_once(cluster, nodes)
    for member in cluster:
        for predicate, objects in nodes[member].items():
            if predicate in once:
                if once[predicate] == member:
                    yield from _single(node, predicate, objects, nodes)
            elif predicate in (LABEL, ALIAS):
                yield from ((node, ALIAS, name) for name in objects if name != label)
            elif predicate != _MEMBER:
                yield from ((node, predicate, canon.get(thing, thing)) for thing in objects)
            elif _GROUP in nodes[cluster[0]][TYPE]:
                parts = (canon.get(thing, thing) for thing in objects)
                yield from ((node, _MEMBER, part) for part in parts if part != node)


def _given_once(cluster: Sequence[str], nodes: Mapping[str, Node]) -> Mapping[str, str]:
    """Property → the member that gives it."""
    exact = min(cluster, key=lambda member: _vagueness(nodes[member]))
    country = next((member for member in cluster if COUNTRY in nodes[member]), cluster[0])
    return {TYPE: cluster[0], COUNTRY: country, PRECISION: exact, GEOMETRY: exact}


def _vagueness(node: Node) -> tuple[int, bool]:
    precision = text_of(node, PRECISION)
    return _PRECISIONS.index(precision) if precision else 0, GEOMETRY not in node


def _single(
    node: str, predicate: str, objects: Sequence[str], nodes: Mapping[str, Node]
) -> Iterator[Triple]:
    if predicate != GEOMETRY:
        yield from ((node, predicate, thing) for thing in objects)
        return
    shape = f"{node[:-1]}#geometry>"
    yield node, predicate, shape
    for name, words in nodes[objects[0]].items():
        yield from ((shape, name, one) for one in words)
