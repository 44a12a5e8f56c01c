"""One request, one snapshot: whatever it asks, it sees the store at one moment.

The snapshot is the newest when the request first asks, or the one that ``?snapshot=`` names while
that is kept. Every answer says which it was (``KG-Snapshot``) and when that was last written
(``Last-Modified``); its ETag is made of the snapshot (or its view) and the request, so an answer
that has not changed is known (304) without asking anything.
"""

import hashlib
import os
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_network
from typing import Final, cast

from flask import Response, g, request
from werkzeug.http import http_date
from werkzeug.wsgi import wrap_file

from api.compress import ENCODED, taken
from kg import __version__
from kg.errors import BadInput, Gone
from kg.store.base import JSON, NTRIPLES, Answer, Asker, Dataset, Service, Store, View, Viewable

HEADER: Final = "KG-Snapshot"
PARAMETER: Final = "snapshot"
CURSOR: Final = "cursor"
"""The parameter in which a list goes on; what stands behind a dot in it is a snapshot."""
KEPT: Final = "kg.kept"
"""Where the environment of a request says what else its answer depends on."""
_ASKED: Final = (
    "wsgi.url_scheme",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_HOST",
    "HTTP_ACCEPT",
    KEPT,
)
OF_VIEW: Final = ("/graph",)
"""Paths whose answer is a function of the view alone: what else is written changes nothing."""
_VIEW: Final = "kg_view"
_USED: Final = "kg_used"
"""Whether anything was asked of it: what was not does not depend on it."""


class Seen:
    """A store as the current request sees it."""

    def __init__(self, store: Service) -> None:
        self.base = store.base
        self._store = store

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, str] | None = None,
        dataset: Dataset | None = None,
        table: str = JSON,
        graph: str = NTRIPLES,
        all_rows: bool = False,
    ) -> Answer:
        """See ``Queryable.query``."""
        return seen(self._store).query(
            text,
            bindings=bindings,
            dataset=dataset,
            table=table,
            graph=graph,
            all_rows=all_rows,
        )

    def update(self, text: str, *, aside: bool = False) -> None:
        """See ``Updatable.update``; the request sees it from now on."""
        anew()
        self._store.update(text, aside=aside)
        seen(self._store)


def anew() -> None:
    """Let the request see the store as it is from now on: it writes."""
    if view := cast("View | None", g.pop(_VIEW, None)):
        view.close()


def seen(store: Service) -> Service | View:
    """What this request asks: a snapshot where the store has them, else the store."""
    if not hasattr(store, "view"):
        return store
    found = cast("View | None", g.get(_VIEW))
    if found is None:
        found = _view(cast("Viewable", store))
        setattr(g, _VIEW, found)
    setattr(g, _USED, True)
    return found


def view_of(found: Service | View) -> str:
    """The name of the sealed view that is asked (``Store.view_id``); nothing where there is none.

    A view of a snapshot knows it, and so does a store that nothing stands before.
    """
    if hasattr(found, "view_id"):
        return cast("Store", found).view_id()
    return cast("View", found).snapshot.view if hasattr(found, "snapshot") else ""


def _view(store: Viewable) -> View:
    """The snapshot that the request names, by itself or in its cursor; else the newest."""
    named, begun = request.args.get(PARAMETER), _moment(request.args.get(CURSOR))
    if named and begun and named != begun:
        raise BadInput(f"snapshot is {named!r}, and the cursor is of {begun!r}; leave one out")
    try:
        return store.view(named or begun, asker=_asker())
    except Gone as error:
        if begun is None:
            raise
        raise Gone(f"{error}. The list has changed since: start again without a cursor") from None


def bound(cursor: str | None) -> str | None:
    """A cursor that also names the snapshot of this request, if it sees one."""
    moment = seen_now()
    return f"{cursor}.{moment}" if cursor and moment else cursor


def unbound(cursor: str) -> str:
    """A cursor without its snapshot."""
    return cursor.partition(".")[0]


def _moment(cursor: str | None) -> str | None:
    return (cursor or "").partition(".")[2] or None


def seen_now() -> str | None:
    """The snapshot that this request sees, if it has asked one."""
    view = cast("View | None", g.get(_VIEW))
    return view.snapshot.id if view else None


def unchanged(store: Service) -> Response | None:
    """304 where the client has what it would be answered; asked before anything else is.

    Whether that is packed is known only of who takes no gzip: a short answer never is.
    """
    given = request.if_none_match
    if request.method not in ("GET", "HEAD") or not given or not hasattr(store, "view"):
        return None
    tag = _tag(cast("View", seen(store)))
    setattr(g, _USED, False)
    for one in (f"{tag}{ENCODED}", tag) if taken(request) else (tag,):
        if given.contains_weak(one):
            response = Response(status=304)
            response.set_etag(one)
            response.vary.update(("Accept", "Accept-Encoding"))
            setattr(g, _USED, True)
            return response
    return None


def sign(response: Response) -> None:
    """Say which snapshot an answer is of, and let go of it once it is sent."""
    view = cast("View | None", g.pop(_VIEW, None))
    if view is None:
        return
    if not g.get(_USED):
        view.close()
        return
    response.headers[HEADER] = view.snapshot.id
    response.headers["Last-Modified"] = http_date(view.snapshot.written)
    lasts = not response.cache_control.no_store
    if request.method in ("GET", "HEAD") and response.status_code == 200 and lasts:
        response.set_etag(_tag(view))
    if response.is_streamed and not response.direct_passthrough:
        response.call_on_close(view.close)
    else:
        view.close()


def release(error: BaseException | None) -> None:
    """Let go of the snapshot of a request that ended in an accident."""
    if view := cast("View | None", g.pop(_VIEW, None)):
        view.close()


def answered(answer: Answer) -> Response:
    """A query's answer; a long one is sent from its file, by no thread that others wait for."""
    if isinstance(answer.content, bytes):
        return Response(answer.content, mimetype=answer.media_type)
    file = answer.content
    length = os.fstat(file.fileno()).st_size
    headers = {"Content-Length": str(length)}
    if request.method == "HEAD":
        file.close()
        return Response(mimetype=answer.media_type, headers=headers)
    file.seek(0)
    body = wrap_file(request.environ, file)
    return Response(body, mimetype=answer.media_type, headers=headers, direct_passthrough=True)


def _tag(view: View) -> str:
    """An ETag: the snapshot, what was asked of it in which form, and who answers."""
    asked = [str(request.environ.get(name, "")) for name in _ASKED]
    moment = view.snapshot.view if request.path in OF_VIEW else ""
    whole = "\0".join([__version__, moment or view.snapshot.id, *asked])
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _asker() -> Asker:
    """Whoever sent the request, by address; a server of ours says whether they have gone."""
    client = neighbourhood(request.remote_addr or "")
    gone = request.environ.get("waitress.client_disconnected")
    return Asker(gone, client) if gone else Asker(client=client)


def neighbourhood(address: str) -> str:
    """An address, or for IPv6 the network of one subscriber, who has all of it (RFC 6177).

    >>> neighbourhood("192.0.2.7"), neighbourhood("2001:db8:1:2:3::4")
    ('192.0.2.7', '2001:db8:1:2::/64')
    """
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
