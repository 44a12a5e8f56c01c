"""``/openapi.json``: the HTTP interface described, out of what its routes say of themselves.

Tests walk the application's routes and fail if one says nothing, and hold the answers against the
schemas.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NotRequired, TypedDict, cast

from flask import Blueprint, Flask, Response, current_app

from api.articles import SkippedItem
from api.face import as_json
from api.parameters import SNAPSHOT, STRING, Parameter
from api.routes import HTML, Answers, Linked, Operation, json, operations, route
from kg import __version__
from kg.schema import Iri, Schema, Schemas, name_of

blueprint = Blueprint("openapi", __name__)

PROBLEM: Final = "application/problem+json"
TAGS: Final = ("records", "graph", "questions", "sparql", "writing", "about")
EXTENSION: Final = "conflict-kg-openapi"


DESCRIPTION: Final = (
    "Lists and records are JSON (JSON-LD by their @context), pages for people, and more by Accept "
    "or ?format=. A list goes on at next, or at the Link of rel=next, in the same snapshot. "
    "If-None-Match with an ETag of before is 304 where nothing has changed. Every error is a "
    "problem of one shape. Writing needs the operator's token."
)
HEADERS: Final[Mapping[str, str]] = {
    "KG-Snapshot": "The snapshot that was asked; ?snapshot= asks it again while it is kept.",
    "ETag": "Send it as If-None-Match: 304 where the answer is the same.",
    "Last-Modified": "When the snapshot was written.",
    "Link": "The first page of the list (first), and the one after this if there is one (next).",
    "Location": "The address of what was made, or of where it is.",
}
"""Header of an answer → what it says."""


class Problem(TypedDict):
    """What went wrong and what is allowed (RFC 9457).

    Line and column are those of a query, limit and value those of a limit that was reached,
    allowed are the methods or media types there are, routes those like one that is not there,
    skipped is what could not be read.
    """

    type: Iri
    title: str
    status: int
    detail: str
    instance: str
    line: NotRequired[int]
    column: NotRequired[int | None]
    limit: NotRequired[str]
    value: NotRequired[float]
    allowed: NotRequired[list[str]]
    routes: NotRequired[list[str]]
    skipped: NotRequired[list[SkippedItem]]


@route(blueprint, "/openapi.json", answers=json(dict[str, Any]), tag="about", failures=())
def openapi() -> Response:
    """This description."""
    return as_json(document(current_app))


def document(app: Flask) -> dict[str, Any]:
    """The OpenAPI 3.1 document of an application, made once."""
    if EXTENSION not in app.extensions:
        app.extensions[EXTENSION] = _document(operations(app))
    return cast("dict[str, Any]", app.extensions[EXTENSION])


def _document(found: list[Operation]) -> dict[str, Any]:
    schemas = Schemas()
    paths: dict[str, dict[str, Any]] = {}
    for one in sorted(found, key=_place):
        paths.setdefault(one.path, {})[one.method] = _described(one, schemas)
    schemas.of(Problem)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "conflict-kg",
            "version": __version__,
            "summary": "Who said and did what in armed conflicts, with the words that say so.",
            "description": DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in TAGS],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.named.items())),
            "headers": {
                name: {"description": told, "schema": STRING} for name, told in HEADERS.items()
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _place(one: Operation) -> tuple[int, bool]:
    """By tag; what only leads elsewhere comes last."""
    return TAGS.index(one.tag), min(one.statuses) >= 300


def _described(one: Operation, schemas: Schemas) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.ident,
        "summary": one.summary,
        "tags": [one.tag],
        "parameters": list(_parameters(one)),
        "responses": dict(_responses(one, schemas)),
    }
    if one.description:
        told["description"] = one.description
    if one.body:
        told["requestBody"] = {"required": True, "content": _content(one.body, schemas)}
    if one.example:
        told["x-example"] = one.example
    if one.token:
        told["security"] = [{"token": []}]
    return told


def _parameters(one: Operation) -> Iterator[Parameter]:
    for given in one.parameters:
        if callable(given):
            yield from given()
        else:
            yield given


def _responses(one: Operation, schemas: Schemas) -> Iterator[tuple[str, dict[str, Any]]]:
    answer: dict[str, Any] = {"description": one.summary}
    if one.answers:
        answer["content"] = _content(one.answers, schemas)
    if headers := list(_headers(one)):
        answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    for status in one.statuses:
        yield str(status), answer
    if SNAPSHOT in one.parameters:
        yield "304", {"description": "It has not changed since the ETag that was sent."}
    for status in one.failures:
        yield str(status), _failure(status, shown=_pages(one))


def _headers(one: Operation) -> Iterator[str]:
    """What the answer of a route says in its headers, beside what all answers say."""
    if SNAPSHOT in one.parameters:
        yield from ("KG-Snapshot", "ETag", "Last-Modified")
    if "cursor" in [given["name"] for given in _parameters(one)]:
        yield "Link"
    if {201, 303, 308} & {*one.statuses}:
        yield "Location"


def _pages(one: Operation) -> bool:
    """Whether somebody who would rather have pages is shown them."""
    formats = [given["schema"]["enum"] for given in _parameters(one) if given["name"] == "format"]
    return HTML in one.answers or "html" in [name for names in formats for name in names]


def _content(answers: Answers, schemas: Schemas) -> dict[str, Any]:
    return {media: {"schema": _schema(of, schemas)} for media, of in answers.items()}


def _schema(of: Any, schemas: Schemas) -> Schema:
    """The schema of what a route answers or reads: of a type, or as it is written."""
    if isinstance(of, Mapping):
        return dict(of)
    return _linked(of.of, schemas) if isinstance(of, Linked) else schemas.of(of)


def _linked(of: Any, schemas: Schemas) -> Schema:
    """A type's schema with ``@context`` before the rest."""
    name = f"{name_of(of)}Answer"
    if name not in schemas.named:
        plain = schemas.shape(of)
        context = {"@context": schemas.of(Iri)}
        schemas.named[name] = {
            **plain,
            "properties": {**context, **plain["properties"]},
            "required": [*context, *plain["required"]],
        }
    return {"$ref": f"#/components/schemas/{name}"}


def _failure(status: int, *, shown: bool) -> dict[str, Any]:
    """A problem; as a page too for those who are shown pages."""
    if status < 400:
        where = {"Location": {"$ref": "#/components/headers/Location"}}
        return {"description": "Elsewhere.", "headers": where}
    content: dict[str, Any] = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    if shown:
        content[HTML] = {"schema": {"type": "string"}}
    return {"description": FAILURES[status], "content": content}


FAILURES: Final = {
    400: "A parameter or query that cannot be honoured; detail says what is allowed.",
    401: "The token is missing, or not the one that is set.",
    403: "Writing is off, or this is not the caller's to write.",
    404: "Nothing of this name.",
    406: "None of the media types accepted is offered.",
    410: "The snapshot is not kept any more; start again.",
    413: "More was sent than is read.",
    415: "A body of another media type.",
    422: "It can be read, and asks for what is not done here.",
    503: "A declared limit was reached, or the store is busy.",
}
