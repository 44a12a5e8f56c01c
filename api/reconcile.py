"""``/reconcile``: names of a list of one's own matched with actors and places (OpenRefine).

Reconciliation Service API 0.2: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import json
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Final, NotRequired, TypedDict

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from api import parameters as p
from api.face import as_json, face, site
from api.routes import json as json_of
from api.routes import page, route
from kg import records
from kg.errors import BadInput, NotFound, TooLong
from kg.filters import Kind, find
from kg.filters.language import TYPES
from kg.filters.lookup import near
from kg.filters.names import words
from kg.records import Json
from kg.vocab import CK

blueprint = Blueprint("reconcile", __name__)

PLACE: Final = "Place"
NAMES: Final = {"Actor": "Actor", **{name: name for name in TYPES}, PLACE: PLACE}
LIMIT: Final = 10
MOST: Final = 100
"""Queries of one request."""
FRAMED: Final = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors *"
"""Content-Security-Policy of a preview: OpenRefine shows it in a frame."""
_FORM: Final = {"type": "object", "properties": {"queries": p.STRING}, "required": ["queries"]}
_QUERIES: Final = p.query("queries", 'JSON: {"q0": {"query": "a name", "type": …}, …}.', p.STRING)


class TypeName(TypedDict):
    """A type of things; its id is the last part of its IRI."""

    id: str
    name: str


class Candidate(TypedDict):
    """Who or what may be meant; match where only one has exactly that name."""

    id: str
    name: str
    type: list[TypeName]
    score: float
    match: bool


class Candidates(TypedDict):
    """Those that a query may mean, the likeliest first."""

    result: list[Candidate]


class Address(TypedDict):
    """An address in which {{id}} stands for an id; width and height are pixels."""

    url: str
    width: NotRequired[int]
    height: NotRequired[int]


class Manifest(TypedDict):
    """What this service is, as a client of the Reconciliation API reads it."""

    versions: list[str]
    name: str
    identifierSpace: str
    schemaSpace: str
    defaultTypes: list[TypeName]
    view: Address
    preview: Address


@route(
    blueprint,
    "/reconcile",
    answers=json_of(Manifest | dict[str, Candidates]),
    parameters=(_QUERIES,),
    failures=(400, 413, 503),
    tag="questions",
)
def reconcile() -> ResponseReturnValue:
    """Who may be meant by names, for OpenRefine; without queries, what this service is."""
    queries = request.args.get("queries")
    return as_json(_manifest() if queries is None else _answers(queries))


@route(
    blueprint,
    "/reconcile",
    method="post",
    answers=json_of(dict[str, Candidates]),
    failures=(400, 503),
    body={"application/x-www-form-urlencoded": _FORM},
    tag="questions",
)
def reconcile_by_post() -> ResponseReturnValue:
    """Who may be meant by names, for OpenRefine."""
    queries = request.form.get("queries")
    if queries is None:
        raise BadInput("there are no queries; send a form with queries as JSON")
    return as_json(_answers(queries))


@route(
    blueprint,
    "/reconcile/preview",
    answers=page(),
    parameters=({**p.query("id", "The IRI of an actor or a place.", p.IRI), "required": True},),
    failures=(400, 404, 503),
    tag="questions",
)
def preview() -> Response:
    """An actor or a place in few words, for a frame."""
    iri = request.args.get("id", "")
    kinds: tuple[Kind, ...] = ("actors", "places")
    for kind in kinds:
        if iri.startswith(face().settings.base) and (ids := find(face().store, kind, iri)):
            (record,) = records.by_ids(face().store, kind, ids)
            text = render_template("preview.html", record=record)
            return Response(text, headers={"Content-Security-Policy": FRAMED})
    raise NotFound(f"no actor and no place is {iri!r}")


def _manifest() -> Manifest:
    return {
        "versions": ["0.2"],
        "name": "conflict-kg",
        "identifierSpace": face().settings.base,
        "schemaSpace": CK,
        "defaultTypes": [{"id": one, "name": name} for one, name in NAMES.items()],
        "view": {"url": "{{id}}"},
        "preview": {
            "url": f"{site()}reconcile/preview?id={{{{id}}}}",
            "width": 400,
            "height": 200,
        },
    }


def _answers(text: str) -> dict[str, Candidates]:
    try:
        queries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"queries is not JSON: {error}") from None
    if not isinstance(queries, dict):
        raise BadInput('queries is no object; send {"q0": {"query": "a name"}}')
    if len(queries) > MOST:
        said = f"there are {len(queries)} queries, and at most {MOST} are read; send them in parts"
        raise TooLong(said, limit="queries", value=MOST)
    return {name: {"result": _result(name, query)} for name, query in queries.items()}


def _result(name: str, query: object) -> list[Candidate]:
    if not isinstance(query, dict) or not isinstance(query.get("query"), str):
        raise BadInput(f'{name} is {query!r}; it must be such as {{"query": "a name"}}')
    limit = query.get("limit", LIMIT)
    if not isinstance(limit, int) or limit < 1:
        raise BadInput(f"limit of {name} is {limit!r}; it must be a whole number above 0")
    text, types = query["query"], set(_types(name, query))
    return _ranked(text, types)[:limit] if words(text) else []


def _types(name: str, query: Mapping[Any, Any]) -> Iterator[str]:
    given = query.get("type") or []
    for one in given if isinstance(given, list) else [given]:
        if not isinstance(one, str) or one not in NAMES:
            raise BadInput(f"type of {name} is {one!r}; there are {', '.join(NAMES)}")
        yield one


def _ranked(text: str, types: set[str]) -> list[Candidate]:
    """All that may be meant; where two are called exactly that, neither is the match."""
    found = [
        _candidate(text, kind, one)
        for kind in _kinds(types)
        for one in records.by_ids(face().store, kind, _near(kind, text))
    ]
    kept = [one for one in found if not types or types & {kind["id"] for kind in one["type"]}]
    kept.sort(key=lambda one: (-one["score"], one["name"], one["id"]))
    if len(kept) > 1 and kept[1]["match"]:
        kept = [{**one, "match": False} for one in kept]
    return kept


def _kinds(types: set[str]) -> list[Kind]:
    kinds: list[Kind] = []
    if not types or types - {PLACE}:
        kinds.append("actors")
    if not types or PLACE in types:
        kinds.append("places")
    return kinds


def _near(kind: Kind, text: str) -> list[str]:
    """Those who are called so, else those whose names are written much like it."""
    store = face().store
    names = [text] if "://" not in text else []
    found = [iri for name in names for iri in find(store, kind, name)]
    return found or [iri for name in near(store, kind, text) for iri in find(store, kind, name)]


def _candidate(text: str, kind: Kind, record: Json) -> Candidate:
    called = [name for name in (record["label"], *record["aliases"]) if name]
    score = max((_alike(text, name) for name in called), default=0.0)
    type = PLACE if kind == "places" else record["type"]
    types = [type] if type in ("Actor", PLACE) else [type, "Actor"]
    return {
        "id": record["id"],
        "name": record["label"] or "",
        "type": [{"id": one, "name": NAMES[one]} for one in types],
        "score": score,
        "match": score == 100.0,
    }


def _alike(one: str, other: str) -> float:
    """How alike two names are, from 0 to 100: 100 if they are the same words."""
    first, second = " ".join(words(one)), " ".join(words(other))
    return round(100.0 * SequenceMatcher(None, first, second).ratio(), 1)
