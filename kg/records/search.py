"""Search over all kinds at once: how much of each there is, and what fits best."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from kg.filters import KINDS, Filters, Kind, index_of, select_ids
from kg.filters.language import RANK
from kg.records.match import matched
from kg.records.pages import by_ids
from kg.records.parts import Json
from kg.store.base import Queryable

LEFT_OUT: Final = ("articles", "evidence", "roles", "members")
"""What a found actor or place comes without: of some there is very much."""


def search(queryable: Queryable, words: str, limit: int) -> Json:
    """``{"q", "kinds": [{"kind", "total", "items", "url"}]}``, ``limit`` items of each kind.

    Items are records with ``match``, what fits best first; actors and places come without what
    is said of them elsewhere. ``url`` is the whole list. BadFilter for what is no search.
    """
    return {"q": words, "kinds": [_found(queryable, kind, words, limit) for kind in KINDS]}


def _found(queryable: Queryable, kind: Kind, words: str, limit: int) -> Json:
    given = {"q": [words], "sort": [RANK], "limit": [str(limit)]}
    filters = Filters.parse(kind, given)
    chosen = select_ids(queryable, filters)
    return {
        "kind": kind,
        "total": chosen.total,
        "items": matched(queryable, filters, cards(queryable, kind, chosen.ids)),
        "url": f"/{kind}?{urlencode({'q': words, 'sort': RANK})}",
    }


def cards(queryable: Queryable, kind: Kind, ids: Sequence[str]) -> list[Json]:
    """Records without what there may be very much of."""
    index = index_of(queryable)
    known = index.cards(kind, ids) if index else {}
    made = by_ids(queryable, kind, [one for one in ids if one not in known])
    known |= {one["id"]: card(kind, one) for one in made}
    return [known[one] for one in ids if one in known]


def card(kind: Kind, record: Json) -> Json:
    """A record without what there may be very much of."""
    if kind not in ("actors", "places"):
        return record
    return {name: said for name, said in record.items() if name not in LEFT_OUT}
