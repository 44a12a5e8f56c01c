"""Pages that a request names to be read: fetched from the public internet and from nowhere else."""

from collections.abc import Mapping
from typing import Final

from kg.errors import BadInput, Forbidden, UnreadableSource
from kg.reading import Document, DocumentKind
from kg.store.outside import Outside

ACCEPT: Final = "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.8"
KINDS: Final[Mapping[str, DocumentKind]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
}
"""Media type that a server says → what it is read as."""


def fetched(web: Outside, url: str, details: Mapping[str, str]) -> Document:
    """The document at an address, with what fills gaps in it.

    Raises Forbidden for an address that is not asked (no http, or in a private network), and
    UnreadableSource where nothing comes that can be read.
    """
    try:
        found = web.get(url, ACCEPT)
    except Forbidden:
        raise
    except BadInput as error:
        raise UnreadableSource(f"{error}; send the text itself instead") from None
    kind = KINDS.get(found.media_type)
    if kind is None:
        raise UnreadableSource(
            f"{found.url} is {found.media_type}, and an article is {', '.join(KINDS)}"
        )
    gaps = {**details, "url": found.url}
    return Document(found.body, kind, where=url, charset=found.charset, **gaps)
