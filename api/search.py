"""``/search``: words looked for in records of every kind at once."""

from typing import Final

from flask import Blueprint
from flask.typing import ResponseReturnValue

from api import parameters as p
from api.face import face, parameters, wants_html
from api.linked import SEARCH, linked
from api.pages import search_page
from api.routes import Linked, page, route
from kg.errors import BadFilter
from kg.limits import at_most
from kg.records import search
from kg.records.shapes import Search

LIMIT: Final = 5
MOST: Final = 50

_LIMITS: Final = {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}

blueprint = Blueprint("search", __name__)


@route(
    blueprint,
    "/search",
    answers=page(Linked(Search)),
    parameters=(
        {**p.query("q", p.MEANINGS["q"], p.STRING), "required": True},
        p.query("limit", "Records of each kind.", _LIMITS),
        p.PAGE,
    ),
    example="q=investigation",
)
def found() -> ResponseReturnValue:
    """What fits the words best, of each kind."""
    html = wants_html()
    words, limit = asked(parameters())
    if html and not words.strip():
        return search_page({"q": "", "kinds": []})
    result = search(face().store, words, limit)
    return search_page(result) if html else linked(result, SEARCH)


def asked(given: dict[str, list[str]]) -> tuple[str, int]:
    """The words and the limit of a search; BadFilter for anything else."""
    if unknown := sorted(given.keys() - {"q", "limit"}):
        raise BadFilter(f"no parameter {unknown[0]!r} of a search; there are q, limit")
    most = at_most(given.get("limit", [str(LIMIT)])[-1], MOST)
    return " ".join(given.get("q", [])), most
