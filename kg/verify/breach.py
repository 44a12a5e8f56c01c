"""A promise that a store does not keep, and a graph laid out for checking."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.terms import Triple, value
from kg.vocab import term as _term

PROMISES: Final = {
    1: "Evidence or nothing",
    2: "A dispute stays a dispute",
    3: "As exact as the text, no more",
    4: "The same input gives the same graph, byte for byte",
}
"""The promises of a store, by number."""

v = cache(_term)


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """One promise broken by one thing.

    ``promise`` is a number of ``PROMISES``, ``name`` the check that found it
    ("exact-words"), ``subject`` an IRI (or "the default graph"), ``problem`` what is wrong and
    ``remedy`` what to do.
    """

    promise: int
    name: str
    subject: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        title = PROMISES[self.promise]
        return f"{self.subject}: {self.problem} [{self.promise}. {title}: {self.name}]"


AGAIN: Final = "ingest the article again"
REBUILD: Final = "run kg link: that makes the view anew"


class Laid:
    """A graph's triples by subject and property. Subjects and objects are terms."""

    def __init__(self, iri: str, triples: Sequence[Triple]) -> None:
        self.iri = iri
        self.triples = triples
        self.nodes: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, thing in triples:
            self.nodes.setdefault(subject, {}).setdefault(predicate, []).append(thing)

    def all(self, subject: str, name: str) -> list[str]:
        """The objects of a property given by its prefixed name."""
        return self.nodes.get(subject, {}).get(v(name), [])

    def text(self, subject: str, name: str) -> str | None:
        """What the first object says."""
        found = self.all(subject, name)
        return value(found[0]) if found else None

    def number(self, subject: str, name: str) -> int | None:
        """The first object as a whole number; absent where it is none."""
        text = self.text(subject, name) or ""
        return int(text) if text.isdecimal() else None

    def of_type(self, *names: str) -> Iterator[str]:
        """The subjects of these types, as they come."""
        wanted = {v(name) for name in names}
        rdf_type = v("rdf:type")
        for subject, node in self.nodes.items():
            if not wanted.isdisjoint(node.get(rdf_type, ())):
                yield subject


def bare(term: str) -> str:
    """A term as a person reads it: the IRI without brackets."""
    return term[1:-1] if term.startswith("<") else term


def some(things: Iterable[str], most: int = 3) -> str:
    """The first few of many, for a message."""
    listed = sorted(things)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more
