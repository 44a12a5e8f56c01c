"""Which of the formats we offer a client wants (RFC 9110, section 12.5.1).

The most specific range of an Accept header that covers a format gives its quality; the best
quality wins, then the more specific range, then our own order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import Response

from api.errors import NotAcceptable
from kg.errors import BadInput


@dataclass(frozen=True, slots=True)
class Offer:
    """A format: the media type it is sent as, its short name, other types it answers to.

    A wildcard means the media type only, never an alias. ``endings`` are those of files in this
    format, where they are not its name, and other names it goes by.
    """

    media_type: str
    name: str
    aliases: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


TABLES: Final = (
    Offer("application/sparql-results+json", "json", ("application/json",), ("srj",)),
    Offer("application/sparql-results+xml", "xml", ("application/xml", "text/xml"), ("srx",)),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
)
"""Formats of SELECT and ASK answers."""

_TURTLE: Final = ("application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3")
GRAPHS: Final = (
    Offer("text/turtle", "turtle", _TURTLE, ("ttl", "n3")),
    Offer("application/trig", "trig"),
    Offer("application/n-triples", "ntriples", endings=("nt",)),
    Offer("application/n-quads", "nquads", endings=("nq",)),
    Offer("application/ld+json", "jsonld", ("application/json",), ("json", "json-ld")),
    Offer(
        "application/rdf+xml", "rdfxml", ("application/xml", "text/xml"), ("rdf", "xml", "rdf+xml")
    ),
)
"""Formats of CONSTRUCT and DESCRIBE answers, and of the service description."""

HTML: Final = Offer("text/html", "html", ("application/xhtml+xml",))

_SENT: Final = ("Accept", "Authorization", "Content-Type", "If-None-Match")
_READ: Final = ("ETag", "KG-Snapshot", "Link", "Location", "Retry-After")
"""Headers that pages of other origins may send, and read, beyond those that all may."""

MOST: Final = 100
"""Ranges of an Accept header that are read: a quarter of a megabyte of them would take seconds."""

_EXACT: Final = 2
_REMEMBERED: Final = 300
"""Characters of an Accept header up to which what it chose is remembered; people send few."""
_QUALITY: Final = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


@dataclass(frozen=True, slots=True)
class _Range:
    """A media range of an Accept header, with its quality (0 to 1)."""

    kind: str
    sub: str
    quality: float

    @property
    def specific(self) -> int:
        return (self.kind != "*") + (self.sub != "*")

    def covers(self, media_type: str) -> bool:
        kind, _, sub = media_type.partition("/")
        return self.kind in ("*", kind) and self.sub in ("*", sub)


def choose(accept: str | None, offers: Sequence[Offer]) -> Offer:
    """The offer an Accept header likes best; without a header the first.

    Raises NotAcceptable, which lists what is offered.

    >>> choose("text/csv;q=0.5, */*;q=0.1", TABLES).name
    'csv'
    """
    given = accept or "*/*"
    chosen = (_chosen if len(given) <= _REMEMBERED else _chosen.__wrapped__)(given, tuple(offers))
    if chosen is None:
        raise NotAcceptable(accept or "", [offer.media_type for offer in offers])
    return chosen


@lru_cache(maxsize=1000)
def _chosen(accept: str, offers: tuple[Offer, ...]) -> Offer | None:
    ranges = list(_ranges(accept))
    exact = [one for one in ranges if one.specific == _EXACT]
    best: tuple[float, int] = (0.0, 0)
    chosen: Offer | None = None
    for offer in offers:
        also = [_liking(exact, alias) for alias in offer.aliases]
        liked = max([_liking(ranges, offer.media_type), *also])
        if liked[0] > 0 and liked > best:
            best, chosen = liked, offer
    return chosen


def wants_html(accept: str | None, offers: Sequence[Offer]) -> bool:
    """Whether a client would rather have a page than any of these formats.

    >>> wants_html("text/html,*/*;q=0.8", TABLES), wants_html("*/*", TABLES)
    (True, False)
    """
    try:
        return choose(accept, (*offers, HTML)) is HTML
    except NotAcceptable:
        return False


def by_name(name: str, offers: Sequence[Offer]) -> Offer:
    """The offer with a short name, a file's ending or a media type (``?format=csv``).

    Raises BadInput, which lists the names there are.

    >>> by_name("ttl", GRAPHS) is by_name("turtle", GRAPHS)
    True
    """
    for offer in offers:
        if name in (offer.name, offer.media_type, *offer.endings, *offer.aliases):
            return offer
    have = ", ".join(offer.name for offer in offers)
    raise BadInput(f"format is {name!r}; what was asked for comes as {have}")


_SHARED: Final = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Headers", ", ".join(_SENT)),
    ("Access-Control-Expose-Headers", ", ".join(_READ)),
    ("Access-Control-Max-Age", "86400"),
)


def share(response: Response) -> Response:
    """Let pages of any origin read this response (CORS), credentials never."""
    response.headers.extend(_SHARED)
    if "Allow" in response.headers:
        response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(response.allow))
    return response


def _liking(ranges: Sequence[_Range], media_type: str) -> tuple[float, int]:
    """(quality, how specific the range was) of a media type."""
    covering = [one for one in ranges if one.covers(media_type)]
    if not covering:
        return 0.0, 0
    best = max(covering, key=lambda one: one.specific)
    return best.quality, best.specific


def _ranges(accept: str) -> Iterator[_Range]:
    """The ranges of a header, as many as are read; parts that are not one are passed over."""
    for part in accept.split(",", MOST)[:MOST]:
        media, *parameters = [piece.strip().lower() for piece in part.split(";")]
        kind, slash, sub = media.partition("/")
        given = [value[2:].strip() for value in parameters if value.startswith("q=")]
        quality = given[0] if given else "1"
        if kind and slash and sub and _QUALITY.fullmatch(quality):
            yield _Range(kind, sub, float(quality))
