"""``/openapi.json``: the HTTP interface described, out of one table of operations.

Tests walk the application's routes and fail if one is not in the table, and hold the answers
against the schemas.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from flask import Blueprint, Response

from api import openapi_sparql, openapi_writing
from api import parameters as p
from api.explain import EXPLAINED
from api.face import as_json
from api.graph import LIMIT, MOST
from api.negotiate import GRAPHS, TABLES
from api.operation import HTML, JSON, TEXT, Content, Operation
from api.questions import OFFERS
from api.resources import RECORD, SINGULAR
from api.schemas import schemas
from api.shapes import Schema, one_of, ref
from kg import __version__, query
from kg.export import FORMATS
from kg.filters import KINDS, Kind
from kg.projection import PRESETS

blueprint = Blueprint("openapi", __name__)

PROBLEM: Final = "application/problem+json"


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description itself."""
    return as_json(document())


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    paths: dict[str, dict[str, Any]] = {}
    for one in operations():
        paths.setdefault(one.path, {})[one.method] = _described(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "conflict-kg",
            "version": __version__,
            "summary": "Who said and did what in armed conflicts, with the words that say so.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in ("records", "graph", "questions", "sparql", "about")],
        "paths": paths,
        "components": {"schemas": schemas()},
    }


def operations() -> Iterator[Operation]:
    """Every operation there is."""
    for kind in KINDS:
        yield from _records(kind)
    yield from _explained()
    yield from _redirects()
    yield from _drawn()
    yield from _questions()
    yield from openapi_sparql.operations()
    yield from openapi_writing.operations()
    yield from _about()


def _records(kind: Kind) -> Iterator[Operation]:
    one = SINGULAR[kind]
    yield Operation(
        f"/{kind}",
        f"A page of {kind}.",
        "records",
        _json(kind.capitalize()) | _html(),
        (*p.selecting(kind), *p.shaping(kind), p.representation("json", "html")),
    )
    yield Operation(
        f"/{one}/{{ident}}",
        f"One {one} with everything that leads to and from it; a member's key leads, by 303, on.",
        "records",
        _json(f"{one.capitalize()}Record") | _html() | {o.media_type: TEXT for o in GRAPHS},
        (_IDENT, p.representation(*(offer.name for offer in RECORD))),
        (303, 400, 404, 406, 503),
    )
    yield Operation(
        f"/{kind}/{{ident}}",
        f"Leads to /{one}/{{ident}}.",
        "records",
        {},
        (_IDENT,),
        (),
        status=308,
    )


def _explained() -> Iterator[Operation]:
    for kind, one in EXPLAINED.items():
        yield Operation(
            f"/{one}/{{ident}}/explain",
            f"Why the {one} was read so: its article is read again.",
            "records",
            _json("Explanation") | _html(),
            (_IDENT, p.representation("json", "html")),
            (303, 400, 404, 406, 503),
        )
        yield Operation(
            f"/{kind}/{{ident}}/explain",
            f"Leads to /{one}/{{ident}}/explain.",
            "records",
            {},
            (_IDENT,),
            (),
            status=308,
        )


def _redirects() -> Iterator[Operation]:
    for path, summary in (
        ("/report/{ident}", "Leads to the event that a report tells."),
        ("/membership/{ident}", "Leads to the actor who has a role."),
    ):
        yield Operation(path, summary, "records", {}, (_IDENT,), (404, 503), status=303)


def _drawn() -> Iterator[Operation]:
    for path, summary in (
        ("/timeline", "Events as bars as wide as their dates are uncertain."),
        ("/map", "Places of events with their counts."),
    ):
        yield Operation(path, summary, "graph", _html(), tuple(p.selecting("events")), (400, 503))

    yield Operation(
        "/graph",
        "Nodes and edges of a projection around a selection, with positions.",
        "graph",
        _json("Graph") | _html(),
        (*_selection(), p.query("limit", "Nodes, the most connected.", _SIZE), _PAGE),
        (400, 404, 406, 503),
    )

    no_text = p.query("no_text", "Leave article bodies out; quoted words stay.", p.FLAG)
    yield Operation(
        "/export/{name}",
        "A selection as a file for other programs.",
        "graph",
        {found.media_type.partition(";")[0]: {} for found in FORMATS.values()},
        (p.path("name", "The format.", one_of(tuple(FORMATS))), *_selection(), no_text),
        (400, 404, 503),
    )


def _selection() -> Iterator[p.Parameter]:
    """The filters of statements and of events, which of the two, and the projection."""
    yield p.query("projection", "What nodes and edges stand for.", one_of(tuple(PRESETS)))
    yield p.query("of", "Which filters apply: those of statements or of events.", one_of(KINDS[:2]))
    named = {one["name"]: one for kind in KINDS[:2] for one in p.selecting(kind)}
    yield from named.values()


def _questions() -> Iterator[Operation]:
    content = _json("Questions") | _html()
    yield Operation(
        "/queries", "The named questions and the saved queries.", "questions", content, (_PAGE,)
    )
    known = p.path("name", f"Which: {', '.join(query.names())}, or a saved one.", TEXT)
    meanings: dict[str, str] = {}
    for name in query.names():
        for one in query.load(name).params:
            meanings.setdefault(one.name, f"{one.meaning} ({one.type}; of {name})")
    yield Operation(
        "/queries/{name}",
        "The answer to one of them, by the parameters that /queries lists for it, or its text.",
        "questions",
        {offer.media_type: _RESULTS.get(offer.media_type, TEXT) for offer in OFFERS},
        (
            known,
            *(p.query(name, meaning, TEXT) for name, meaning in sorted(meanings.items())),
            p.representation(*(offer.name for offer in OFFERS)),
        ),
        (400, 404, 406, 503),
    )


def _about() -> Iterator[Operation]:
    yield Operation("/", "What this graph holds.", "about", _json("Home") | _html(), (_PAGE,))
    yield Operation("/healthz", "Whether the server is alive.", "about", _json("Health"), (), ())
    yield Operation("/readyz", "Whether the store answers.", "about", _json("Health"), (), (503,))
    described = {JSON: {"type": "object"}}
    yield Operation("/openapi.json", "This description.", "about", described, (), ())


def _json(name: str) -> Content:
    return {JSON: ref(name)}


def _html() -> Content:
    return {HTML: TEXT}


def _described(one: Operation) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": one.summary}
    if one.content:
        answer["content"] = {media: {"schema": schema} for media, schema in one.content.items()}
    answers = {str(one.status): answer}
    for status in one.failures:
        answers[str(status)] = _failure(status)
    found = {
        "operationId": one.ident,
        "summary": one.summary,
        "tags": [one.tag],
        "parameters": list(one.parameters),
        "responses": answers,
    }
    return {**found, **({"requestBody": one.body} if one.body else {})}


def _failure(status: int) -> dict[str, Any]:
    if status < 400:
        return {"description": "Elsewhere.", "headers": {"Location": {"schema": TEXT}}}
    return {"description": _FAILURES[status], "content": {PROBLEM: {"schema": ref("Problem")}}}


_SIZE: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}
_RESULTS: Final[Content] = {TABLES[0].media_type: {"type": "object"}}
_IDENT: Final = p.path("ident", "The last part of an IRI; only the key at its end counts.")
_PAGE: Final = p.representation("json", "html")
_FAILURES: Final = {
    400: "A parameter or query that cannot be honoured; detail says what is allowed.",
    401: "The token is missing, or not the one that is set.",
    403: "Writing is off, or this is not the caller's to write.",
    404: "Nothing of this name.",
    406: "None of the media types accepted is offered.",
    413: "More was sent than is read.",
    415: "A body of another media type.",
    422: "A query that parses, and asks for what is not done here.",
    503: "A declared limit was reached, or the store is busy.",
}
