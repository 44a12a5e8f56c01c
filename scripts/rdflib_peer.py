"""rdflib-endpoint over the view of a store: ``uvicorn scripts.rdflib_peer:app`` (see peers)."""

import os

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Graph, URIRef
from rdflib_endpoint import SparqlEndpoint

from scripts.peers import VIEW

_STORE = OxigraphStore(store=pyoxigraph.Store.read_only(os.environ["BENCH_STORE"]))

app = SparqlEndpoint(graph=Graph(_STORE, identifier=URIRef(VIEW)), path="/")
