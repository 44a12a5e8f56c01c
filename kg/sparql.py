"""SPARQL put to a store and read back: prefixes, rows, and what is said of many things at once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from kg import terms
from kg.store.base import JSON, NTRIPLES, Answer, Queryable
from kg.vocab import PREFIXES, term

PROLOGUE: Final = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
"""The PREFIX lines of every prefix that ``kg.vocab`` knows."""

TABLES: Final[Mapping[str, str]] = {
    "json": JSON,
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
}
"""Short names of the formats of SELECT and ASK answers → their media types."""
GRAPHS: Final[Mapping[str, str]] = {
    "turtle": "text/turtle",
    "ntriples": NTRIPLES,
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
"""Those of CONSTRUCT and DESCRIBE answers."""

Row = dict[str, str]
"""Variable (no ``?``) → what its term says: IRI or lexical form. Unbound variables are absent."""

Node = Mapping[str, tuple[str, ...]]
"""Property as a prefixed name (``ck:act``) → what its objects say, sorted."""

FEW: Final = 4
"""Properties that are looked up one by one; of more, all that is said of a thing is read."""
BATCH: Final = 1000
"""Things asked for in one query."""


def rows(answer: Answer) -> list[Row]:
    """The rows of a SELECT answer in SPARQL JSON, in their order.

    >>> body = b'{"results": {"bindings": [{"n": {"type": "literal", "value": "3"}}]}}'
    >>> rows(Answer("select", "application/sparql-results+json", body))
    [{'n': '3'}]
    """
    found = json.loads(answer.body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def select(queryable: Queryable, text: str) -> list[Row]:
    """The rows of a SELECT query that is written without its PREFIX lines."""
    return rows(queryable.query(PROLOGUE + text))


def values(variable: str, iris: Iterable[str]) -> str:
    """A VALUES clause over IRIs.

    >>> values("id", ["http://x/a"])
    'VALUES ?id { <http://x/a> }'
    """
    return f"VALUES ?{variable} {{ {' '.join(terms.iri(one) for one in iris)} }}"


def describe(
    queryable: Queryable, iris: Iterable[str], properties: Sequence[str]
) -> dict[str, Node]:
    """What the view says of each thing by these properties (prefixed names).

    A thing of which nothing is said is absent. One query for a thousand things.
    """
    names = {term(name): name for name in properties}
    ask = _by_property if len(names) <= FEW else _of_all
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for batch in _batches(dict.fromkeys(iris)):
        for thing, name, said in told(queryable, ask(values("s", batch), names)):
            found[thing][name].append(said)
    return {
        thing[1:-1]: {names[name]: lexical(said) for name, said in node.items()}
        for thing, node in found.items()
    }


def leading(queryable: Queryable, iris: Iterable[str], name: str) -> Iterator[tuple[str, str]]:
    """What leads to these things by a property (a prefixed name): (one of them, what leads)."""
    for batch in _batches(dict.fromkeys(iris)):
        text = f"SELECT ?o ?s {{ {values('o', batch)} ?s {name} ?o }}"
        yield from ((to[1:-1], thing[1:-1]) for to, thing in told(queryable, text))


def told(queryable: Queryable, text: str) -> Iterator[list[str]]:
    """The rows of a SELECT query as its terms are written in SPARQL TSV, as quick as can be."""
    body = queryable.query(PROLOGUE + text, table=TABLES["tsv"]).body
    return (row.split("\t") for row in body.decode().split("\n")[1:-1])


def lexical(told: Sequence[str]) -> tuple[str, ...]:
    """What terms say that stand in SPARQL TSV, where numbers are bare; sorted."""
    if len(told) == 1:
        return (_value(told[0]),)
    return tuple(sorted({_value(said) for said in told}))


def _value(said: str) -> str:
    if said[0] == "<" or (said[-1] == '"' and "\\" not in said):
        return said[1:-1]
    return terms.value(said) if said[0] == '"' else said


def _by_property(things: str, names: Iterable[str]) -> str:
    """Each property looked up: of somebody of whom much is said, only what is asked is read."""
    asked = (f"{{ {things} ?s {name} ?o BIND({name} AS ?p) }}" for name in names)
    return f"SELECT ?s ?p ?o {{ {' UNION '.join(asked)} }}"


def _of_all(things: str, names: Iterable[str]) -> str:
    """All triples of each thing, of which those are kept that are asked for."""
    return f"SELECT ?s ?p ?o {{ {things} ?s ?p ?o FILTER(?p IN ({', '.join(names)})) }}"


def _batches(things: Iterable[str]) -> Iterator[list[str]]:
    left = iter(things)
    while batch := list(islice(left, BATCH)):
        yield batch
