"""What every route needs: the store, the settings, and how to answer in JSON or HTML."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol, cast
from urllib.parse import urlsplit

from flask import Response, current_app, g, request

from api.negotiate import HTML, Offer, by_name, choose
from api.seen import CURSOR, PARAMETER, seen, unbound, view_of
from kg import terms
from kg.config import Settings
from kg.errors import BadInput, Forbidden
from kg.index.reading import Indexed, Reader
from kg.judgements import Judgement
from kg.keeping import Outcome
from kg.projection import Shelf
from kg.query.saved import Saved
from kg.reading import Asked, Document
from kg.records import Json
from kg.store.base import Queryable, Service
from kg.store.federation import Ask, Federating
from kg.store.outside import Outside

JSON: Final = Offer("application/json", "json")
EXTENSION: Final = "conflict-kg"
_INDEXED: Final = "kg_indexed"

Explain = Callable[[Sequence[Asked]], Json]
"""Why findings are what they are, as ``kg.reading.explained`` says it."""


class Keeper(Protocol):
    """What takes articles and judgements in and out while they are served.

    What it did is seen by every query once it returns. Raises LimitHit, StoreError, and BadInput
    for what cannot be done.
    """

    def put(self, documents: Sequence[Document]) -> Outcome:
        """Read documents and keep their articles; what could not be read is named."""

    def backup(self) -> Path:
        """A folder with all of the store's, of one moment; whoever asks for it removes it."""

    def take_down(self, iri: str) -> None:
        """Take an article out, of older snapshots too. Raises NotFound."""

    def judge(self, judgement: Judgement) -> None:
        """Keep what a person judges; that one is undone is a judgement too."""


@dataclass(frozen=True, slots=True)
class Face:
    """The store that is served, the settings to keep to, and what else routes need.

    ``explain`` tells why findings are what they are, ``saved`` are queries of users', and ``ask``
    puts queries to other servers, where those may be asked. ``keep`` takes in and out what is
    served; without it nothing goes in or out over HTTP but users' own graphs. ``web`` fetches the
    pages that are to be read. ``shelf`` keeps the graphs that were drawn. ``index`` answers lists,
    counts and searches where it is of the view that is asked.
    """

    served: Service
    settings: Settings
    explain: Explain | None = None
    saved: Saved = field(default_factory=lambda: Saved({}))
    ask: Ask | None = None
    keep: Keeper | None = None
    shelf: Shelf = field(default_factory=Shelf)
    web: Outside = field(default_factory=lambda: Outside(None, 20 << 20, 30.0))
    index: Reader | None = None

    @property
    def store(self) -> Queryable:
        """What routes ask: the store as this request sees it."""
        found = seen(self.served)
        asked: Queryable = found if self.ask is None else Federating(found, self.ask)
        if self.index is None:
            return asked
        known = cast("Indexed | None", g.get(_INDEXED))
        view = view_of(found)
        if known is None or known.view != view:
            known = Indexed(asked, self.index, view)
            setattr(g, _INDEXED, known)
        return known


def face() -> Face:
    """The face of the current application."""
    return cast("Face", current_app.extensions[EXTENSION])


def keeper(otherwise: str) -> Keeper:
    """What takes in and out what is served; Forbidden says what to do ``otherwise``."""
    if (found := face().keep) is None:
        raise Forbidden(otherwise)
    return found


def sent_object(example: str) -> dict[str, Any]:
    """The JSON object that is the request's body; BadInput, with an example, for what is none."""
    try:
        found = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise BadInput(f"the body is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise BadInput(f"the body is no JSON object; send one such as {example}")
    return found


def wants_html() -> bool:
    """Whether the request asks for a page: by ``format=html``, else by its Accept header.

    Raises BadInput for another ``format``, NotAcceptable where neither JSON nor HTML will do.
    """
    return liked((JSON, HTML)) is HTML


def liked(offers: Sequence[Offer]) -> Offer:
    """The format the request asks for: by ``format``, else by its Accept header.

    Raises BadInput for another ``format``, NotAcceptable where none of them will do.
    """
    given = request.args.get("format")
    return by_name(given, offers) if given else choose(request.headers.get("Accept"), offers)


def parameters(*apart: str) -> dict[str, list[str]]:
    """The request's parameters with all their values, without those ``apart``.

    How it is answered and from which snapshot is no parameter of what is asked.
    """
    given = request.args.to_dict(flat=False)
    left_out = ("format", PARAMETER, *apart)
    return {
        name: [unbound(one) for one in found] if name == CURSOR else found
        for name, found in given.items()
        if name not in left_out
    }


def site() -> str:
    """The address the client asked at, up to the first path; BadInput if it is none."""
    found = request.url_root
    try:
        terms.iri(found)
    except ValueError as error:
        raise BadInput(f"the Host header is no host: {error}") from None
    if not urlsplit(found).netloc:
        raise BadInput("the Host header is no host")
    return found


def as_json(record: Mapping[str, Any], *, media_type: str = JSON.media_type) -> Response:
    """A record as a JSON answer, in UTF-8 and in its own order."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return Response(text + "\n", mimetype=media_type)
