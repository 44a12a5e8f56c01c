"""The answers of an index for one view: an ``Index`` of ``kg.filters``."""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import numpy as np

from kg.errors import BadFilter, Swept
from kg.filters import Changed, Filters, Kind, Selection
from kg.filters.index import Json
from kg.filters.language import DATED, RANK, SORTS, cursor
from kg.filters.lookup import meant
from kg.filters.names import words
from kg.filters.words import Term
from kg.index.chosen import Choosing
from kg.index.columns import NONE, Flags, Ints
from kg.index.counts import facet_of
from kg.index.orders import key_of_row, ordered
from kg.index.schema import KIND
from kg.index.since import changed
from kg.index.tables import Tables
from kg.index.words import MANY
from kg.iri import key_of
from kg.store.base import Queryable

P = ParamSpec("P")
T = TypeVar("T")

WHOLE: Final = ("statements", "events", "articles")
"""Kinds whose records are kept whole."""
MOST_NAMES: Final = 50_000
_DIGITS: Final = {"year": "Y", "month": "M", "day": "D"}
_EPOCH: Final = date(1970, 1, 1).toordinal()


def _at_one_moment(answer: Callable[Concatenate["Answers", P], T]) -> "Callable[..., T]":
    """An answer that is read out of the file at one moment, in which the view is still there."""

    @wraps(answer)
    def asked(self: "Answers", *given: P.args, **named: P.kwargs) -> T:
        with self.tables.database.moment():
            if not self.still():
                raise Swept("what this list is made of was taken out meanwhile; ask again")
            return answer(self, *given, **named)

    return asked


class Answers:
    """What the tables of one view answer. ``queryable`` is asked for IRIs of old.

    ``still`` says whether the file has all rows of the view; each answer raises Swept where not.
    """

    def __init__(
        self, tables: Tables, queryable: Queryable, still: Callable[[], bool] = lambda: True
    ) -> None:
        self.tables = tables
        self.still = still
        self._queryable = _Beside(queryable, self)
        self._number = tables.number
        self._chosen: dict[tuple[object, ...], Choosing] = {}
        self._flags: dict[tuple[object, ...], Flags] = {}

    @_at_one_moment
    def select(self, filters: Filters) -> Selection:
        """See ``Index.select``."""
        flags = self._select(filters)
        total = int(np.count_nonzero(flags))
        at, more = self._page(filters, flags, filters.limit)
        return Selection(self._iris(filters.kind, at), total, more)

    def batches(self, filters: Filters) -> Iterator[tuple[str, ...]]:
        """See ``Index.batches``."""
        at = self._whole(filters)
        for start in range(0, max(len(at), 1), filters.limit):
            yield self._iris(filters.kind, at[start : start + filters.limit])

    @_at_one_moment
    def facets(self, filters: Filters) -> dict[str, list[Json]]:
        """See ``Index.facets``."""
        flags = self._select(filters)
        choosing = self._chosen[self._asked(filters)]
        return {name: facet_of(choosing, name, flags) for name in filters.facets}

    @_at_one_moment
    def histogram(self, filters: Filters) -> Json:
        """See ``Index.histogram``."""
        flags = self._select(filters)
        table = self.tables.table(filters.kind)
        first, last = table.first[flags], table.last[flags]
        step = filters.histogram or "month"
        dated = (first != NONE) & (last != NONE)
        starts, ends = (_bins(days[dated], step) for days in (first, last))
        values, counts = np.unique(starts[starts == ends], return_counts=True)
        undated = int(np.count_nonzero((first == NONE) & (last == NONE)))
        return {
            "by": step,
            "bins": [
                {"bin": str(value), "count": int(count)}
                for value, count in zip(values, counts, strict=True)
            ],
            "wider": len(first) - undated - int(counts.sum()),
            "undated": undated,
        }

    @_at_one_moment
    def called(self, kind: Kind, name: str) -> tuple[str, ...]:
        """See ``Index.called``."""
        wanted = words(name)
        if not wanted:
            return ()
        found = self._named(kind, [Term((word,)) for word in dict.fromkeys(wanted)])
        bearers = (
            (iri, one, person)
            for iri, called, person in found
            for one in called
            if set(wanted) <= set(words(one))
        )
        return tuple(sorted(meant(name, bearers)))

    @_at_one_moment
    def known(self, kind: Kind, ident: str) -> str | None:
        """See ``Index.known``."""
        text = (
            "SELECT text FROM record JOIN term ON code = id WHERE kind = ? AND key = ? "
            "AND born <= ? AND died > ?"
        )
        number = self._number
        found = self._rows(text, (KIND[kind], key_of(ident), number, number))
        if "://" in ident:
            return next((iri for (iri,) in found if iri == ident), None)
        return found[0][0] if len(found) == 1 and "/" not in ident else None

    @_at_one_moment
    def names(self, kind: Kind) -> Mapping[str, Sequence[str]]:
        """See ``Index.names``."""
        text = (
            "SELECT text, json FROM record JOIN term ON code = id JOIN body USING (row) "
            f"WHERE kind = ? AND born <= ? AND died > ? LIMIT {MOST_NAMES}"
        )
        bearers: dict[str, list[str]] = {}
        for iri, packed in self._rows(text, (KIND[kind], self._number, self._number)):
            for name in _unpacked(packed)["names"]:
                bearers.setdefault(name, []).append(iri)
        return bearers

    @_at_one_moment
    def labels(self, ids: Sequence[str]) -> dict[str, str]:
        """See ``Index.labels``."""
        text = (
            "SELECT text, label FROM term JOIN record ON id = code "
            "WHERE text = ? AND born <= ? AND died > ? AND label <> ''"
        )
        number = self._number
        return dict(row for iri in ids for row in self._rows(text, (iri, number, number)))

    @_at_one_moment
    def records(self, kind: Kind, ids: Sequence[str]) -> dict[str, Json]:
        """See ``Index.records``."""
        return self._bodies(kind, ids) if kind in WHOLE else {}

    @_at_one_moment
    def cards(self, kind: Kind, ids: Sequence[str]) -> dict[str, Json]:
        """See ``Index.cards``."""
        found = self._bodies(kind, ids)
        return {iri: one if kind in WHOLE else one["card"] for iri, one in found.items()}

    @_at_one_moment
    def changed(self, before: str) -> Changed | None:
        """See ``Index.changed``."""
        found = self._rows(
            "SELECT number FROM view, meta WHERE id = ? AND name = 'swept' "
            "AND CAST(value AS INTEGER) <= number AND number <= ?",
            (before, self._number),
        )
        return changed(self.tables, found[0][0]) if found else None

    @_at_one_moment
    def posted(self, actor: str, most: int) -> tuple[str, ...]:
        """See ``Index.posted``."""
        flags = self.tables.having("articles", "post", self.tables.codes([actor]))
        flags &= self.tables.standing("articles")
        usual = Filters.parse("articles", {})
        at = ordered(self.tables.table("articles"), usual, flags, most)
        return self._iris("articles", at)

    def _bodies(self, kind: Kind, ids: Sequence[str]) -> dict[str, Json]:
        text = (
            "SELECT json FROM term JOIN record ON id = code JOIN body USING (row) "
            "WHERE text = ? AND kind = ? AND born <= ? AND died > ?"
        )
        given = (KIND[kind], self._number, self._number)
        found = ((iri, self._rows(text, (iri, *given))) for iri in dict.fromkeys(ids))
        return {iri: _unpacked(rows[0][0]) for iri, rows in found if rows}

    def _rows(self, text: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self.tables.database.rows(text, given)

    def _asked(self, filters: Filters) -> tuple[object, ...]:
        return filters.kind, filters.where

    def _select(self, filters: Filters) -> Flags:
        """The rows that a selection holds, found once for its page, facets and histogram."""
        asked = self._asked(filters)
        if asked not in self._flags:
            self._chosen[asked] = Choosing(self.tables, self._queryable, filters)
            self._flags[asked] = self._chosen[asked].flags()
        return self._flags[asked]

    def _page(self, filters: Filters, flags: Flags, most: int | None) -> tuple[Ints, str | None]:
        """The positions of a page's rows in their order, and the mark of the next."""
        if filters.sort == RANK:
            return self._ranked(filters, flags, most)
        table = self.tables.table(filters.kind)
        at = ordered(table, filters, flags, None if most is None else most + 1)
        if most is None or len(at) <= most:
            return at, None
        last = int(at[most - 1])
        (tail,) = self._rows("SELECT tail FROM record WHERE row = ?", (int(table.rows[last]),))
        return at[:most], cursor(filters.sort, key_of_row(table, filters, last, tail[0]))

    def _ranked(self, filters: Filters, flags: Flags, most: int | None) -> tuple[Ints, str | None]:
        """What fits best first; where very many have the words, in the usual order, newest first.

        The key of a place in this order is how many come before it.
        """
        after = filters.after or "0"
        if not (after.isascii() and after.isdigit()):
            raise BadFilter("cursor is of another order than there is now; begin without it")
        start = int(after[:9])
        table, kind = self.tables.table(filters.kind), filters.kind
        end = None if most is None else start + most + 1
        usual = ("-" if kind in DATED else "") + SORTS[kind][0]
        plain = replace(filters, sort=usual, after=None)
        if np.count_nonzero(flags) > MANY:
            at = ordered(table, plain, flags, end)
        else:
            at = self._best(plain, flags)
        shown = at[start:] if most is None else at[start : start + most]
        more = most is not None and len(at) > start + most
        return shown, cursor(RANK, str(start + len(shown))) if more else None

    def _best(self, plain: Filters, flags: Flags) -> Ints:
        table = self.tables.table(plain.kind)
        at = ordered(table, plain, flags, None)
        if not len(at):
            return at
        rows = table.rows[at].tolist()
        scores = self.tables.words.scores(plain.kind, plain.terms(), rows)
        fit = np.array([scores.get(row, 0.0) for row in rows])
        found: Ints = at[np.argsort(-np.round(fit, 6), kind="stable")]
        return found

    @_at_one_moment
    def _whole(self, filters: Filters) -> Ints:
        return self._page(filters, self._select(filters), None)[0]

    @_at_one_moment
    def _iris(self, kind: Kind, at: Ints) -> tuple[str, ...]:
        codes = self.tables.table(kind).ids[at]
        texts = self.tables.texts(codes)
        return tuple(texts[int(code)] for code in codes if int(code) in texts)

    def _named(self, kind: Kind, terms: Sequence[Term]) -> list[tuple[str, list[str], bool]]:
        """Actors or places with these words in their names: (IRI, names, whether a person)."""
        table = self.tables.table(kind)
        flags = self.tables.worded(kind, terms) & self.tables.standing(kind)
        persons = self.tables.having(kind, "type", self.tables.codes(["Person"]))
        found = []
        for at in np.flatnonzero(flags):
            (packed,) = self._rows("SELECT json FROM body WHERE row = ?", (int(table.rows[at]),))
            (iri,) = self._iris(kind, np.array([at], np.int32))
            found.append((iri, _unpacked(packed[0])["names"], bool(persons[at])))
        return found


class _Beside:
    """A queryable with its index, for whoever looks for names while a selection is made."""

    def __init__(self, queryable: Queryable, index: Answers) -> None:
        self.base = queryable.base
        self.query = queryable.query
        self.index = index


def _unpacked(body: bytes) -> Json:
    found: Json = json.loads(zlib.decompress(body))
    return found


def _bins(days: Ints, step: str) -> "np.ndarray[Any, np.dtype[np.datetime64]]":
    whole = (days.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    return whole.astype(f"datetime64[{_DIGITS[step]}]")
