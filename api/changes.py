"""``/changes``: what was created, updated and withdrawn since a moment, for those who keep a copy.

``since`` is a number (``until`` or ``next`` of an answer before: what came after it) or a time (RFC
3339: what came at it or later). A record's changes stand in their order; the last one counts. What
is answered is what the snapshot holds, so that a record that is named can be asked for.
"""

from collections.abc import Iterator
from datetime import datetime
from json import dumps
from pathlib import Path
from typing import Annotated, Final, TypedDict
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from api import parameters as p
from api.face import JSON, as_json, face, liked, parameters, site
from api.lists import LINES
from api.negotiate import Offer
from api.routes import json, route
from api.seen import seen, view_of
from kg.errors import BadInput, Gone, NotFound
from kg.limits import at_most
from kg.log import CHANGES, Entry, Log, opened
from kg.schema import Iri, one_of

LIMIT: Final = 100
MOST: Final = 1000
ATOM: Final = Offer("application/atom+xml", "atom")
_KINDS: Final = ("statement", "event", "actor", "place", "article")
_SINCE: Final = "A number that an answer gave (until, next), or a time as RFC 3339 has it."
_LIMITS: Final = {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}

blueprint = Blueprint("changes", __name__)


class ChangeItem(TypedDict):
    """A record, what became of it, when, and in which view of all articles."""

    seq: int
    time: str
    view: str
    kind: Annotated[str, one_of(*_KINDS)]
    id: Iri
    change: Annotated[str, one_of(*CHANGES)]


class ChangeList(TypedDict):
    """Changes in their order. There are more after next, if it is not null; ask since until for
    what comes later.
    """

    items: list[ChangeItem]
    next: str | None
    until: str


@route(
    blueprint,
    "/changes",
    answers={**json(ChangeList), LINES.media_type: str, ATOM.media_type: str},
    parameters=(
        p.query("since", _SINCE, p.STRING),
        p.query("limit", "How many; as JSON Lines all, if it is left out.", _LIMITS),
        p.representation("json", "ndjson", "atom"),
    ),
    failures=(400, 404, 406, 410, 503),
)
def changes() -> Response:
    """What was created, updated and withdrawn since then.

    Withdrawn is what no article that is there says any more: one was taken down, is read otherwise
    now, or was judged. As an Atom feed the latest come first.
    """
    wanted = liked((JSON, LINES, ATOM))
    given = parameters()
    if unknown := sorted(given.keys() - {"since", "limit"}):
        raise BadInput(f"no parameter {unknown[0]!r} of changes; there are since, limit")
    text = given.get("limit", [""])[-1]
    most = at_most(text, MOST) if text else None
    with opened(_folder()) as log:
        until = _until(log)
        after = _after(log, given.get("since", ["0"])[-1], until)
        if wanted is LINES:
            return _lines(log, after, until, most)
        if wanted is ATOM:
            first = max(after, until - (most or LIMIT))
            return _feed(log.entries(first, until=until, limit=MOST)[::-1])
        return _listed(log.entries(after, until=until, limit=most or LIMIT), until)


def _folder() -> Path:
    index = face().index
    if index is None or index.folder is None:
        raise NotFound("this service keeps no log of changes: its store is an engine's")
    return index.folder


def _until(log: Log) -> int:
    """The last change that the snapshot of this request holds."""
    return log.last(view_of(seen(face().served))) or log.last()


def _after(log: Log, since: str, until: int) -> int:
    """The number of the last change that is not wanted any more."""
    if since.isascii() and since.isdigit():
        number = int(since[:18])
        if number > until:
            raise Gone(f"there are {until} changes, and none after {number}; start again at 0")
        return number
    try:
        moment = datetime.fromisoformat(since.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadInput(
            f"since={since!r} is not allowed; allowed: the until or next of an answer, or a time "
            "with its offset, such as 2026-11-29T20:00:00Z"
        )
    return min(log.before(moment), until)


def _listed(found: list[Entry], until: int) -> Response:
    more = bool(found) and found[-1].seq < until
    following = str(found[-1].seq) if more else None
    items = [_item(one) for one in found]
    response = as_json({"items": items, "next": following, "until": str(until)})
    if following:
        kept = [pair for pair in request.args.items(multi=True) if pair[0] != "since"]
        query = urlencode([*kept, ("since", following)])
        response.headers.add("Link", f'<{request.script_root}/changes?{query}>; rel="next"')
    return response


def _lines(log: Log, after: int, until: int, most: int | None) -> Response:
    """All of them, read a thousand at a time; or so many."""

    def sent() -> Iterator[bytes]:
        last = after
        with opened(log.folder) as held:
            while found := held.entries(last, until=until, limit=most or MOST):
                yield "".join(
                    dumps(_item(one), separators=(",", ":")) + "\n" for one in found
                ).encode()
                last = until if most else found[-1].seq

    return Response(sent(), mimetype=LINES.media_type)


def _item(one: Entry) -> ChangeItem:
    return {
        "seq": one.seq,
        "time": one.time,
        "view": one.view,
        "kind": one.kind,
        "id": one.id,
        "change": one.change,
    }


def _feed(found: list[Entry]) -> Response:
    here = escape(f"{site()}changes")
    updated = found[0].time if found else "1970-01-01T00:00:00Z"
    entries = "".join(
        f"<entry><id>{here}#{one.seq}</id><title>{one.change}: {one.kind}</title>"
        f'<updated>{one.time}</updated><link href="{escape(one.id)}"/>'
        f'<category term="{one.change}"/></entry>\n'
        for one in found
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{here}</id><title>conflict-kg: changes</title><updated>{updated}</updated>\n"
        f'<author><name>conflict-kg</name></author><link rel="self" href="{here}?format=atom"/>\n'
        f"{entries}</feed>\n"
    )
    return Response(text, mimetype=ATOM.media_type)
