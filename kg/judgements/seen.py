"""What a finding says, as a digest: whether it is still what somebody accepted or rejected.

Its IRI is made of the places that it was read from, so read again it may say something else under
the same IRI. The digest is of all that its article says of it and of its tolls, but for where it
is shown and how sure that is; the actors, places and reports that it names count by their IRIs.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg import terms
from kg.iri import digest
from kg.sparql import PROLOGUE
from kg.store.base import Queryable
from kg.vocab import term

TOLLS: Final = ("#killed>", "#injured>")
"""What the terms of a report's tolls end in, after the report's own."""

_HOW: Final = ("#evidence>", "Evidence>", term("ck:confidence"))


def seen(finding: str, nodes: Mapping[str, Iterable[tuple[str, str]]]) -> str:
    """The digest of a finding (a term); ``nodes`` is subject → property and object of its graph.

    >>> said = {"<x:s>": {("<x:act>", "<x:deny>"), ("<x:speakerEvidence>", "<x:a#char=0,3>")}}
    >>> seen("<x:s>", said) == seen("<x:s>", {"<x:s>": {("<x:act>", "<x:deny>")}})
    True
    """
    told = sorted(
        (own.removeprefix(finding[:-1]), name, thing)
        for own in _parts(finding)
        for name, thing in nodes.get(own, ())
        if not name.endswith(_HOW)
    )
    return digest(*(part for triple in told for part in triple))


def seen_today(store: Queryable, findings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Finding → its digest, of those pairs of a finding and its article that are there."""
    wanted = {f"<{finding}>": terms.iri(article) for finding, article in findings}
    given = " ".join(f"({graph} {own})" for one, graph in wanted.items() for own in _parts(one))
    text = f"CONSTRUCT {{ ?x ?p ?o }} {{ VALUES (?g ?x) {{ {given} }} GRAPH ?g {{ ?x ?p ?o }} }}"
    nodes: dict[str, list[tuple[str, str]]] = {}
    for subject, name, thing in terms.parse(store.query(PROLOGUE + text).body.decode()):
        nodes.setdefault(subject, []).append((name, thing))
    return {one[1:-1]: seen(one, nodes) for one in wanted if one in nodes}


def _parts(finding: str) -> Iterator[str]:
    yield finding
    yield from (f"{finding[:-1]}{toll}" for toll in TOLLS)
