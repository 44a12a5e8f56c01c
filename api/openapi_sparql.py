"""The operations that ask in SPARQL, and the description of the data."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from api import parameters as p
from api.negotiate import GRAPHS, TABLES, Offer
from api.operation import HTML, TEXT, Content, Operation
from api.sparql import DIRECT, FORM

_TABLES: Final[Content] = {o.media_type: TEXT for o in TABLES} | {
    TABLES[0].media_type: {"type": "object"}
}
_RDF: Final[Content] = {offer.media_type: TEXT for offer in GRAPHS}
_FAILURES: Final = (400, 406, 413, 422, 503)
_IRIS: Final = {"type": "array", "items": {"type": "string", "format": "uri"}}
_DATASET: Final = tuple(
    p.query(name, "SPARQL 1.1 Protocol.", _IRIS)
    for name in ("default-graph-uri", "named-graph-uri")
)


def operations() -> Iterator[Operation]:
    """The query operation with and without an ending in its path, and VoID."""
    named = p.representation(*_names((*TABLES, *GRAPHS)))
    ending = p.path("ending", "Instead of an Accept header.", named["schema"])
    for path, given in (("/sparql", named), ("/sparql.{ending}", ending)):
        yield _asked(path, given)
        yield _posted(path, given)
    yield Operation(
        "/.well-known/void",
        "The data described: how much there is, and where it can be fetched.",
        "about",
        _RDF,
        (p.representation(*_names(GRAPHS)),),
        (400, 406, 503),
    )


def _asked(path: str, given: p.Parameter) -> Operation:
    text = p.query("query", "SPARQL 1.1; without it the service is described.", TEXT)
    content = _TABLES | _RDF | ({HTML: TEXT} if given["in"] == "query" else {})
    return Operation(path, "Ask in SPARQL.", "sparql", content, (text, *_DATASET, given), _FAILURES)


def _posted(path: str, given: p.Parameter) -> Operation:
    form = {
        "type": "object",
        "properties": {"query": TEXT, "format": TEXT, **{one["name"]: _IRIS for one in _DATASET}},
        "required": ["query"],
    }
    body: dict[str, Any] = {
        "required": True,
        "content": {FORM: {"schema": form}, DIRECT: {"schema": TEXT}},
    }
    return Operation(
        path,
        "Ask in SPARQL.",
        "sparql",
        _TABLES | _RDF,
        (*_DATASET, given),
        (*_FAILURES, 415),
        method="post",
        body=body,
    )


def _names(offers: Sequence[Offer]) -> tuple[str, ...]:
    """Short names and endings, each once."""
    return tuple(dict.fromkeys(name for one in offers for name in (one.name, *one.endings)))
