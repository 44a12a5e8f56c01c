"""Lists of records: a page at a time, whole as JSON Lines, or as a table.

A page's ``next`` names the snapshot it was made of, so that all pages of a list are of one moment;
where that is not kept any more the answer is 410. A whole list is sent record by record while it
is read, of one snapshot too; a transfer that fails midway breaks off and never ends early.
"""

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final
from urllib.parse import urlencode

from flask import Response, request

from api.face import JSON, face, liked, parameters
from api.linked import LIST, address, linked
from api.negotiate import HTML, Offer
from api.seen import CURSOR, PARAMETER, bound, seen_now
from kg import records
from kg.export import FORMATS, export
from kg.filters import Filters, Kind
from kg.records import Json

LINES: Final = Offer(
    "application/x-ndjson", "ndjson", ("application/ndjson", "application/jsonl"), ("jsonl",)
)
CSV: Final = Offer("text/csv", "csv")
CONTEXT: Final = "http://www.w3.org/ns/json-ld#context"
BATCH: Final = 500
"""Records read at a time."""


def offers(kind: Kind) -> tuple[Offer, ...]:
    """What a list comes as."""
    return (JSON, HTML, LINES, *((CSV,) if _table(kind) in FORMATS else ()))


def listed(filters: Filters) -> Json:
    """A page of a list; its ``next`` is bound to the snapshot that this request sees."""
    found = records.page(face().store, filters)
    return {**found, "next": bound(found["next"])}


def answer(kind: Kind) -> Response | None:
    """A list in the format that is asked for; None where that is a page for people."""
    wanted = liked(offers(kind))
    if wanted is HTML:
        return None
    filters = Filters.parse(kind, parameters())
    if wanted is LINES:
        return _lines(filters)
    if wanted is CSV:
        return _csv(filters)
    found = listed(filters)
    return paged(linked(found, LIST), found["next"])


def paged(response: Response, cursor: str | None) -> Response:
    """The first page and the one after this, as RFC 8288 has it."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in (CURSOR, PARAMETER)]
    if moment := seen_now():
        kept.append((PARAMETER, moment))
    response.headers.add("Link", _link([*kept], "first"))
    if cursor:
        response.headers.add("Link", _link([*kept, (CURSOR, cursor)], "next"))
    return response


def _link(pairs: list[tuple[str, str]], leads: str) -> str:
    query = f"?{urlencode(pairs)}" if pairs else ""
    return f'<{request.script_root}{request.path}{query}>; rel="{leads}"'


def _lines(filters: Filters) -> Response:
    """Every record of a selection, one a line; ``limit`` only where the request gives one."""
    found = records.every(face().store, filters, batch=BATCH)
    left = islice(found, filters.limit) if request.args.get("limit") else found
    response = Response(_begun(map(_line, left)), mimetype=LINES.media_type)
    response.headers.add("Link", f'<{address(LIST)}>; rel="{CONTEXT}"; type="application/ld+json"')
    return response


def _csv(filters: Filters) -> Response:
    name = _table(filters.kind)
    pieces = export(face().store, name, filters=filters)
    what = f'attachment; filename="conflict-kg-{filters.kind}.csv"'
    headers = {"Content-Disposition": what}
    return Response(pieces, content_type=FORMATS[name].media_type, headers=headers)


def _table(kind: Kind) -> str:
    return f"{kind}-csv"


def _line(record: Json) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _begun(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The same lines, the first already made: an error comes before anything is sent."""
    return chain(list(islice(lines, 1)), lines)
