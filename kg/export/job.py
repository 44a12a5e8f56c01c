"""One export: what is written, from where, and what the file says of itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

from kg import terms
from kg.errors import BadFilter
from kg.filters import Filters, id_batches
from kg.iri import graph_iri
from kg.projection import Sheet
from kg.sparql import BATCH, describe, select
from kg.store.base import Queryable

PIECE: Final = 1 << 16
"""Bytes or characters that are sent at a time, roughly."""

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

LICENCE: Final = (
    "Quoted words, headlines and article texts belong to their publishers. Event types, modes and "
    "sectors follow PLOVER; coordinates of places come from GeoNames (CC BY 4.0)."
)


@dataclass(frozen=True, slots=True)
class Job:
    """What one file is written from.

    ``drawn`` is the graph of a format that draws one, else None. ``base`` is the store's base IRI,
    ``state`` says what it was made of (:func:`state_of`).
    """

    queryable: Queryable
    filters: Filters
    base: str
    preset: str
    drawn: Sheet | None = None
    no_text: bool = False
    around: tuple[str, ...] = ()
    state: str = ""

    @property
    def sheet(self) -> Sheet:
        """The drawn graph. Only for formats that draw one."""
        if self.drawn is None:
            raise ValueError("this format draws no projection")
        return self.drawn

    @property
    def chosen(self) -> str:
        """The filters as a query string, empty for everything."""
        return urlencode(self.filters.pairs())

    def about(self) -> dict[str, str]:
        """What a file says of itself. No clock: the same store gives the same bytes."""
        everything = f"{self.filters.kind} where {self.chosen}" if self.chosen else "everything"
        return {
            "generator": "conflict-kg",
            **({"projection": self.preset} if self.drawn else {}),
            "selection": everything,
            **({"around": " ".join(self.around)} if self.around else {}),
            "base": self.base,
            **({"state": self.state} if self.state else {}),
            "licence": LICENCE,
            "cite": (
                "Cite a record by its url, which leads to the words of the article; cite the whole "
                f"as conflict-kg, {self.base}, with the selection above."
            ),
        }

    def readme(self) -> str:
        """The same as a text, a line for each."""
        return "".join(f"{name}: {text}\n" for name, text in self.about().items())


def state_of(queryable: Queryable) -> str:
    """What the view of a store is made of, in a few characters: the same on every machine.

    The view follows from the articles, what read them and what people judged; their names and
    number are what is hashed, so no clock is in it.
    """
    made_of, counts = sha256(), []
    for lines in (_articles(queryable), _judgements(queryable)):
        counts.append(0)
        for line in lines:
            made_of.update(line.encode())
            counts[-1] += 1
    return f"{made_of.hexdigest()[:16]} ({counts[0]} articles, {counts[1]} judgements)"


def _articles(queryable: Queryable) -> Iterator[str]:
    """A line for each article, in the order of a list."""
    for ids in id_batches(queryable, replace(Filters.parse("articles", {}), limit=BATCH)):
        read = describe(queryable, ids, ("ck:extractor",))
        for one in ids:
            yield " ".join((one, *read.get(one, {}).get("ck:extractor", ()))) + "\n"


def _judgements(queryable: Queryable) -> Iterator[str]:
    graph, last = terms.iri(graph_iri(queryable.base, "judgements")), ""
    while True:
        after = f"FILTER(STR(?x) > {terms.literal(last)})"
        found = select(
            queryable,
            f"SELECT DISTINCT ?x {{ GRAPH {graph} {{ ?x a ck:Judgement }} {after} }} "
            f"ORDER BY STR(?x) LIMIT {BATCH}",
        )
        yield from (f"{row['x']}\n" for row in found)
        if len(found) < BATCH:
            return
        last = found[-1]["x"]


def pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """Short texts as UTF-8 in pieces worth sending."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    if held:
        yield "".join(held).encode()


def clean(text: str) -> str:
    """A text without the characters that XML 1.0 cannot hold: U+FFFD stands in their place.

    >>> clean("a\\x07b")
    'a\ufffdb'
    """
    return _NOT_XML.sub("\ufffd", text)


def statements_or_events(filters: Filters) -> Filters:
    """The filters themselves. Raises BadFilter for those of another kind."""
    if filters.kind not in ("statements", "events"):
        raise BadFilter(f"an export selects statements or events, not {filters.kind}")
    return filters
