"""All records derived anew: some articles and what they tell at a time, for they share much.

A job is a kind and some IRIs. Those of articles go with the statements in them, and with the events
that no earlier article tells of.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.filters import Kind
from kg.index.row import Row
from kg.index.rows import derive
from kg.index.source import Source
from kg.index.writer import batched
from kg.records.articles import held
from kg.records.events import REPORT_NAMES
from kg.sparql import told, values

ARTICLES: Final = 100
"""Articles of one job."""

Job = tuple[Kind, Sequence[str]]
Rows = tuple[Kind, Sequence[Row]]


def jobs(kind: Kind, ids: Iterable[str]) -> Iterator[Job]:
    """What is to be done for records of a kind, in one order."""
    size = {"size": ARTICLES} if kind == "articles" else {}
    return ((kind, batch) for batch in batched(sorted(ids), **size))


def done(source: Source, job: Job) -> list[Rows]:
    """The rows of a job."""
    kind, ids = job
    if kind != "articles":
        return [(kind, derive(source, kind, ids))]
    source.lead(ids, "prov:wasDerivedFrom")
    things = [held(source, one) for one in ids]
    reports = [one for found in things for one in found.get("report", ())]
    said = [one for found in things for one in found.get("statement", ())]
    source.fetch(reports, REPORT_NAMES)
    parts: list[Job] = [
        ("articles", ids),
        ("events", _first_told(source, source.over(reports, "ck:canonical"), frozenset(ids))),
        ("statements", said),
    ]
    return [(of, derive(source, of, batch)) for of, all_of in parts for batch in batched(all_of)]


def _first_told(source: Source, events: Sequence[str], articles: frozenset[str]) -> list[str]:
    """Those of some events of which the first article, by its IRI, is one of these."""
    if not events:
        return []
    text = f"SELECT ?x ?in {{ {values('x', events)} ?x ck:report/prov:wasDerivedFrom ?in }}"
    first: dict[str, str] = {}
    for event, article in told(source.queryable, text):
        first[event] = min(article, first.get(event, article))
    return sorted(event[1:-1] for event, article in first.items() if article[1:-1] in articles)
