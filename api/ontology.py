"""``/ontology``: the vocabulary and its code lists, where https://w3id.org/conflict-kg leads.

A term of the vocabulary is a part of the whole (``/ontology#speaker``), a code has an address of
its own (``/ontology/act/request``), which leads to its place on the page, or is RDF by itself.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from api import parameters as p
from api.face import liked
from api.negotiate import GRAPHS, HTML
from api.routes import formats, page, route
from api.vocabulary import whole
from kg.errors import NotFound
from kg.store.evaluate import GRAPHS as FORMATS
from kg.vocab import CODES, PREFIXES, concepts, ontology_dir

blueprint = Blueprint("ontology", __name__)

FILES: Final = ("kg.ttl", "concepts.ttl")
OFFERS: Final = (GRAPHS[0], HTML, *GRAPHS[1:])
"""Turtle, a page, and the other formats of graphs."""


@route(
    blueprint,
    "/ontology",
    answers={**page(), **formats(GRAPHS)},
    parameters=(p.representation(*p.names(OFFERS)),),
    failures=(400, 406),
    tag="about",
)
def ontology() -> ResponseReturnValue:
    """The vocabulary: classes, properties and code lists, with what they mean."""
    wanted = liked(OFFERS)
    if wanted is not HTML:
        return _written(list(_triples()), wanted.media_type)
    words = whole()["words"]
    return render_template(
        "ontology.html",
        terms=[one for one in words if one["term"].startswith("ck:")],
        schemes=concepts(),
    )


@route(
    blueprint,
    "/ontology/<path:code>",
    answers=formats(GRAPHS),
    parameters=(
        p.path("code", "A code with its scheme.", example="act/request"),
        p.representation(*p.names(OFFERS)),
    ),
    failures=(303, 400, 404, 406),
    tag="about",
)
def code(code: str) -> ResponseReturnValue:
    """A code as RDF, or its place on the page of the vocabulary."""
    wanted = liked(OFFERS)
    iri = f"{CODES}{code}"
    found = [one for one in _triples() if str(one.subject) == f"<{iri}>"]
    if not found:
        raise NotFound(f"no code {code!r}; /ontology has them all")
    if wanted is HTML:
        return redirect(f"{request.script_root}/ontology#{code}", code=303)
    return _written(found, wanted.media_type)


def _written(found: list[ox.Triple], media_type: str) -> Response:
    body = ox.serialize(found, format=FORMATS[media_type], prefixes=dict(PREFIXES))
    return Response(body, mimetype=media_type)


def _triples() -> Iterator[ox.Triple]:
    yield from _read()


@cache
def _read() -> tuple[ox.Triple, ...]:
    """Every triple of the vocabulary and its code lists."""
    return tuple(
        quad.triple
        for name in FILES
        for quad in ox.parse(path=str(ontology_dir() / name), format=ox.RdfFormat.TURTLE)
    )
