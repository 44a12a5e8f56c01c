"""Which reports of an event a statement itself is about.

An event is what many say together: whom one of them blames another may leave unnamed. The view
leads a statement to the event; its article tells which report it means.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from kg.records.graph import Graph
from kg.sparql import BATCH, select, values

HEARERS: Final = ("ck:target", "ck:addressee")
OWN: Final = "ck:about, in its article"
"""What a statement or report is about, as its article tells it: statements and reports."""


def hearers(graph: Graph, iri: str) -> list[tuple[str, str]]:
    """Whom a statement is directed at: (actor, role), never its own speaker."""
    speakers = graph.all(iri, "ck:speaker")
    found = [(who, name[3:]) for name in HEARERS for who in graph.all(iri, name)]
    return [(who, role) for who, role in found if who not in speakers]


def note_own(graph: Graph, statements: Sequence[str]) -> list[str]:
    """Note what statements that are directed at nobody are about in their articles, step by step.

    Gives back all they lead to.
    """
    found: dict[str, None] = {}
    ahead = [one for one in statements if graph.all(one, "ck:about") and not hearers(graph, one)]
    while ahead:
        _note(graph, ahead)
        leads = graph.over(ahead, OWN)
        found.update(dict.fromkeys(leads))
        ahead = [one for one in leads if OWN not in graph.node(one)]
    return list(found)


def meant(graph: Graph, iri: str) -> list[str]:
    """The reports and statements that a statement or report is about.

    An event stands for its reports where a person said that a statement is about it.
    """
    own = graph.all(iri, OWN)
    if "ck:report" in graph.node(iri) or "ck:act" in graph.node(iri):
        return [one for thing in graph.all(iri, "ck:about") for one in _of(graph, thing, own)]
    return list(own)


def _of(graph: Graph, thing: str, own: Sequence[str]) -> list[str]:
    return [one for one in graph.all(thing, "ck:report") if one in own] or [thing]


def _note(graph: Graph, things: Iterable[str]) -> None:
    left = iter(things)
    while some := list(islice(left, BATCH)):
        text = (
            f"SELECT ?x ?y {{ {values('x', some)} "
            "GRAPH ?g { ?x prov:wasDerivedFrom ?g ; ck:about ?y } }"
        )
        found: dict[str, list[str]] = {one: [] for one in some}
        for row in select(graph.queryable, text):
            found[row["x"]].append(row["y"])
        for one, about in found.items():
            graph.note(one, OWN, *sorted(about))
