"""Lists and records as JSON, or as a page for whoever asks for HTML; records as RDF too.

An IRI of the store opened in a browser leads here: ``/{kind}/{slug}-{key}``. Only the key
counts; the key of a member leads, by 303, to the cluster of today.
"""

from functools import partial
from typing import Any, Final, Literal, TypedDict
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, make_response, redirect, request
from flask.typing import ResponseReturnValue

from api import lists, pages, showing
from api import parameters as p
from api.face import JSON, as_json, face, liked
from api.linked import RECORDS, linked
from api.negotiate import GRAPHS, HTML, Offer, by_name
from api.routes import Linked, formats, json, page, route
from api.seen import answered
from kg import records, terms
from kg.errors import NotFound
from kg.filters import KINDS, Kind
from kg.iri import graph_iri
from kg.records import Moved, shapes
from kg.records.shapes import Page
from kg.sparql import select, values

SINGULAR: Final[dict[Kind, str]] = {kind: kind.removesuffix("s") for kind in KINDS}
"""List → the kind in an IRI: ``statements`` → ``statement``."""

RECORD: Final = (JSON, HTML, *GRAPHS)
"""What a record comes as."""

EXAMPLES: Final[dict[Kind, str]] = {
    "statements": "act=request&mode=investigate&facets=speaker&limit=2",
    "events": "event_type=ASSAULT&from=2021&histogram=month&limit=2",
    "actors": "type=Person&limit=2",
    "places": "precision=settlement&limit=2",
    "articles": "sort=-published&limit=2",
}
"""Queries of the lists that show what they take."""

SHOWN_WITH: Final = {
    "report": "?thing a ck:EventReport . ?to ck:report ?thing",
    "membership": "?thing org:member ?to",
    "link": "?thing a ck:Link ; rdf:subject ?to",
}
"""Kinds of IRI without a record of their own → how ``?to`` is found, with which they are shown."""
ENDINGS: Final = {"turtle": "ttl", "ntriples": "nt", "nquads": "nq", "rdfxml": "rdf"}
"""Format → what its addresses end in, where that is not its name."""
SIGNS: Final = {"json": "application/json", "ttl": "text/turtle", "jsonld": "application/ld+json"}
"""Endings that an answer leads to, and what they are."""

blueprint = Blueprint("resources", __name__)


def listing(kind: Kind) -> ResponseReturnValue:
    """One page of a list, or all of it."""
    found = lists.answer(kind)
    return pages.listing(kind) if found is None else found


def record(kind: Kind, ident: str) -> ResponseReturnValue:
    """One record with everything that leads to and from it.

    An ending (``.ttl``) stands in for an Accept header, and stays where the address leads on.
    """
    ident, end = _apart(ident)
    wanted = by_name(end[1:], RECORD) if end else liked(RECORD)
    found = records.one(face().store, kind, ident)
    here = f"{face().settings.base}{SINGULAR[kind]}/{ident}"
    if isinstance(found, Moved) or found["id"] != here:
        return moved(found.id if isinstance(found, Moved) else found["id"], end=end)
    if wanted in GRAPHS:
        return _as_rdf(here, wanted, end)
    response = make_response(
        showing.page(kind, found) if wanted is HTML else linked(found, RECORDS[kind])
    )
    return _signposted(response, here)


def thing(kind: str, ident: str) -> ResponseReturnValue:
    """What has an IRI and no record: as RDF itself, else what it is shown with."""
    ident, end = _apart(ident)
    wanted = by_name(end[1:], RECORD) if end else liked(RECORD)
    node = f"{face().settings.base}{kind}/{ident}"
    found = select(face().store, f"SELECT ?to {{ {_shown_with(kind, node)} }} ORDER BY ?to LIMIT 1")
    if not found:
        raise NotFound(f"no {kind} {ident!r}; it is gone, or never was")
    return _as_rdf(node, wanted, end) if wanted in GRAPHS else moved(found[0]["to"])


def _shown_with(kind: str, node: str) -> str:
    """What leads from such a thing to the record that shows it, as ``?to``."""
    if not node.removeprefix(face().settings.base).replace("/", "").isalnum():
        raise NotFound(f"{node} is no IRI of a {kind}")
    return f"{values('thing', [node])} {SHOWN_WITH[kind]}"


def _signposted(response: Response, iri: str) -> Response:
    """How else it can be had, and what to cite (https://signposting.org/FAIR/)."""
    here = _path(iri)
    for ending, media_type in SIGNS.items():
        leads = "alternate" if media_type == JSON.media_type else "describedby alternate"
        response.headers.add("Link", f'<{here}.{ending}>; rel="{leads}"; type="{media_type}"')
    response.headers.add("Link", f'<{iri}>; rel="cite-as"')
    return response


def _apart(ident: str) -> tuple[str, str]:
    """The last part of an IRI without, and with nothing but, the ending of a format."""
    stem, dot, ending = ident.rpartition(".")
    names = {name for one in RECORD for name in (one.name, *one.endings)}
    return (stem, dot + ending) if ending in names else (ident, "")


def _as_rdf(iri: str, wanted: Offer, end: str) -> ResponseReturnValue:
    """Every triple of the view that has this thing at either end.

    The IRI is the thing's; what is said of it has an address of its own, to which Accept leads.
    """
    if not end and "format" not in request.args:
        return moved(iri, end=f".{ENDINGS.get(wanted.name, wanted.name)}")
    node = terms.iri(iri)
    text = (
        f"CONSTRUCT {{ {node} ?leads ?to . ?from ?comes {node} }} "
        f"WHERE {{ {{ {node} ?leads ?to }} UNION {{ ?from ?comes {node} }} }}"
    )
    response = answered(face().store.query(text, graph=wanted.media_type))
    response.headers.add("Link", f'<{iri}>; rel="describes"')
    return response


def plural(kind: Kind, ident: str) -> ResponseReturnValue:
    """``/statements/{id}`` is ``/statement/{id}``."""
    return moved(f"{face().settings.base}{SINGULAR[kind]}/{ident}", code=308)


class Health(TypedDict):
    """Whether it is well."""

    status: Literal["ok"]


@route(blueprint, "/healthz", answers=json(Health), tag="about", failures=())
def health() -> Response:
    """Whether the server is alive; nothing is asked of the store."""
    return as_json({"status": "ok"})


@route(blueprint, "/readyz", answers=json(Health), tag="about", failures=(503,))
def ready() -> Response:
    """Whether the store answers; a store that does not is an error."""
    face().store.query("ASK {}")
    return as_json({"status": "ok"})


def moved(iri: str, *, end: str = "", code: int = 303) -> ResponseReturnValue:
    """To the address of an IRI of this store, and on from there."""
    query = f"?{urlencode(list(request.args.items(multi=True)))}" if request.args else ""
    return redirect(f"{_path(iri)}{quote(end)}{query}", code=code)


def _path(iri: str) -> str:
    return f"{request.script_root}/{quote(iri.removeprefix(face().settings.base))}"


@route(
    blueprint,
    "/graph/<name>",
    answers={},
    parameters=(p.path("name", "Which graph.", p.listed(("view", "judgements"))),),
    failures=(400, 406),
    status=303,
)
def graph(name: str) -> ResponseReturnValue:
    """A graph that the service keeps; leads to its triples."""
    iri = graph_iri(face().settings.base, name)
    asked = {"query": f"SELECT * {{ GRAPH <{iri}> {{ ?s ?p ?o }} }} LIMIT 100"}
    html = liked((GRAPHS[0], HTML, *GRAPHS[1:])) is HTML
    leads = f"sparql?{urlencode(asked)}" if html else f"graphs?{urlencode({'graph': iri})}"
    return redirect(f"{request.script_root}/{leads}", code=303)


_PAGES: Final[dict[Kind, Any]] = {
    "statements": Page[shapes.Statement],
    "events": Page[shapes.Event],
    "actors": Page[shapes.Actor],
    "places": Page[shapes.Place],
    "articles": Page[shapes.Article],
}
_RECORDS: Final[dict[Kind, Any]] = {
    "statements": shapes.StatementRecord,
    "events": shapes.EventRecord,
    "actors": shapes.ActorRecord,
    "places": shapes.PlaceRecord,
    "articles": shapes.ArticleRecord,
}


def _add(kind: Kind) -> None:
    """The three routes of a kind of record."""
    one, kinds = SINGULAR[kind], {"kind": kind}
    route(
        blueprint,
        f"/{kind}",
        endpoint=kind,
        defaults=kinds,
        summary=f"A page of {kind}, or all of them.\n\n"
        "As application/x-ndjson or text/csv the list comes whole, unless limit is given.",
        answers={
            **page(Linked(_PAGES[kind])),
            **formats(one for one in lists.offers(kind) if one not in (JSON, HTML)),
        },
        parameters=(
            partial(p.selecting, kind),
            partial(p.shaping, kind),
            p.representation(*(one.name for one in lists.offers(kind))),
        ),
        example=EXAMPLES[kind],
    )(listing)
    route(
        blueprint,
        f"/{one}/<ident>",
        endpoint=one,
        defaults=kinds,
        summary=f"One {one} with everything that leads to and from it.\n\n"
        "A member's key leads, by 303, to the record of today.",
        answers={**page(Linked(_RECORDS[kind])), **formats(GRAPHS)},
        parameters=(p.IDENT, p.representation(*(offer.name for offer in RECORD))),
        failures=(303, 400, 404, 406, 503),
    )(record)
    route(
        blueprint,
        f"/{kind}/<ident>",
        endpoint=f"{kind}_one",
        defaults=kinds,
        summary=f"Leads to /{one}/{{ident}}.",
        answers={},
        parameters=(p.IDENT,),
        failures=(),
        status=308,
    )(plural)


for _kind in KINDS:
    _add(_kind)
for _name in SHOWN_WITH:
    route(
        blueprint,
        f"/{_name}/<ident>",
        endpoint=_name,
        defaults={"kind": _name},
        summary=f"A {_name} by its IRI: as RDF itself, else what it is shown with.",
        answers=formats(GRAPHS),
        parameters=(p.IDENT, p.representation(*(offer.name for offer in RECORD))),
        failures=(303, 400, 404, 406, 503),
    )(thing)
