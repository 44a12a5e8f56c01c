"""Actors and places of the view: what all their members say, under one canonical IRI."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, get_args

from kg import iri
from kg.link.facts import COUNTRY, Node, text_of
from kg.model import Precision
from kg.terms import Triple, value
from kg.view.lookup import name_words
from kg.view.shape import ALIAS, GEOMETRY, LABEL, TYPE
from kg.vocab import term

PRECISION: Final = term("ck:placePrecision")

_OWN: Final = (term("ck:evidence"), term("prov:wasDerivedFrom"), term("org:hasMembership"))
"""What leads to parts of one article: no member of another says the same."""
_NAMES: Final = (LABEL, ALIAS, term("schema:name"))
_GROUP: Final = term("ck:Group")
_MEMBER: Final = term("ck:member")
_PRECISIONS: Final = get_args(Precision)
"""The most exact first."""


class _Wording(NamedTuple):
    """What members of an actor or place say of it, and the shape of a place."""

    said: Node
    shape: Node | None


def canonical(base: str, kind: str, first: str, label: str) -> str:
    """The canonical IRI of a cluster, as a term, from its first member and that one's label."""
    return f"<{iri.readable(base, kind, value(label), iri.key_of(first[1:-1]))}>"


def wording(member: str, nodes: Mapping[str, Node], canon: Mapping[str, str]) -> str:
    """What a member says that others may say in the same words, and a place's shape, as text."""
    node = nodes[member]
    said = {
        name: [canon.get(thing, thing) for thing in things]
        for name, things in node.items()
        if name not in _OWN and name != GEOMETRY
    }
    shape = nodes[node[GEOMETRY][0]] if GEOMETRY in node else None
    return json.dumps([said, shape], ensure_ascii=False, separators=(",", ":"))


def label_in(text: str) -> str:
    """The label that a wording gives, as a term."""
    label: str = json.loads(text)[0][LABEL][0]
    return label


def own(
    node: str, member: str, nodes: Mapping[str, Node], canon: Mapping[str, str]
) -> Iterator[Triple]:
    """What is said of an actor or place that no other article says: its words, its posts."""
    for name in _OWN:
        yield from ((node, name, canon.get(thing, thing)) for thing in nodes[member].get(name, ()))


def entity(node: str, wordings: Sequence[str]) -> Iterator[Triple]:
    """The triples of an actor or place but for its members' own; their wordings, each once, are in
    the order of the first member that has it.

    The representative's label is the label, the others' become other names, and its kind is the
    kind. Country is the first a member gives; precision and geometry are one member's, the
    most exact: only a person joins places of several.
    """
    told = [_Wording(*json.loads(text)) for text in wordings]
    label = told[0].said[LABEL][0]
    yield node, LABEL, label
    called = (name for one in told for kind in _NAMES for name in one.said.get(kind, ()))
    yield from name_words(node, called)
    once = _given_once(told)
    for number, one in enumerate(told):
        for predicate, things in one.said.items():
            if predicate in once:
                if once[predicate] == number:
                    yield from ((node, predicate, thing) for thing in things)
            elif predicate in (LABEL, ALIAS):
                yield from ((node, ALIAS, name) for name in things if name != label)
            elif predicate != _MEMBER:
                yield from ((node, predicate, thing) for thing in things)
            elif _GROUP in told[0].said[TYPE]:
                yield from ((node, _MEMBER, part) for part in things if part != node)
    shape = told[once[PRECISION]].shape
    if shape is not None:
        place = f"{node[:-1]}#geometry>"
        yield node, GEOMETRY, place
        yield from ((place, name, word) for name, words in shape.items() for word in words)


def _given_once(told: Sequence[_Wording]) -> Mapping[str, int]:
    """Property → which wording gives it."""
    exact = min(range(len(told)), key=lambda number: _vagueness(told[number]))
    country = next((number for number, one in enumerate(told) if COUNTRY in one.said), 0)
    return {TYPE: 0, COUNTRY: country, PRECISION: exact}


def _vagueness(one: _Wording) -> tuple[int, bool]:
    precision = text_of(one.said, PRECISION)
    return _PRECISIONS.index(precision) if precision else 0, one.shape is None
