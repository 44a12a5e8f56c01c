"""``POST /articles``, ``DELETE /articles/{id}`` and ``/backup``: with the token of who writes.

==============================  =============================================================
body of POST                    what is read
==============================  =============================================================
text/plain, text/markdown       the text, exactly as decoded (``charset``, else UTF-8)
text/html                       the article of the page
application/json                ``{"text"}``, ``{"html"}`` or ``{"url"}``, which is fetched; and
                                ``headline published publisher author url``
application/x-ndjson, jsonl     an article a line, with the fields that ``kg ingest`` knows
==============================  =============================================================

``?date= &url= &headline= &publisher= &author=`` fill what the source does not state. What is
answered is in the store, in the view and in every query from then on.
"""

import shutil
from collections.abc import Mapping, Sequence
from typing import Any, Final, NotRequired, TypedDict

from flask import Blueprint, Response, request

from api import parameters as p
from api.access import require_writer
from api.errors import NothingRead, UnsupportedMedia
from api.face import Keeper, as_json, face, keeper, sent_object
from api.fetching import fetched
from api.routes import json as json_of
from api.routes import route
from kg import records
from kg.errors import BadInput
from kg.iri import key_of
from kg.keeping import Outcome
from kg.keeping.backup import packed
from kg.reading import Document, DocumentKind
from kg.records.shapes import Article

blueprint = Blueprint("articles", __name__)

JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
KINDS: Final[Mapping[str, DocumentKind]] = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    LINES: "jsonl",
    "application/ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/x-jsonlines": "jsonl",
}
"""Media type of a body → what it is read as; JSON has ways of its own."""
CONTENT: Final = ("text", "html", "url")
DETAILS: Final = ("headline", "published", "publisher", "author")
GAPS: Final = {
    "date": ("published", "The publication date"),
    "url": ("url", "The article's address"),
    "headline": ("headline", "The headline"),
    "publisher": ("publisher", "Who published it"),
    "author": ("author", "Who wrote it"),
}
"""Parameter → what it fills, and what that is."""


class NewArticle(TypedDict):
    """An article that is sent: one of text, html and url (the page there is fetched), and what is
    known of it. Published is its date, as people or machines write it.
    """

    text: NotRequired[str | None]
    html: NotRequired[str | None]
    url: NotRequired[str | None]
    headline: NotRequired[str | None]
    published: NotRequired[str | None]
    publisher: NotRequired[str | None]
    author: NotRequired[str | None]


class SkippedItem(TypedDict):
    """What was not read: where it stands in the request, and why."""

    where: str
    reason: str


class Taken(TypedDict):
    """What became of a request's articles, how much they say, and what was not read.

    Replaced: the same text, read otherwise than before. Dropped: findings without evidence.
    """

    items: list[Article]
    new: int
    replaced: int
    unchanged: int
    statements: int
    reports: int
    dropped: int
    skipped: list[SkippedItem]


@route(
    blueprint,
    "/articles",
    method="post",
    answers=json_of(Taken),
    parameters=tuple(
        p.query(name, f"{what}, where the source states none.", p.STRING)
        for name, (_, what) in GAPS.items()
    ),
    failures=(400, 422, 503),
    status=(200, 201),
    body={JSON: NewArticle, **dict.fromkeys(KINDS, str)},
    token=True,
    tag="writing",
)
def post() -> Response:
    """Read articles and keep what they say.

    JSON Lines are an article a line, with the fields of JSON. 201 where one is new, with its
    address in Location if it is the only one; 200 where all were there. What could not be read is
    named; 422 where nothing could.
    """
    require_writer(face().settings)
    keep = _keeper()
    outcome = keep.put([posted()])
    if not outcome.articles:
        raise NothingRead(outcome.skipped)
    response = as_json(_taken(outcome))
    response.status_code = 201 if outcome.new else 200
    if len(outcome.articles) == 1:
        response.headers["Location"] = _address(outcome.articles[0])
    return response


def delete(ident: str) -> Response:
    """Take an article down, and everything known only from it.

    It goes from the graph, the view, the index, older snapshots and the files of the store.
    """
    require_writer(face().settings)
    _keeper().take_down(f"{face().settings.base}article/{key_of(ident)}")
    return Response(status=204)


for _rule in ("/articles/<ident>", "/article/<ident>"):
    route(
        blueprint,
        _rule,
        method="delete",
        endpoint=f"delete_{_rule.split('/')[1]}",
        answers={},
        parameters=(p.path("ident", "The last part of the article's IRI."),),
        failures=(404, 503),
        status=204,
        token=True,
        tag="writing",
    )(delete)


@route(
    blueprint,
    "/backup",
    answers={"application/x-tar": str},
    failures=(503,),
    token=True,
    tag="writing",
)
def backup() -> Response:
    """The whole store as it is at one moment, as one file for ``kg restore``.

    Texts and all; queries go on meanwhile, and writing as soon as the copy is made.
    """
    require_writer(face().settings)
    place = _keeper().backup()
    response = Response(packed(place), mimetype="application/x-tar")
    response.call_on_close(lambda: shutil.rmtree(place, ignore_errors=True))
    response.headers["Content-Disposition"] = 'attachment; filename="conflict-kg.tar"'
    response.headers["Cache-Control"] = "no-store"
    return response


def posted() -> Document:
    """The document of a request. Raises BadInput, UnsupportedMedia, and what fetching raises."""
    gaps = _gaps()
    if request.mimetype == JSON:
        return _of_object(request.get_data(), gaps)
    kind = KINDS.get(request.mimetype)
    if kind is None:
        raise UnsupportedMedia(request.mimetype, (JSON, *KINDS))
    charset = request.mimetype_params.get("charset")
    return Document(request.get_data(), kind, charset=charset, **gaps)


def _gaps() -> dict[str, str]:
    """What the parameters fill; BadInput for one that fills nothing."""
    if unknown := sorted(request.args.keys() - GAPS.keys()):
        raise BadInput(f"{unknown[0]} is no parameter here; there are {', '.join(GAPS)}")
    return {GAPS[name][0]: value for name, value in request.args.items() if value.strip()}


def _of_object(body: bytes, gaps: Mapping[str, str]) -> Document:
    """The document that a JSON object holds, or whose address it gives."""
    fields = _fields()
    given = {name: fields[name] for name in (*DETAILS, "url") if fields.get(name)}
    details = {**gaps, **given}
    if fields.get("text"):
        return Document(body, "json", **gaps)
    if html := fields.get("html"):
        data = html.encode("utf-8", "surrogatepass")
        return Document(data, "html", charset="utf-8", **details)
    if "url" not in given:
        raise BadInput(f"there is no text: give {', '.join(CONTENT[:-1])} or {CONTENT[-1]}")
    return fetched(face().web, details.pop("url"), details)


def _fields() -> dict[str, str]:
    fields = sent_object('{"text": "…"}')
    known = (*CONTENT, *DETAILS)
    for name, value in fields.items():
        if name not in known:
            raise BadInput(f"{name!r} is no field of an article; there are {', '.join(known)}")
        if value is not None and not isinstance(value, str):
            raise BadInput(f"{name} is {value!r}; it must be a text")
    return fields


def _keeper() -> Keeper:
    return keeper(
        "no articles can be put into this store, or taken out of it, over HTTP; use kg ingest and "
        "kg remove where the store is"
    )


def _taken(outcome: Outcome) -> dict[str, Any]:
    return {
        "items": records.by_ids(face().store, "articles", outcome.articles),
        "new": outcome.new,
        "replaced": outcome.replaced,
        "unchanged": outcome.unchanged,
        "statements": outcome.statements,
        "reports": outcome.reports,
        "dropped": outcome.dropped,
        "skipped": skipped(outcome),
    }


def skipped(outcome: Outcome) -> Sequence[SkippedItem]:
    """What was not read."""
    return [{"where": one.where, "reason": one.reason} for one in outcome.skipped]


def _address(iri: str) -> str:
    return f"{request.script_root}/{iri.removeprefix(face().settings.base)}"
