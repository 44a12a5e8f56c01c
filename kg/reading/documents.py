"""What a request brings to be read, before anybody has looked into it."""

from dataclasses import dataclass
from typing import Final, Literal

DocumentKind = Literal["text", "markdown", "html", "json", "jsonl"]


REQUEST: Final = "the request"
"""What a document is known by that has no name; of several, with ``:`` and the line."""


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one document, or of several as JSON Lines, and what fills gaps in it.

    ``charset`` is the encoding that was declared; ``where`` what a person knows it by. What the
    document states of itself wins over ``url``, ``published`` (a date as people write it),
    ``publisher``, ``headline`` and ``author``.
    """

    data: bytes
    kind: DocumentKind
    where: str = REQUEST
    charset: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    headline: str | None = None
    author: str | None = None
