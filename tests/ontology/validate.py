"""Whether a graph meets the shapes of ``ontology/shapes.ttl``, and in words where it does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import pyshacl
from rdflib import Graph, Namespace
from rdflib.namespace import SH, SKOS
from rdflib.term import Node

from kg.terms import Triple
from kg.vocab import CODES, ontology_dir

SHAPE: Final = Namespace(CODES + "shape/")


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """One thing that does not meet a shape: the shape's local name, the thing, the words."""

    shape: str
    focus: str
    message: str


def conforms(graph: Graph | Iterable[Triple]) -> list[str]:
    """What is wrong with an article graph or a view, one sentence each; empty if nothing is.

    ``graph`` is an rdflib graph or triples as ``kg.rdf.article_graph`` and ``kg.view`` give them.
    """
    return [f"{one.focus}: {one.message} ({one.shape})" for one in breaches(graph)]


def breaches(graph: Graph | Iterable[Triple]) -> list[Breach]:
    """The breaches of the shapes, sorted. The codes' schemes are added before validating."""
    data = graph if isinstance(graph, Graph) else parsed(graph)
    _, report, _ = pyshacl.validate(
        data + _codes(), shacl_graph=ontology("shapes.ttl"), inference="none"
    )
    return sorted(_breach(report, result) for result in report.objects(None, SH.result))


def parsed(triples: Iterable[Triple]) -> Graph:
    """Triples of N-Triples terms as an rdflib graph."""
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    return Graph().parse(data=text, format="nt")


@cache
def ontology(file: str) -> Graph:
    """A Turtle file of the ontology folder; treat it as read-only."""
    return Graph().parse(ontology_dir() / file, format="turtle")


@cache
def _codes() -> Graph:
    """What the shapes ask of a code: its scheme, and a mode's type. Untyped, for speed."""
    codes = Graph()
    for wanted in (SKOS.inScheme, SKOS.broader):
        for triple in ontology("concepts.ttl").triples((None, wanted, None)):
            codes.add(triple)
    return codes


def _breach(report: Graph, result: Node) -> Breach:
    shape, focus = report.value(result, SH.sourceShape), report.value(result, SH.focusNode)
    message = report.value(result, SH.resultMessage)
    return Breach(str(shape).removeprefix(str(SHAPE)), str(focus), str(message))
