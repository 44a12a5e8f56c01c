"""The answer to a SELECT or ASK query as a table a page can show."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from api import wording
from kg import edtf
from kg.store.base import Answer
from kg.terms import XSD
from kg.vocab import PREFIXES

MOST_ROWS: Final = 500
MOST_SHOWN: Final = 75_000
"""Rows, and characters with their markup, shown on a page; downloads hold them all."""
MARKUP: Final = 60
"""Characters of the markup around a cell."""

_BY_LENGTH: Final = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))
_NUMBERS: Final = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))
_DAYS: Final = frozenset(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: its words, where it leads (an IRI), and whether it is a number or a date."""

    text: str
    iri: str | None = None
    number: bool = False
    date: bool = False

    @property
    def long(self) -> bool:
        """Whether it wants the room of a sentence."""
        return len(self.text) > LONG


Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, the first rows, and how many there are; ``None`` is an unbound variable."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    total: int


def table(answer: Answer) -> Table:
    """The table of a SELECT or ASK answer in SPARQL JSON."""
    found = json.loads(answer.body)
    if "boolean" in found:
        return Table(("answer",), ((Cell("yes" if found["boolean"] else "no"),),), 1)
    columns = tuple(found["head"].get("vars", ()))
    rows = found["results"]["bindings"]
    told = (
        tuple(cell(row[name]) if name in row else None for name in columns)
        for row in rows[:MOST_ROWS]
    )
    return Table(columns, tuple(told), len(rows))


def fitted(found: Table) -> Table:
    """The same with as many rows as fit a page; one at least."""
    return replace(found, rows=tuple(_fitting(found.rows)))


def _fitting(rows: Iterable[Row]) -> Iterator[Row]:
    """The first rows, as many as fit a page; one at least."""
    left = MOST_SHOWN
    for row in rows:
        if left < 0:
            return
        left -= sum(MARKUP + len(one.text) + len(one.iri or "") for one in row if one)
        yield row


def cell(term: Mapping[str, Any]) -> Cell:
    """A term of SPARQL JSON as a cell.

    >>> cell({"type": "uri", "value": "https://w3id.org/conflict-kg/act/request"}).text
    'act:request'
    """
    value = str(term["value"])
    if term["type"] == "uri":
        return Cell(curie(value), iri=value)
    language = f" @{term['xml:lang']}" if "xml:lang" in term else ""
    of = term.get("datatype")
    return Cell(value + language, number=of in _NUMBERS, date=of in _DAYS)


def curie(iri: str) -> str:
    """An IRI with the prefix we know it by, or as it is.

    >>> curie("https://w3id.org/conflict-kg#speaker"), curie("http://a.example/b")
    ('ck:speaker', 'http://a.example/b')
    """
    for prefix, start in _BY_LENGTH:
        if iri.startswith(start) and len(iri) > len(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


LEADS: Final = {
    "quotation": ("link",),
    "who": ("speaker", "actor", "entity", "party"),
    "whom": ("target",),
    "partner": ("other",),
    "mediator": ("third",),
    "where": ("site",),
    "headline": ("article",),
    "publisher": ("article",),
    "what": ("event", "statement", "finding"),
    "claim": ("claim_link",),
    "claimant": ("claim_article", "speaker", "article"),
    "denial": ("denial_link",),
    "denier": ("denial_article",),
}
"""Column → the columns, of which the first that has something says where its words lead."""

UNREAD: Final = frozenset(
    ("start", "end", "earliest", "latest", "min", "best", "max", "report", "membership")
)
"""Columns for programs: a page shows them in words by other columns."""

LONG: Final = 40
"""Characters of a cell from which on it wants room, so that it is no tower of single words."""

DATES: Final = frozenset(("date", "published"))


def readable(found: Table) -> Table:
    """A named question's answer as people read it.

    Words carry the links that stand in columns of their own, dates are written out, and
    columns only of use to programs are left to the downloads.
    """
    at = {name: number for number, name in enumerate(found.columns)}
    leads = {
        name: tuple(at[target] for target in targets if target in at)
        for name, targets in LEADS.items()
    }
    shown = [name for name in found.columns if name not in UNREAD and not _is_target(name, at)]
    rows = tuple(
        tuple(_read(name, row[at[name]], row, leads.get(name, ())) for name in shown)
        for row in found.rows
    )
    return Table(tuple(shown), rows, found.total)


def _is_target(name: str, at: Mapping[str, int]) -> bool:
    return any(name in targets and column in at for column, targets in LEADS.items())


def _read(
    name: str, value: Cell | None, row: tuple[Cell | None, ...], leads: tuple[int, ...]
) -> Cell | None:
    if value is None:
        return None
    target = next((found for one in leads if (found := row[one])), None)
    words = _date(value.text) if name in DATES else value.text
    return Cell(words, target.iri if target else value.iri, value.number, name in DATES)


def _date(text: str) -> str:
    try:
        edtf.bounds(text)
    except ValueError:
        return text
    return wording.when(text)
