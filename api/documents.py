"""RDF that requests bring, or have us fetch: under which names, and as which triples."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from api.errors import UnsupportedMedia
from api.negotiate import GRAPHS
from kg.config import Settings
from kg.errors import BadInput
from kg.store.base import JSON
from kg.store.documents import rows
from kg.store.federation import Ask
from kg.store.outside import Outside, places
from kg.store.text.updates import Load

TYPES: Final = {
    alias: one.media_type for one in reversed(GRAPHS) for alias in (*one.aliases, one.media_type)
}
"""What a document may be called → its media type."""

SUFFIXES: Final = {
    ".ttl": "text/turtle",
    ".trig": "application/trig",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".owl": "application/rdf+xml",
}
"""What tells a document whose server calls it plain text, or nothing."""

_VAGUE: Final = ("text/plain", "application/octet-stream")
_ACCEPT: Final = ", ".join(
    f"{one.media_type};q={1 - rank / 10:.1f}" for rank, one in enumerate(GRAPHS)
)


def triples(body: bytes, media_type: str, base: str) -> Iterator[str]:
    """The triples of a document, a line each. Raises UnsupportedMedia, BadInput."""
    if media_type not in TYPES:
        raise UnsupportedMedia(media_type, tuple(one.media_type for one in GRAPHS))
    yield from rows(body, TYPES[media_type], base)


def outside(settings: Settings) -> Outside | None:
    """The servers that LOAD and SERVICE may ask; None where the operator names none.

    Raises BadInput for a name that is none.
    """
    allowed = places(settings.allow_service)
    if not allowed:
        return None
    return Outside(allowed, settings.max_source_mb << 20, settings.query_seconds)


def load_from(servers: Outside) -> Load:
    """A LOAD that asks these servers."""

    def load(iri: str) -> str:
        found = servers.get(iri, _ACCEPT)
        suffix = PurePosixPath(urlsplit(found.url).path).suffix
        kind = SUFFIXES.get(suffix, "") if found.media_type in _VAGUE else found.media_type
        if kind not in TYPES:
            raise BadInput(f"{found.url} is {found.media_type}, which is no RDF that is read here")
        return "".join(triples(found.body, kind, found.url))

    return load


def ask_from(servers: Outside) -> Ask:
    """A SERVICE that asks these servers."""

    def ask(iri: str, query: str) -> bytes:
        return servers.get(iri, JSON, form={"query": query}).body

    return ask
