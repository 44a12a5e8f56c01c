"""``POST /sparql/update``: the update operation of the SPARQL 1.1 Protocol.

==================================  ========================================================
request                             what is read
==================================  ========================================================
POST, a form                        ``update``, ``using-graph-uri``, ``using-named-graph-uri``
POST, application/sparql-update     the body is the update; the graphs stand in the URL
==================================  ========================================================
"""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from api import parameters as p
from api.access import require_writer
from api.documents import ask_from, load_from
from api.errors import UnsupportedMedia
from api.routes import route
from kg.config import ALL, Settings
from kg.errors import BadInput, BadQuery
from kg.store import Dataset, Updatable
from kg.store.outside import Outside
from kg.store.text.updates import Rights, prepare

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-update"


_USING: Final = tuple(
    p.query(name, "SPARQL 1.1 Protocol.", p.IRIS)
    for name in ("using-graph-uri", "using-named-graph-uri")
)
_FORM: Final = {
    "type": "object",
    "properties": {"update": p.STRING, **{one["name"]: p.IRIS for one in _USING}},
    "required": ["update"],
}


@dataclass(frozen=True, slots=True)
class Operation:
    """An update as a request gives it, and the dataset that the request names for it."""

    text: str
    using: Dataset | None


def blueprint(
    updatable: Updatable, settings: Settings, *, servers: Outside | None = None
) -> Blueprint:
    """The route of the endpoint; writing needs the token of the settings.

    ``servers`` are those that LOAD and SERVICE may ask; without them both are refused.
    """
    own = settings.writable != ALL
    rights = Rights(settings.base, own)
    if servers is not None:
        rights = Rights(settings.base, own, load_from(servers), ask_from(servers))
    routes = Blueprint("update", __name__)

    @route(
        routes,
        "/sparql/update",
        method="post",
        answers={},
        parameters=_USING,
        failures=(400, 422, 503),
        status=204,
        body={FORM: _FORM, DIRECT: str},
        token=True,
        tag="writing",
    )
    def update() -> Response:
        """Change graphs of your own in SPARQL."""
        require_writer(settings)
        carry_out(updatable, rights, posted())
        return Response(status=204)

    return routes


def carry_out(updatable: Updatable, rights: Rights, asked: Operation) -> None:
    """Carry an update out, if these rights allow what it does."""
    endpoint = f"{rights.base}sparql/update"
    written = prepare(asked.text, rights, endpoint=endpoint, using=asked.using)
    try:
        updatable.update(written.text, aside=rights.own)
    except BadQuery as error:
        raise written.located(error) from None


def posted() -> Operation:
    """The update of a POST in either of its two forms."""
    if request.mimetype == DIRECT:
        return Operation(_utf8(request.get_data()), using(request.args))
    if request.mimetype == FORM:
        return Operation(_the_update(request.form), using(request.form))
    raise UnsupportedMedia(request.mimetype, (FORM, DIRECT))


def using(given: MultiDict[str, str]) -> Dataset | None:
    """The dataset that these parameters name for the WHERE of an update."""
    default = tuple(given.getlist("using-graph-uri"))
    named = tuple(given.getlist("using-named-graph-uri"))
    return Dataset(default, named) if default or named else None


def _the_update(given: MultiDict[str, str]) -> str:
    updates = given.getlist("update")
    if len(updates) != 1:
        raise BadInput(f"there are {len(updates)} update parameters; exactly one is wanted")
    return updates[0]


def _utf8(body: bytes) -> str:
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise BadQuery(f"the update is in {charset}; it must be UTF-8")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadQuery(f"the update is not UTF-8: {error}") from None
