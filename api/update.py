"""``POST /sparql/update``: the update operation of the SPARQL 1.1 Protocol.

==================================  ========================================================
request                             what is read
==================================  ========================================================
POST, a form                        ``update``, ``using-graph-uri``, ``using-named-graph-uri``
POST, application/sparql-update     the body is the update; the graphs stand in the URL
==================================  ========================================================
"""

from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from api.access import require_writer
from api.errors import UnsupportedMedia
from api.negotiate import share
from kg.config import ALL, Settings
from kg.errors import BadInput, BadQuery, Forbidden
from kg.store import Updatable

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-update"


def blueprint(updatable: Updatable, settings: Settings) -> Blueprint:
    """The route of the endpoint; writing needs the token of the settings."""
    routes = Blueprint("update", __name__)

    @routes.post("/sparql/update")
    def update() -> Response:
        require_writer(settings)
        text = posted()
        if settings.writable != ALL:
            raise Forbidden("only a store that is opened whole (KG_WRITABLE=all) takes updates yet")
        updatable.update(f"BASE <{request.base_url}> {text}")
        return Response(status=204)

    @routes.after_request
    def finish(response: Response) -> Response:
        return share(response)

    return routes


def posted() -> str:
    """The update of a POST in either of its two forms."""
    if request.mimetype == DIRECT:
        return _utf8(request.get_data())
    if request.mimetype == FORM:
        return _the_update(request.form)
    raise UnsupportedMedia(request.mimetype, (FORM, DIRECT))


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
