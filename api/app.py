"""The application: SPARQL, JSON and pages over one store."""

from typing import Final

from flask import Flask, Response, render_template, request
from werkzeug.datastructures import Headers

from api import (
    articles,
    changes,
    compress,
    description,
    docs,
    errors,
    explain,
    export,
    forms,
    graph,
    graphs,
    judgements,
    linked,
    metrics,
    ontology,
    openapi,
    pages,
    questions,
    reconcile,
    resources,
    saved,
    search,
    sparql,
    templating,
    update,
    vocabulary,
)
from api.documents import ask_from, outside
from api.errors import NotAcceptable, Problem
from api.face import EXTENSION, Explain, Face, Keeper, wants_html
from api.negotiate import share
from api.seen import Seen, release, sign, unchanged
from kg import projection
from kg.config import Settings
from kg.errors import BadInput
from kg.index.reading import Reader
from kg.query.saved import Saved, shelf
from kg.store.base import Service
from kg.store.federation import Federating
from kg.store.outside import Outside

POLICY: Final = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
"""Content-Security-Policy of every answer: nothing from another host is loaded, asked or run."""

HEADERS: Final = (
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)


_CONDITIONS: Final = frozenset(("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH"))
"""What a request says where it wants an answer only if that has changed.

Not If-Modified-Since: two snapshots of one second would pass for one.
"""

ROOMS: Final = (
    *(pages, articles, judgements, resources, search, linked, explain, graph, export),
    *(questions, saved, changes),
    *(vocabulary, ontology, openapi, docs, metrics, reconcile),
)
"""Those whose routes ask the face of the application."""


def create_app(
    store: Service,
    settings: Settings,
    *,
    explainer: Explain | None = None,
    keeper: Keeper | None = None,
    web: Outside | None = None,
    index: Reader | None = None,
) -> Flask:
    """The application over a store, or over a pool of query workers.

    It reads no environment and opens no store; ``settings.base`` must be the store's base.
    ``explainer`` tells why findings are what they are; without it pages have no link to that.
    ``keeper`` takes articles in and out; without it that is refused. ``web`` fetches pages that
    are to be read: those of the public internet, if it is not given. ``index`` answers lists,
    counts and searches; without it the store does.
    """
    app = Flask(__name__)
    servers = outside(settings)
    ask = None if servers is None else ask_from(servers)
    app.config["KG_BASE"] = settings.base
    app.extensions[EXTENSION] = Face(
        store,
        settings,
        explain=explainer,
        saved=Saved(shelf(settings.store)),
        ask=ask,
        keep=keeper,
        index=index,
        shelf=projection.shelf(settings.store),
        web=web or Outside(None, settings.max_source_mb << 20, settings.query_seconds),
    )
    for limit in ("MAX_CONTENT_LENGTH", "MAX_FORM_MEMORY_SIZE"):
        app.config[limit] = settings.max_source_mb << 20
    app.url_map.strict_slashes = False
    templating.prepare(app)
    metrics.measure(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    asked = Seen(store)
    answers = asked if ask is None else Federating(asked, ask)
    app.register_blueprint(sparql.blueprint(answers, settings, page=questions.sparql_page))
    app.register_blueprint(description.blueprint(asked, settings))
    app.register_blueprint(update.blueprint(asked, settings, servers=servers))
    app.register_blueprint(graphs.blueprint(asked, settings))
    errors.register(app, page=problem_page)
    app.before_request(forms.tidied)
    app.before_request(lambda: unchanged(store))
    app.after_request(finish)
    app.teardown_request(release)
    return app


def problem_page(problem: Problem) -> Response | None:
    """The page of a problem, for clients that would rather read one."""
    try:
        if not wants_html():
            return None
    except (NotAcceptable, BadInput):
        return None
    body = render_template("error.html", problem=problem)
    return Response(body, status=problem.status, headers=Headers(dict(problem.headers)))


def finish(response: Response) -> Response:
    """What every answer carries; an unchanged one is 304, a long one packed where that is taken."""
    for name, value in HEADERS:
        response.headers.setdefault(name, value)
    if response.status_code == 204:
        response.headers.remove("Content-Type")
    response.vary.add("Accept")
    response.headers.setdefault("Cache-Control", "no-cache")
    share(response)
    sign(response)
    encoded = compress.encoding(request, response)
    if request.method in ("GET", "HEAD") and response.status_code == 200:
        if response.is_streamed or response.direct_passthrough:
            # Else werkzeug reads it whole, to say how long it is.
            response.implicit_sequence_conversion = False
        else:
            response.add_etag()
        compress.tag(response, encoded)
        if _CONDITIONS & request.environ.keys():
            request.environ.pop("HTTP_IF_MODIFIED_SINCE", None)
            response.make_conditional(request)
    if encoded and response.status_code == 200:
        compress.pack(request, response)
    return response
