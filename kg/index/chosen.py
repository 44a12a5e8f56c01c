"""Which rows filters choose: each parameter as flags over the rows of a table.

What SPARQL joins is joined here: all parameters of a statement that speak of an event speak of the
same one (``kg.filters.patterns``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np

from kg.filters import Filters, Kind
from kg.filters.language import DAYS
from kg.filters.lookup import find, fold
from kg.filters.patterns import PINNED, REFERENCES, SCHEMES, modes
from kg.index.columns import NONE, Flags, Ints, Pairs, Table
from kg.index.tables import Tables
from kg.store.base import Queryable
from kg.vocab import code

_OF_EVENTS: Final = ("event_type", "mode", "factuality", "place", "bbox")
"""Parameters of statements that speak of the event they are about."""
_HAS_OF_EVENTS: Final = ("place", "toll")
_EVENT_PARTS: Final = ("agent", "recipient", "mediator")
_OWN_PARTS: Final = ("speaker", "target", "addressee")
_OF_SAYING: Final = ("speaker", "act")
"""Parameters of events that speak of a statement about them."""


class Choosing:
    """The rows of one view that filters choose. ``queryable`` finds whom names mean."""

    def __init__(self, tables: Tables, queryable: Queryable, filters: Filters) -> None:
        self.tables = tables
        self.queryable = queryable
        self.filters = filters
        self.kind = filters.kind
        self.table: Table = tables.table(filters.kind)
        self.events: Flags | None = None
        """Of statements: the events that all parameters leave in; None leaves all."""

    def flags(self) -> Flags:
        """The rows that all parameters leave in."""
        found = self.tables.standing(self.kind).copy()
        for flags in self._conditions():
            found &= flags
        return found

    def _conditions(self) -> Iterable[Flags]:
        if self.kind == "statements":
            yield from self._of_events()
        if self.kind == "events":
            yield from self._of_sayings()
        for name, given in self.filters.where:
            check = _CHECKS.get((self.kind, name), _CHECKS.get(("", name)))
            if check is not None:
                yield check(self, name, given)
        if terms := self.filters.terms():
            yield self.tables.worded(self.kind, terms)
        own, published = map(self.filters.days, DAYS)
        if any(own):
            yield _dated(self.table, *map(_ordinal, own))
        if any(published):
            articles = _dated(self.tables.table("articles"), *map(_ordinal, published))
            articles &= self.tables.standing("articles")
            yield self.tables.leading(self.kind, "article", "articles", articles)

    def _of_events(self) -> Iterable[Flags]:
        """The statements about an event that all parameters of events leave in."""
        asked = [
            _of_record(self, "events", name, given)
            for name, given in self.filters.where
            if name in _OF_EVENTS
        ]
        asked += [
            _has(self, "events", name) for name in self.filters.get("has") if name in _HAS_OF_EVENTS
        ]
        if asked:
            flags = self.tables.standing("events").copy()
            for one in asked:
                flags &= one
            self.events = flags
            yield self.tables.leading(self.kind, "about", "events", flags)

    def _of_sayings(self) -> Iterable[Flags]:
        """The events that a statement is about that all parameters of statements leave in."""
        asked = [
            self.field("statements", name, given)
            for name, given in self.filters.where
            if name in _OF_SAYING
        ]
        if asked:
            flags = self.tables.standing("statements").copy()
            for one in asked:
                flags &= one
            yield self.tables.led_to("statements", "about", self.kind, flags)

    def field(self, kind: Kind, name: str, given: Sequence[str]) -> Flags:
        """The rows of a kind that have one of these values in a field."""
        return self.tables.having(kind, name, self.codes(kind, name, given))

    def codes(self, kind: Kind, name: str, given: Sequence[str]) -> Ints:
        """The numbers of the terms that a parameter's values mean."""
        if name == "publisher":
            wanted = {fold(value) for value in given}
            return self.tables.codes_where("publisher", lambda text: fold(text) in wanted)
        if kinds := REFERENCES.get(name):
            found = (one for v in given for of in kinds for one in find(self.queryable, of, v))
            return self.tables.codes(dict.fromkeys(found))
        if name == "mode":
            return self.tables.codes(code("mode", m)[1:-1] for v in given for m in modes(v))
        if name in SCHEMES:
            return self.tables.codes(code(SCHEMES[name], value)[1:-1] for value in given)
        return self.tables.codes(given)


Check = Callable[[Choosing, str, Sequence[str]], Flags]


def _of_record(choosing: Choosing, kind: Kind, name: str, given: Sequence[str]) -> Flags:
    if name == "bbox":
        return _boxed(choosing, kind)
    return choosing.field(kind, name, given)


def _plain(choosing: Choosing, name: str, given: Sequence[str]) -> Flags:
    return choosing.field(choosing.kind, name, given)


def _any_of(choosing: Choosing, flags: Iterable[Flags]) -> Flags:
    found = np.zeros(len(choosing.table), np.bool_)
    for one in flags:
        found |= one
    return found


def _hearer(choosing: Choosing, name: str, given: Sequence[str]) -> Flags:
    codes = choosing.codes(choosing.kind, name, given)
    fields = ("target", "addressee")
    return _any_of(choosing, (choosing.tables.having(choosing.kind, f, codes) for f in fields))


def _actor_of_statement(choosing: Choosing, name: str, given: Sequence[str]) -> Flags:
    tables, codes = choosing.tables, choosing.codes(choosing.kind, name, given)
    roles = choosing.filters.get("role") or (*_OWN_PARTS, *_EVENT_PARTS)
    own = [tables.having("statements", one, codes) for one in roles if one in _OWN_PARTS]
    parts = [tables.having("events", one, codes) for one in roles if one in _EVENT_PARTS]
    if parts:
        events = np.logical_or.reduce(parts) & tables.standing("events")
        own.append(tables.leading("statements", "about", "events", events))
    return _any_of(choosing, own)


def _actor_of_event(choosing: Choosing, name: str, given: Sequence[str]) -> Flags:
    codes = choosing.codes(choosing.kind, name, given)
    roles = choosing.filters.get("role") or _EVENT_PARTS
    return _any_of(choosing, (choosing.tables.having("events", one, codes) for one in roles))


def _by_publisher(choosing: Choosing, name: str, given: Sequence[str]) -> Flags:
    """By the publisher of an article that the record is of."""
    articles = choosing.field("articles", name, given) & choosing.tables.standing("articles")
    if choosing.kind in ("actors", "places"):
        field = choosing.kind.removesuffix("s")
        return choosing.tables.led_to("articles", field, choosing.kind, articles)
    return choosing.tables.leading(choosing.kind, "article", "articles", articles)


def _named_by(choosing: Choosing, name: str, given: Sequence[str]) -> Flags:
    """Actors or places that an article names."""
    tables = choosing.tables
    articles = tables.being("articles", choosing.codes(choosing.kind, name, given))
    articles &= tables.standing("articles")
    return tables.led_to("articles", choosing.kind.removesuffix("s"), choosing.kind, articles)


def _boxed(choosing: Choosing, kind: Kind) -> Flags:
    """The events or places within the box."""
    tables, places = choosing.tables, choosing.tables.table("places")
    west, south, east, north = choosing.filters.box() or (0.0, 0.0, 0.0, 0.0)
    with np.errstate(invalid="ignore"):
        wide = (places.lon >= west, places.lon <= east)
        across = wide[0] & wide[1] if west <= east else wide[0] | wide[1]
        within = (places.lat >= south) & (places.lat <= north) & across
    within &= ~np.isnan(places.lat) & tables.standing("places")
    within &= tables.having("places", "precision", tables.codes(PINNED))
    return within if kind == "places" else tables.leading(kind, "place", "places", within)


def _box(choosing: Choosing, name: str, given: Sequence[str]) -> Flags:
    return _boxed(choosing, choosing.kind)


def _all_it_has(choosing: Choosing, name: str, given: Sequence[str]) -> Flags:
    found = np.ones(len(choosing.table), np.bool_)
    apart = _HAS_OF_EVENTS if choosing.kind == "statements" else ()
    for one in given:
        if one not in apart:
            found &= _has(choosing, choosing.kind, one)
    return found


def _has(choosing: Choosing, kind: Kind, name: str) -> Flags:
    tables = choosing.tables
    table = tables.table(kind)
    if name == "date":
        dated: Flags = (table.first != NONE) | (table.last != NONE)
        return dated
    if name == "point":
        found: Flags = ~np.isnan(table.lat)
        return found
    if name in ("statement", "denial"):
        said = tables.standing("statements")
        if name == "denial":
            said = said & tables.having("statements", "act", tables.codes([_DENY]))
        return tables.led_to("statements", "about", kind, said)
    if name in _MARKED:
        return tables.having(kind, "flag", tables.codes([name]))
    return _any(table, table.pairs(name))


_DENY: Final = code("act", "deny")[1:-1]
_MARKED: Final = ("contested", "quotation", "toll", "role", "headline", "url")


def _any(table: Table, pairs: Pairs) -> Flags:
    found = np.zeros(len(table), np.bool_)
    found[pairs.at] = True
    return found


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _dated(table: Table, first: int | None, last: int | None) -> Flags:
    found: Flags = (table.first != NONE) | (table.last != NONE)
    if first:
        found = found & ((table.last == NONE) | (table.last >= first))
    if last:
        found = found & ((table.first == NONE) | (table.first <= last))
    return found


_PLAIN: Final[Mapping[Kind, tuple[str, ...]]] = {
    "statements": ("speaker", "target", "addressee", "act", "about", "article", "review"),
    "events": (
        *("agent", "recipient", "mediator", "event_type", "mode", "factuality", "status"),
        *("context", "about", "place", "article", "review"),
    ),
    "actors": ("type", "sector", "country"),
    "places": ("precision", "country"),
    "articles": ("publisher", "actor", "place"),
}
"""Parameters that are fields of the records themselves."""

_CHECKS: Final[Mapping[tuple[str, str], Check]] = {
    **{(kind, name): _plain for kind, names in _PLAIN.items() for name in names},
    ("statements", "hearer"): _hearer,
    ("statements", "actor"): _actor_of_statement,
    ("events", "actor"): _actor_of_event,
    ("events", "bbox"): _box,
    ("places", "bbox"): _box,
    ("statements", "publisher"): _by_publisher,
    ("events", "publisher"): _by_publisher,
    ("actors", "publisher"): _by_publisher,
    ("places", "publisher"): _by_publisher,
    ("actors", "article"): _named_by,
    ("places", "article"): _named_by,
    ("", "has"): _all_it_has,
}
"""(kind, parameter) → the check; those of statements' events and events' statements are apart."""
