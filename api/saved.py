"""Saved queries over HTTP: ``PUT`` and ``DELETE /queries/NAME``, with the token.

The body of a PUT is the query as it stands (``application/sparql-query``), with the header of a
named question (``kg.query``). They are listed, and asked, where the named ones are.
"""

from typing import Final

from flask import Blueprint, Response, request

from api import parameters as p
from api.access import require_writer
from api.errors import UnsupportedMedia
from api.face import face
from api.routes import route
from api.seen import KEPT
from api.sparql import DIRECT
from kg import query
from kg.errors import BadInput
from kg.query import Question
from kg.store import Dataset
from kg.store.text.querytext import require_short

blueprint = Blueprint("saved", __name__)

NAME: Final = p.path("name", "Small letters, digits and hyphens; not of one of ours.")
_NOTHING: Final = Dataset(("urn:x-kg:nothing",), ("urn:x-kg:nothing",))
"""No graph that anybody has."""


@blueprint.before_app_request
def note() -> None:
    """What is saved is part of what pages of questions say, so it is part of their ETags."""
    page = request.path == "/sparql" and "html" in request.headers.get("Accept", "")
    if page or request.path.startswith("/queries"):
        request.environ[KEPT] = face().saved.version()


@route(
    blueprint,
    "/queries/<name>",
    method="put",
    answers={},
    parameters=(NAME,),
    failures=(400, 404, 422, 503),
    status=(201, 204),
    body={DIRECT: str},
    token=True,
    tag="questions",
)
def save(name: str) -> Response:
    """Save a query, if it parses and asks for a table."""
    require_writer(face().settings)
    if request.mimetype != DIRECT:
        raise UnsupportedMedia(request.mimetype, (DIRECT,))
    text = _text(request.get_data())
    require_short(text, face().settings.query_characters)
    asked = face().saved.check(name, text)
    _try(asked)
    return Response(status=201 if face().saved.keep(asked) else 204)


@route(
    blueprint,
    "/queries/<name>",
    method="delete",
    answers={},
    parameters=(NAME,),
    failures=(400, 404, 503),
    status=204,
    token=True,
    tag="questions",
)
def remove(name: str) -> Response:
    """Remove a saved query."""
    require_writer(face().settings)
    face().saved.remove(name)
    return Response(status=204)


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"the query is not UTF-8: {error}") from None


def _try(asked: Question) -> None:
    """Ask it of an empty dataset: what does not parse is told now."""
    answer = face().store.query(query.bind(asked, {}), dataset=_NOTHING)
    if answer.form == "construct":
        raise BadInput("a saved query gives a table: SELECT or ASK, no CONSTRUCT or DESCRIBE")
