"""The SPARQL endpoint described in its own terms (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.iri import graph_iri
from kg.store.evaluate import GRAPHS as GRAPH_FORMATS
from kg.store.evaluate import TABLES as TABLE_FORMATS
from kg.terms import Triple, iri

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
RDF_TYPE: Final = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFIXES: Final = {"sd": SD, "formats": "http://www.w3.org/ns/formats/"}


def describe(endpoint: str, base: str, media_type: str) -> bytes:
    """The service at this URL over the store of this base, in one of the graph formats."""
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(_triples(endpoint, base)))
    triples = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    body = ox.serialize(triples, format=GRAPH_FORMATS[media_type], prefixes=_PREFIXES)
    return body or b""


def _triples(endpoint: str, base: str) -> Iterator[Triple]:
    service, dataset = iri(f"{endpoint}#service"), iri(f"{endpoint}#dataset")
    view = iri(f"{endpoint}#default-graph")
    yield service, RDF_TYPE, _sd("Service")
    yield service, _sd("endpoint"), iri(endpoint)
    yield service, _sd("supportedLanguage"), _sd("SPARQL11Query")
    tables, graphs = TABLE_FORMATS.values(), GRAPH_FORMATS.values()
    for known in [*(table.iri for table in tables), *(graph.iri for graph in graphs)]:
        yield service, _sd("resultFormat"), iri(known)
    yield service, _sd("defaultDataset"), dataset
    yield dataset, RDF_TYPE, _sd("Dataset")
    yield dataset, _sd("defaultGraph"), view
    yield view, RDF_TYPE, _sd("Graph")
    yield view, _sd("name"), iri(graph_iri(base, "view"))


def _sd(name: str) -> str:
    return iri(SD + name)
