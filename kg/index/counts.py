"""Facets: how many of the chosen records have each value of a field."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.filters import Kind
from kg.filters.index import Json
from kg.filters.selection import FACET_VALUES, labelled, shown
from kg.index.chosen import Choosing
from kg.index.columns import Flags, Ints, Pairs

Longs = NDArray[np.int64]
_OF_EVENTS: Final = ("event_type", "mode", "factuality", "place")
_GONE: Final = ""
"""In the place of a term that was taken out of the file meanwhile."""


def facet_of(choosing: Choosing, name: str, flags: Flags) -> list[Json]:
    """``{"value", "label", "count"}`` of each value, the most frequent first."""
    pairs = _pairs(choosing, name, flags)
    kinds, number = _distinct(pairs.code, choosing.tables.terms)
    counted = _merged(choosing, name, kinds, pairs.at, number)
    found = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:FACET_VALUES]
    labels = labelled(choosing.queryable, name, [value for value, _ in found])
    return [{"value": v, "label": labels[v], "count": count} for v, count in found]


def _merged(choosing: Choosing, name: str, kinds: Ints, at: Ints, number: Longs) -> dict[str, int]:
    """Value → how many rows have it: all values, or those that may be among the first."""
    counts = _counts(at, number, len(kinds))
    if len(kinds) > FACET_VALUES:
        least = np.partition(counts, -FACET_VALUES)[-FACET_VALUES]
        kept = counts >= least
        kinds, counts = kinds[kept], counts[kept]
    texts = choosing.tables.texts(kinds)
    values = [shown(name, texts[int(code)]) if int(code) in texts else _GONE for code in kinds]
    known = [value for value in values if value != _GONE]
    if len(set(known)) == len(known):
        told = zip(values, map(int, counts), strict=True)
        return {value: count for value, count in told if value != _GONE}
    places = {value: place for place, value in enumerate([*sorted(set(known)), _GONE])}
    merged = np.array([places[value] for value in values], np.int64)[number]
    found = dict(zip(places, map(int, _counts(at, merged, len(places))), strict=True))
    return {value: count for value, count in found.items() if value != _GONE}


def _distinct(codes: Ints, terms: int) -> tuple[Ints, Longs]:
    """The different terms, and of each code which of them it is."""
    there = np.zeros(terms, np.bool_)
    there[codes] = True
    kinds = np.flatnonzero(there).astype(np.int32)
    number = np.zeros(terms, np.int64)
    number[kinds] = np.arange(len(kinds))
    return kinds, number[codes]


def _counts(at: Ints, value: Longs, values: int) -> Longs:
    """How many rows have each value; a row that has it twice counts once."""
    if bool((at[1:] > at[:-1]).all()):
        return np.bincount(value, minlength=values)
    whole = np.unique(at.astype(np.int64) * values + value)
    return np.bincount(whole % values, minlength=values)


def _pairs(choosing: Choosing, name: str, flags: Flags) -> Pairs:
    """What chosen rows have in a field, perhaps by way of a record of another kind."""
    tables, kind = choosing.tables, choosing.kind
    if kind == "statements" and name in _OF_EVENTS:
        events = tables.standing("events")
        if choosing.events is not None:
            events = events & choosing.events
        return _through(choosing, _own(choosing, "about", flags), "events", name, events)
    if kind in ("actors", "places") and name in ("article", "publisher"):
        named = _named(choosing, flags)
        return named if name == "article" else _of_articles(choosing, named)
    if name == "publisher" and kind != "articles":
        return _of_articles(choosing, _own(choosing, "article", flags))
    if name == "actor":
        return _united([_own(choosing, one, flags) for one in ("agent", "recipient", "mediator")])
    return _own(choosing, name, flags)


def _own(choosing: Choosing, name: str, flags: Flags) -> Pairs:
    pairs = choosing.table.pairs(name)
    chosen = flags[pairs.at]
    return Pairs(pairs.at[chosen], pairs.code[chosen])


def _of_articles(choosing: Choosing, links: Pairs) -> Pairs:
    standing = choosing.tables.standing("articles")
    return _through(choosing, links, "articles", "publisher", standing)


def _through(choosing: Choosing, links: Pairs, to: Kind, name: str, flags: Flags) -> Pairs:
    """Each link with every value in a field of the flagged row that it leads to."""
    table = choosing.tables.table(to)
    place = choosing.tables.places(to, flags)[links.code]
    there = place >= 0
    at, place = links.at[there], place[there]
    starts = table.starts(name)
    low = starts[place]
    many = starts[place + 1] - low
    ends = np.cumsum(many)
    first = np.repeat(low - (ends - many), many)
    chosen = first + np.arange(len(first))
    return Pairs(np.repeat(at, many), table.pairs(name).code[chosen])


def _named(choosing: Choosing, flags: Flags) -> Pairs:
    """Chosen actors or places, and the articles that name them."""
    tables, kind = choosing.tables, choosing.kind
    articles = tables.table("articles")
    pairs = articles.pairs(kind.removesuffix("s"))
    place = tables.places(kind, flags)[pairs.code]
    chosen = tables.standing("articles")[pairs.at] & (place >= 0)
    return Pairs(place[chosen], articles.ids[pairs.at[chosen]])


def _united(fields: list[Pairs]) -> Pairs:
    at = np.concatenate([one.at for one in fields])
    code = np.concatenate([one.code for one in fields])
    order = np.argsort(at, kind="stable")
    return Pairs(at[order], code[order])
