"""``/sparql``: the query operation of the SPARQL 1.1 Protocol, and the service description.

=================================  =========================================================
request                            what is read
=================================  =========================================================
GET, HEAD                          ``query``, ``default-graph-uri``, ``named-graph-uri``
POST, a form                       the same, from the body and the URL
POST, application/sparql-query     the body is the query; the graphs stand in the URL
GET without ``query``              the service is described
=================================  =========================================================

``format``, or an ending in the path (``/sparql.csv``), stands in for an Accept header where none
can be set, in a link for instance: json, xml, csv, tsv for tables; turtle, trig, ntriples, nquads,
jsonld, rdfxml for graphs; and the endings of such files (srj, srx, ttl, nt, nq, rdf; json and xml
mean JSON-LD and RDF/XML of a graph).

Nothing here reads the text of a query: what it asks for is known once it is answered, so a format
for a table and one for a graph go with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from api import description
from api import parameters as p
from api.errors import BYTES, UnsupportedMedia
from api.negotiate import GRAPHS, TABLES, Offer, by_name, choose, wants_html
from api.routes import HTML, View, formats, route
from api.seen import answered
from kg.config import ALL, Settings
from kg.errors import BadInput, BadQuery, NoFormat
from kg.store import Dataset, Queryable
from kg.store.text.querytext import require_short

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"

Page = Callable[[], Response]
_EVERY: Final = (*TABLES, *GRAPHS)


@dataclass(frozen=True, slots=True)
class Operation:
    """A query as a request gives it; ``format`` is a short name that overrides Accept."""

    text: str
    dataset: Dataset | None
    format: str | None


NAMED: Final = p.representation(*p.names(_EVERY))
ENDING: Final = p.path("ending", "Instead of an Accept header.", NAMED["schema"])
_TABLES: Final = {**formats(TABLES), TABLES[0].media_type: dict[str, Any]}
_DATASET: Final = tuple(
    p.query(name, "SPARQL 1.1 Protocol.", p.IRIS)
    for name in ("default-graph-uri", "named-graph-uri")
)
_FORM: Final = {
    "type": "object",
    "properties": {
        "query": p.STRING,
        "format": p.STRING,
        **{one["name"]: p.IRIS for one in _DATASET},
    },
    "required": ["query"],
}
_FAILURES: Final = (400, 406, 413, 422, 503)


EXAMPLE: Final = "query=SELECT+*+{+?s+?p+?o+}+LIMIT+2&format=json"


def _asked(routes: Blueprint, rule: str, given: p.Parameter) -> Callable[[View], View]:
    """A route that asks by GET."""
    text = p.query("query", "SPARQL 1.1; without it the service is described.", p.STRING)
    return route(
        routes,
        rule,
        answers={**_TABLES, **formats(GRAPHS), **({HTML: str} if given["in"] == "query" else {})},
        parameters=(text, *_DATASET, given),
        failures=_FAILURES,
        tag="sparql",
        example=EXAMPLE if given["in"] == "query" else "",
    )


def _posted(routes: Blueprint, rule: str, given: p.Parameter) -> Callable[[View], View]:
    """A route that asks by POST."""
    return route(
        routes,
        rule,
        method="post",
        answers={**_TABLES, **formats(GRAPHS)},
        parameters=(*_DATASET, given),
        failures=_FAILURES,
        body={FORM: _FORM, DIRECT: str},
        tag="sparql",
    )


def blueprint(queryable: Queryable, settings: Settings, *, page: Page | None = None) -> Blueprint:
    """The routes of the endpoint.

    ``page`` answers a GET of a client that would rather read HTML; without it none is offered.
    """
    routes = Blueprint("sparql", __name__)

    @_asked(routes, "/sparql", NAMED)
    @_asked(routes, "/sparql.<ending>", ENDING)
    def ask(ending: str | None = None) -> Response:
        """Ask in SPARQL, or have the service described."""
        named = ending or request.args.get("format")
        if page is not None and not named and wants_html(request.headers.get("Accept"), _EVERY):
            return page()
        if not {"query", "update"} & request.args.keys():
            return description.service(settings, description.wanted(named))
        return _answer(queryable, operation(request.args, format=named), settings)

    @_posted(routes, "/sparql", NAMED)
    @_posted(routes, "/sparql.<ending>", ENDING)
    def ask_by_post(ending: str | None = None) -> Response:
        """Ask in SPARQL."""
        request.max_content_length = BYTES * settings.query_characters
        return _answer(queryable, posted(ending), settings)

    return routes


def posted(format: str | None = None) -> Operation:
    """The query of a POST in either of its two forms."""
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise UnsupportedMedia(request.headers["Content-Type"], (FORM, DIRECT))
    if request.mimetype == DIRECT:
        return operation(request.args, text=_utf8(request.get_data()), format=format)
    if request.mimetype == FORM:
        return operation(CombinedMultiDict([request.form, request.args]), format=format)
    raise UnsupportedMedia(request.mimetype, (FORM, DIRECT))


def operation(
    given: MultiDict[str, str], *, text: str | None = None, format: str | None = None
) -> Operation:
    """The query among these parameters, or this text; BadInput if it is not there once."""
    if text is None:
        text = _the_query(given)
    elif "query" in given:
        raise BadInput("there is a query in the body and one in the URL; exactly one is wanted")
    defaults = tuple(given.getlist("default-graph-uri"))
    named = tuple(given.getlist("named-graph-uri"))
    dataset = Dataset(defaults, named) if defaults or named else None
    return Operation(text, dataset, format or given.get("format"))


def _plain(asked: Operation, settings: Settings) -> Operation:
    """In a store that is opened whole, a default graph nobody names is the store's own."""
    if settings.writable == ALL and asked.dataset is None:
        return replace(asked, dataset=Dataset(None))
    return asked


def _the_query(given: MultiDict[str, str]) -> str:
    queries = given.getlist("query")
    if "update" in given:
        raise BadInput(
            "this endpoint only answers queries (SELECT, ASK, CONSTRUCT, DESCRIBE); it takes no "
            "update, /sparql/update does"
        )
    if len(queries) != 1:
        raise BadInput(f"there are {len(queries)} query parameters; exactly one is wanted")
    return queries[0]


def _utf8(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadQuery(f"the query is not UTF-8: {error}") from None


def _answer(queryable: Queryable, given: Operation, settings: Settings) -> Response:
    """What the query says, in the format the client likes best for what it asks."""
    require_short(given.text, settings.query_characters)
    asked = _plain(given, settings)
    table, graph = _like(asked.format, TABLES), _like(asked.format, GRAPHS)
    if not table and not graph:
        _format(asked.format, _EVERY)
    try:
        answer = queryable.query(asked.text, dataset=asked.dataset, table=table, graph=graph)
    except NoFormat as error:
        _format(asked.format, GRAPHS if error.form == "construct" else TABLES)
        raise
    return answered(answer)


def _like(name: str | None, offers: tuple[Offer, ...]) -> str:
    """The media type the client likes best among these; nothing if it takes none of them."""
    try:
        return _format(name, offers).media_type
    except BadInput:
        return ""


def _format(name: str | None, offers: tuple[Offer, ...]) -> Offer:
    return by_name(name, offers) if name else choose(request.headers.get("Accept"), offers)
