"""``/graphs``: the SPARQL 1.1 Graph Store HTTP Protocol.

======================  ===================================================================
address                 graph
======================  ===================================================================
``/graphs?graph=IRI``   the graph of that IRI
``/graphs?default``     the default graph: the view, or the store's own where that is open
``/graphs/NAME``        the graph ``{base}graphs/NAME``
``/graphs``             POST only: a new graph, whose address comes back in ``Location``
======================  ===================================================================

GET, HEAD, PUT, POST and DELETE; what is sent and what comes back is RDF in any of our formats.
Each write is one update of the store: it happens whole or not at all.
"""

import secrets
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote, urljoin

import pyoxigraph as ox
from flask import Blueprint, Response, request

from api import parameters as p
from api.access import require_writer
from api.documents import triples
from api.negotiate import GRAPHS, by_name, choose
from api.routes import View, formats, route
from api.seen import answered
from kg import terms
from kg.config import ALL, Settings
from kg.errors import BadInput, LimitHit, NotFound
from kg.iri import graph_iri
from kg.store import Dataset, Service
from kg.store.text import guard

METHODS: Final = ("GET", "PUT", "POST", "DELETE")
GRAPH: Final = (
    p.query("graph", "The IRI of the graph.", p.IRI),
    p.query("default", "The default graph.", p.STRING),
)
NAME: Final = (p.path("name", "Stands for the graph {base}graphs/{name}."),)
_DOES: Final = {
    "GET": "A graph.",
    "PUT": "Puts a graph in the place of what was there.",
    "POST": "Adds triples to a graph.",
    "DELETE": "Drops a graph.",
}
_SAFE: Final = "/:@!$&'()*+,;=~"


def blueprint(store: Service, settings: Settings) -> Blueprint:
    """The routes of the graph store; writing needs the token of the settings."""
    routes = Blueprint("graphs", __name__)

    def indirect() -> Response:
        return _answer(_GraphStore(store, settings), _named(settings))

    def direct(name: str) -> Response:
        return _answer(_GraphStore(store, settings), direct_iri(settings.base, name))

    for method in METHODS:
        _routed(routes, "/graphs", method, GRAPH)(indirect)
        _routed(routes, "/graphs/<path:name>", method, NAME)(direct)
    return routes


def _routed(
    routes: Blueprint, rule: str, method: str, names: tuple[p.Parameter, ...]
) -> Callable[[View], View]:
    reads, sends = method == "GET", method in ("PUT", "POST")
    known = (p.representation(*(offer.name for offer in GRAPHS)),) if reads else ()
    return route(
        routes,
        rule,
        method=method.lower(),
        summary=_DOES[method],
        answers=formats(GRAPHS) if reads else {},
        parameters=(*names, *known),
        failures=(400, 404, 406, 503) if reads else (400, 404, 422, 503),
        status=200 if reads else (201, 204) if sends else 204,
        body=formats(GRAPHS) if sends else None,
        token=not reads,
        tag="sparql" if reads else "writing",
        example="default" if reads and names is GRAPH else "",
    )


def direct_iri(base: str, name: str) -> str:
    """The IRI of the graph at ``/graphs/NAME``.

    >>> direct_iri("http://localhost:8000/", "maps/été")
    'http://localhost:8000/graphs/maps/%C3%A9t%C3%A9'
    """
    return f"{base}graphs/{quote(name, safe=_SAFE)}"


def _named(settings: Settings) -> str | None:
    """The graph of the query string; None for the default graph, a new IRI for none at all."""
    graphs = request.args.getlist("graph")
    default = "default" in request.args
    if len(graphs) + default > 1:
        raise BadInput("name one graph: ?graph=IRI once, or ?default")
    if default:
        return None
    if graphs:
        return _absolute(urljoin(f"{settings.base}graphs", graphs[0]))
    if request.method != "POST":
        raise BadInput("name a graph: ?graph=IRI, ?default, or /graphs/NAME")
    return direct_iri(settings.base, secrets.token_hex(16))


def _absolute(iri: str) -> str:
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise BadInput(f"graph={iri!r} is no absolute IRI: {error}") from None


def _answer(graphs: "_GraphStore", graph: str | None) -> Response:
    if request.method in ("GET", "HEAD"):
        return graphs.get(graph)
    graphs.may_write(graph)
    if request.method == "DELETE":
        return graphs.delete(graph)
    return graphs.put(graph) if request.method == "PUT" else graphs.post(graph)


class _GraphStore:
    """One request's face of the store; a graph is an IRI, or None for the default graph."""

    def __init__(self, store: Service, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._open = settings.writable == ALL

    def may_write(self, graph: str | None) -> None:
        """Raises Unauthorized or Forbidden."""
        require_writer(self._settings)
        if self._open:
            return
        if graph is None or guard.is_kept(self._settings.base, graph):
            raise guard.kept(f"{graph or 'the default graph'} is")

    def get(self, graph: str | None) -> Response:
        short = request.args.get("format")
        accept = request.headers.get("Accept")
        wanted = by_name(short, GRAPHS) if short else choose(accept, GRAPHS)
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {_pattern(graph)} }}"
        try:
            answer = self._store.query(
                text, dataset=self._dataset(), graph=wanted.media_type, all_rows=True
            )
        except LimitHit as error:
            if error.limit != "query_bytes":
                raise
            told = f"the graph is larger than is answered ({error.limit} is {error.value:g}); ask"
            told += " for a part of it at a time: CONSTRUCT … LIMIT … OFFSET … at /sparql"
            raise LimitHit(told, limit=error.limit, value=error.value) from None
        if graph is not None and not self._holds(graph):
            raise NotFound(f"there is no graph {graph}")
        response = answered(answer)
        response.vary.add("Accept")
        return response

    def put(self, graph: str | None) -> Response:
        there, body = self._there(graph), self._sent(graph)
        self._store.update(f"{_emptied(graph)} ; {_insert(graph, body)}", aside=not self._open)
        return Response(status=204 if there else 201)

    def post(self, graph: str | None) -> Response:
        there = self._there(graph)
        body = self._sent(graph)
        created = "" if graph is None else f"CREATE SILENT GRAPH {terms.iri(graph)} ; "
        self._store.update(f"{created}{_insert(graph, body)}", aside=not self._open)
        response = Response(status=204 if there else 201)
        if not there and graph is not None:
            response.headers["Location"] = self._address(graph)
        return response

    def delete(self, graph: str | None) -> Response:
        if not self._there(graph):
            raise NotFound(f"there is no graph {graph}")
        text = _emptied(graph) if graph is None else f"DROP SILENT GRAPH {terms.iri(graph)}"
        self._store.update(text, aside=not self._open)
        return Response(status=204)

    def _sent(self, graph: str | None) -> str:
        return "".join(sent(graph or f"{self._settings.base}graphs"))

    def _dataset(self) -> Dataset:
        view = graph_iri(self._settings.base, "view")
        return Dataset(None if self._open else (view,))

    def _there(self, graph: str | None) -> bool:
        return graph is None or self._holds(graph)

    def _holds(self, graph: str) -> bool:
        return b"true" in self._store.query(f"ASK {{ GRAPH {terms.iri(graph)} {{}} }}").body

    def _address(self, graph: str) -> str:
        """Where the graph is found on this server."""
        own = f"{self._settings.base}graphs/"
        if graph.startswith(own):
            return f"{request.script_root}/graphs/{graph.removeprefix(own)}"
        return f"{request.script_root}/graphs?graph={quote(graph, safe='')}"


def sent(base: str) -> Iterator[str]:
    """The triples of the request's body, or of every file of a form, as lines."""
    if request.mimetype != "multipart/form-data":
        yield from triples(request.get_data(), request.mimetype, base)
        return
    if not request.files:
        raise BadInput("the form holds no file; send each graph as a file with its media type")
    for file in request.files.values():
        yield from triples(file.stream.read(), file.mimetype, base)


def _pattern(graph: str | None) -> str:
    return "?s ?p ?o" if graph is None else f"GRAPH {terms.iri(graph)} {{ ?s ?p ?o }}"


def _emptied(graph: str | None) -> str:
    if graph is None:
        return "CLEAR SILENT DEFAULT"
    return f"DROP SILENT GRAPH {terms.iri(graph)} ; CREATE SILENT GRAPH {terms.iri(graph)}"


def _insert(graph: str | None, body: str) -> str:
    """INSERT DATA of rows of N-Triples."""
    return f"INSERT DATA {{ {body if graph is None else _in(graph, body)} }}"


def _in(graph: str, body: str) -> str:
    return f"GRAPH {terms.iri(graph)} {{\n{body}}}"
