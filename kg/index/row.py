"""A row of the index: one record as it is filtered, sorted, searched and shown."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any, Final

from kg.filters import Kind
from kg.filters.names import words

APART: Final = " \ue000 "
"""Stands between texts: a sign of private use, a word for FTS5 that nobody writes."""
_BODY: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_MARK: Final = json.JSONEncoder(ensure_ascii=False)

Days = tuple[int | None, int | None]
Fact = tuple[str, str]
"""A field and the text of a term."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: what it is filtered, sorted, searched and shown by.

    ``days`` are its first and last of its own, ``published`` the first of its article (ordinals).
    ``tail`` is what it is sorted by besides days. ``names`` and ``texts`` are words as they are
    compared; ``body`` is the record as JSON, or what is shown of it. ``more`` is what else it says,
    of which only whether it changes matters.
    """

    kind: Kind
    id: str
    label: str
    tail: str
    facts: tuple[Fact, ...]
    days: Days = (None, None)
    published: int | None = None
    point: tuple[float, float] | None = None
    names: str = ""
    texts: str = ""
    body: bytes = b""
    more: str = ""

    @property
    def mark(self) -> bytes:
        """Two rows that say the same have the same."""
        days = (*self.days, self.published, self.point)
        said = (self.kind, self.id, self.label, self.tail, self.facts, days, self.more)
        whole = _MARK.encode([*said, self.names, self.texts]).encode()
        return blake2b(whole + self.body, digest_size=16).digest()


def searched(texts: Iterable[str | None]) -> str:
    """The words of texts as they are compared; a text that another one holds adds nothing."""
    plain = {" ".join(words(text)) for text in texts if text}
    kept: list[str] = []
    for one in sorted(plain, key=lambda text: (-len(text), text)):
        if one and not any(f" {one} " in f" {other} " for other in kept):
            kept.append(one)
    return APART.join(kept)


def as_json(record: Mapping[str, Any]) -> bytes:
    """A record as the body of a row."""
    return _BODY.encode(record).encode()


def ordinal(day: str | None) -> int | None:
    """The number of an ISO day, as ``datetime.date`` counts them."""
    return date.fromisoformat(day).toordinal() if day else None
