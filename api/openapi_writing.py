"""The operations that write: SPARQL updates and the graph store."""

from collections.abc import Iterator
from typing import Any, Final

from api import parameters as p
from api.graphs import METHODS
from api.negotiate import GRAPHS
from api.operation import TEXT, Content, Operation
from api.sparql import DIRECT as QUERY
from api.update import DIRECT, FORM

_IRI: Final = {"type": "string", "format": "uri"}
_RDF: Final[Content] = {offer.media_type: TEXT for offer in GRAPHS}
_REFUSED: Final = (400, 401, 403, 404, 413, 415, 422, 503)
_LACKING: Final = (400, 401, 403, 404, 503)
_DOES: Final = {
    "GET": "A graph.",
    "PUT": "Puts a graph in the place of what was there.",
    "POST": "Adds triples to a graph.",
    "DELETE": "Drops a graph.",
}


def operations() -> Iterator[Operation]:
    """Every operation that writes, and the reading of graphs."""
    yield _update()
    graph = p.query("graph", "The IRI of the graph.", _IRI)
    default = p.query("default", "The default graph.", TEXT)
    name = p.path("name", "Stands for the graph {base}graphs/{name}.")
    for method in METHODS:
        yield _graph("/graphs", method, (graph, default))
        yield _graph("/graphs/{name}", method, (name,))

    yield from _saved()


def _saved() -> Iterator[Operation]:
    name = p.path("name", "Small letters, digits and hyphens; not of one of ours.")
    save, remove = "Saves a query. Needs the token.", "Removes a saved query. Needs the token."
    body = _body({QUERY: TEXT})
    path, tag = "/queries/{name}", "questions"
    yield Operation(path, save, tag, {}, (name,), _REFUSED, method="put", status=204, body=body)
    yield Operation(path, remove, tag, {}, (name,), _LACKING, method="delete", status=204)


def _update() -> Operation:
    graphs = {"type": "array", "items": _IRI}
    names = ("using-graph-uri", "using-named-graph-uri")
    form = {
        "type": "object",
        "properties": {"update": TEXT, **dict.fromkeys(names, graphs)},
        "required": ["update"],
    }
    return Operation(
        "/sparql/update",
        "Change graphs of your own in SPARQL; needs the token.",
        "sparql",
        {},
        tuple(p.query(name, "SPARQL 1.1 Protocol.", graphs) for name in names),
        _REFUSED,
        method="post",
        status=204,
        body=_body({FORM: form, DIRECT: TEXT}),
    )


def _graph(path: str, method: str, names: tuple[p.Parameter, ...]) -> Operation:
    reads, sends = method == "GET", method in ("PUT", "POST")
    shape = (p.representation(*(offer.name for offer in GRAPHS)),) if reads else ()
    return Operation(
        path,
        _DOES[method] + ("" if reads else " Needs the token."),
        "sparql",
        _RDF if reads else {},
        (*names, *shape),
        (400, 404, 406, 503) if reads else _REFUSED,
        method=method.lower(),
        status=200 if reads else 204,
        body=_body(_RDF) if sends else None,
    )


def _body(content: Content) -> dict[str, Any]:
    described = {media: {"schema": schema} for media, schema in content.items()}
    return {"required": True, "content": described}
