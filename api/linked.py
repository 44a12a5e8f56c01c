"""JSON that is JSON-LD too: its ``@context`` says which triples of the graph each key is.

The contexts stand in ``ontology/answers``; ``derived.rq`` beside them says what an answer tells
beyond the triples of the view. https://www.w3.org/TR/json-ld11/
"""

import json as jsontext
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from flask import Blueprint, Response

from api import parameters as p
from api.face import as_json, site
from api.routes import route
from kg.errors import NotFound
from kg.filters import Kind
from kg.vocab import ontology_dir

MEDIA_TYPE: Final = "application/ld+json"
LIST: Final = "record.jsonld"
"""The context of every list, and of a statement."""
RECORDS: Final[Mapping[Kind, str]] = {
    "statements": LIST,
    "events": "event.jsonld",
    "actors": "actor.jsonld",
    "places": "place.jsonld",
    "articles": "article.jsonld",
}
"""The context of a record with all that leads to and from it."""

SEARCH: Final = "search.jsonld"
CONTEXTS: Final = (*dict.fromkeys(RECORDS.values()), SEARCH)

blueprint = Blueprint("linked", __name__)


@route(
    blueprint,
    "/context/<name>",
    answers={MEDIA_TYPE: dict[str, Any]},
    parameters=(p.path("name", "Which.", p.listed(CONTEXTS)),),
    failures=(404,),
    tag="about",
)
def context(name: str) -> Response:
    """A JSON-LD context: which properties the keys of an answer are."""
    if name not in CONTEXTS:
        raise NotFound(
            f"no context {name!r}; there are {', '.join(dict.fromkeys(RECORDS.values()))}"
        )
    return as_json(_read(name), media_type=MEDIA_TYPE)


def linked(found: Mapping[str, Any], name: str) -> Response:
    """A JSON answer that begins with the address of its context."""
    return as_json({"@context": address(name), **found})


def address(name: str) -> str:
    """Where a context is served."""
    return f"{site()}context/{name}"


@cache
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = jsontext.loads((ontology_dir() / "answers" / name).read_text("utf-8"))
    return found
