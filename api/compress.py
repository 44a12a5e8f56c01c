"""Answers in gzip for clients that take it (RFC 9110, sections 8.4 and 12.5.3).

What is small, or packed already, is sent as it is. An answer in pieces stays in pieces, so memory
does not grow with it; each encoding has an ETag of its own.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from flask import Request, Response
from werkzeug.http import parse_accept_header
from werkzeug.wsgi import ClosingIterator

SMALLEST: Final = 1000
"""Bytes from which packing is worth its time: less fits into one network packet anyway."""

ENCODED: Final = "-gzip"
"""What the ETag of a packed answer ends in."""

_READ: Final = 1000
"""Characters of Accept-Encoding that are read; to read all that may be sent takes long."""
_LEVEL: Final = 5
_GZIP: Final = 16 + zlib.MAX_WBITS
_ENDINGS: Final = ("json", "xml", "javascript", "n-triples", "n-quads", "trig")


def encoding(request: Request, response: Response) -> str | None:
    """``gzip`` if this answer should go so; None if it stays as it is.

    Call it on every answer: one that could have been packed varies by Accept-Encoding.
    """
    if not _worthwhile(response):
        return None
    response.vary.add("Accept-Encoding")
    return "gzip" if taken(request) else None


def taken(request: Request) -> bool:
    """Whether the client would rather have gzip."""
    takes = parse_accept_header(request.headers.get("Accept-Encoding", "")[:_READ])
    return 0 < takes["gzip"] >= takes["identity"]


def pack(request: Request, response: Response) -> None:
    """Send this answer in gzip. Its ETag is not touched here: see ``tag``."""
    response.headers["Content-Encoding"] = "gzip"
    if request.method == "HEAD":
        response.headers.pop("Content-Length", None)
    elif _in_pieces(response):
        response.direct_passthrough = False
        body = response.iter_encoded()
        closed = getattr(response.response, "close", None)
        response.response = ClosingIterator(_packed(body), closed)
        response.headers.pop("Content-Length", None)
    else:
        response.set_data(b"".join(_packed([response.get_data()])))


def tag(response: Response, encoded: str | None) -> None:
    """Tell the ETags of one answer in two encodings apart."""
    found, weak = response.get_etag()
    if encoded and found:
        response.set_etag(f"{found}{ENCODED}", weak=bool(weak))


def _worthwhile(response: Response) -> bool:
    """Whether an answer is text of some length that nobody has encoded."""
    if response.status_code != 200 or "Content-Encoding" in response.headers:
        return False
    long = _in_pieces(response) or (response.content_length or 0) >= SMALLEST
    kind = response.mimetype or ""
    return long and (kind.startswith("text/") or kind.endswith(_ENDINGS))


def _in_pieces(response: Response) -> bool:
    """Whether a body is read as it is sent: a generator or a file."""
    return response.is_streamed or response.direct_passthrough


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()
