"""``/sparql``: the query operation of the SPARQL 1.1 Protocol, and the service description.

=================================  =========================================================
request                            what is read
=================================  =========================================================
GET                                ``query``, ``default-graph-uri``, ``named-graph-uri``
POST, a form                       the same, from the body
POST, application/sparql-query     the body is the query; the graphs stand in the URL
GET without ``query``              the service is described
=================================  =========================================================

``format`` (json, xml, csv, tsv; turtle, trig, ntriples, nquads, jsonld, rdfxml) stands in for
an Accept header where none can be set, in a link for instance.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from api.description import describe
from api.errors import UnsupportedMedia
from api.negotiate import GRAPHS, TABLES, Offer, by_name, choose, share, wants_html
from kg.config import ALL, Settings
from kg.errors import BadInput, BadQuery
from kg.sparql import require_query
from kg.store import Dataset, Queryable
from kg.store.querytext import form, names_dataset

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"

Page = Callable[[], Response]


@dataclass(frozen=True, slots=True)
class Operation:
    """A query as a request gives it; ``format`` is a short name that overrides Accept."""

    text: str
    dataset: Dataset | None
    format: str | None


def blueprint(queryable: Queryable, settings: Settings, *, page: Page | None = None) -> Blueprint:
    """The routes of the endpoint.

    ``page`` answers a GET of a client that would rather read HTML; without it none is offered.
    """
    routes = Blueprint("sparql", __name__)

    @routes.get("/sparql")
    def ask() -> Response:
        accept = request.headers.get("Accept")
        if page is not None and "format" not in request.args and wants_html(accept, _EVERY):
            return page()
        if not {"query", "update"} & request.args.keys():
            return _description(settings.base)
        return _answer(queryable, _plain(operation(request.args), settings))

    @routes.post("/sparql")
    def ask_by_post() -> Response:
        return _answer(queryable, _plain(posted(), settings))

    @routes.after_request
    def finish(response: Response) -> Response:
        response.vary.add("Accept")
        return share(response)

    return routes


_EVERY: Final = (*TABLES, *GRAPHS)


def posted() -> Operation:
    """The query of a POST in either of its two forms."""
    if request.mimetype == DIRECT:
        return operation(request.args, text=_utf8(request.get_data()))
    if request.mimetype == FORM:
        return operation(request.form)
    raise UnsupportedMedia(request.mimetype, (FORM, DIRECT))


def operation(given: MultiDict[str, str], *, text: str | None = None) -> Operation:
    """The query among these parameters, or this text; BadInput if it is not there once."""
    if text is None:
        text = _the_query(given)
    defaults = tuple(given.getlist("default-graph-uri"))
    named = tuple(given.getlist("named-graph-uri"))
    dataset = Dataset(defaults, named) if defaults or named else None
    return Operation(text, dataset, given.get("format"))


def _plain(asked: Operation, settings: Settings) -> Operation:
    """In a store that is opened whole, a default graph nobody names is the store's own."""
    if settings.writable != ALL or asked.dataset is not None or names_dataset(asked.text):
        return asked
    return replace(asked, dataset=Dataset(None))


def _the_query(given: MultiDict[str, str]) -> str:
    queries = given.getlist("query")
    if "update" in given:
        raise BadInput(
            "this endpoint only answers queries (SELECT, ASK, CONSTRUCT, DESCRIBE); it takes no "
            "update"
        )
    if len(queries) != 1:
        raise BadInput(f"there are {len(queries)} query parameters; exactly one is wanted")
    return queries[0]


def _utf8(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadQuery(f"the query is not UTF-8: {error}") from None


def _answer(queryable: Queryable, asked: Operation) -> Response:
    """What the query says, in the format the client likes best for its form."""
    require_query(asked.text)
    if form(asked.text) == "construct":
        graph = _format(asked.format, GRAPHS).media_type
        answer = queryable.query(asked.text, dataset=asked.dataset, graph=graph)
    else:
        table = _format(asked.format, TABLES).media_type
        answer = queryable.query(asked.text, dataset=asked.dataset, table=table)
    return Response(answer.body, mimetype=answer.media_type)


def _format(name: str | None, offers: tuple[Offer, ...]) -> Offer:
    return by_name(name, offers) if name else choose(request.headers.get("Accept"), offers)


def _description(base: str) -> Response:
    wanted = _format(request.args.get("format"), GRAPHS)
    body = describe(request.base_url, base, wanted.media_type)
    return Response(body, mimetype=wanted.media_type)
