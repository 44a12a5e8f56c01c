"""What the view says so that a question finds its answer by a key and not by a search.

Nothing new is told: the passage of a finding follows from its evidence, the words of names from
the names, the periods of an event from its dates.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from kg.filters.names import words
from kg.rdf import SLOT_PROPERTY
from kg.terms import Triple, literal, value
from kg.vocab import term

MOST: Final = 12
"""Periods of one event at the most; a longer one is given in years, then in centuries."""

_EVIDENCE: Final = term("ck:evidence")
_CUE: Final = term(SLOT_PROPERTY["cue"])
_SLOTS: Final = frozenset(term(name) for name in SLOT_PROPERTY.values()) - {_EVIDENCE}
_PASSAGE_OF: Final = term("ck:passageOf")
_WORD: Final = term("ck:nameWord")
_PERIOD: Final = term("ck:period")


def passage(finding: str, triples: Iterable[Triple]) -> Iterator[Triple]:
    """The evidence that is a statement or report as a whole; the cue where that is all of it.

    ``triples`` are those of the finding. Evidence of a slot is never the whole.
    """
    everything: list[str] = []
    slots: set[str] = set()
    cue: str | None = None
    for _, predicate, thing in triples:
        if predicate == _EVIDENCE:
            everything.append(thing)
        elif predicate in _SLOTS:
            slots.add(thing)
            cue = thing if predicate == _CUE else cue
    if cue:
        whole = [thing for thing in everything if thing not in slots]
        yield from ((thing, _PASSAGE_OF, finding) for thing in whole or [cue])


def name_words(node: str, names: Iterable[str]) -> Iterator[Triple]:
    """Every word of the names (terms) of an actor or place, as names are compared."""
    found = {word for name in names for word in words(value(name))}
    yield from ((node, _WORD, literal(word)) for word in sorted(found))


def periods(node: str, first: str, last: str) -> Iterator[Triple]:
    """The periods that touch the days from the first to the last of an event (terms)."""
    start, end = (date.fromisoformat(value(one)) for one in (first, last))
    yield from ((node, _PERIOD, literal(one)) for one in touched(start, end))


def touched(start: date, end: date) -> Sequence[str]:
    """Months, or years, or centuries: the shortest of which ``MOST`` are enough.

    >>> touched(date(2022, 9, 13), date(2022, 10, 2))
    ['2022-09', '2022-10']
    >>> touched(date(1991, 1, 1), date(1994, 5, 12)), touched(date(1890, 1, 1), date(2022, 1, 1))
    (['1991', '1992', '1993', '1994'], ['18', '19', '20'])
    """
    months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    if len(months) <= MOST:
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]
    years = range(start.year, end.year + 1)
    if len(years) <= MOST:
        return [f"{year:04}" for year in years]
    return [f"{century:02}" for century in range(start.year // 100, end.year // 100 + 1)]
