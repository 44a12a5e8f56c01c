"""What is around some nodes, drawn of the newest records about them: nobody waits for the whole.

Each edge is the one that the whole has, for each is of one record (``kg.projection.before``).
Positions, groups and ranks are those of this part alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.errors import BadFilter
from kg.filters import Filters, Kind, select_ids
from kg.filters.language import MOST, SORTS
from kg.projection.filling import fill_of
from kg.projection.sheet import Sheet, connect
from kg.store.base import Queryable

_ABOUT: Final[tuple[tuple[Kind, str], ...]] = (("statements", "about"), ("events", "about"))
_TOLD: Final[Mapping[str, tuple[tuple[Kind, str], ...]]] = {
    "actor": (("statements", "actor"), ("events", "actor")),
    "place": (("events", "place"),),
    "event": _ABOUT,
    "statement": _ABOUT,
}
"""Kind of node → the lists, and their filters, that hold what joins it to others."""


def nearby(queryable: Queryable, preset: str, nodes: Sequence[str], most: int) -> Sheet:
    """A preset of ``kg.projection.before.FOLLOWED`` around some nodes (IRIs).

    It is drawn of ``most`` records or a few more: the newest of each node, then what is about those
    (who calls for an inquiry speaks of whoever is accused).
    """
    found = dict.fromkeys(one for node in nodes for one in _own(queryable, node, most, len(nodes)))
    ahead = list(found)
    while ahead and len(found) < most:
        more = _newest(queryable, _ABOUT, ahead, most - len(found))
        ahead = [one for one in more if one not in found]
        found.update(dict.fromkeys(ahead))
    connection = connect(None)
    fill_of(connection, queryable, found, preset)
    return Sheet(connection, preset)


def _own(queryable: Queryable, node: str, most: int, nodes: int) -> list[str]:
    """The newest statements and events that a node has a part in, itself where it is one.

    Nothing for what no filter takes (a quotation mark in it), and so is no node either.
    """
    what = node.removeprefix(queryable.base).split("/")[0]
    own = [node] if what in ("statement", "event") else []
    try:
        return [*own, *_newest(queryable, _TOLD.get(what, ()), [node], most // (4 * nodes))]
    except BadFilter:
        return []


def _newest(
    queryable: Queryable, lists: Sequence[tuple[Kind, str]], things: Sequence[str], most: int
) -> Iterator[str]:
    """The newest, at most so many, of each list by its filter."""
    limit = str(max(1, min(most, MOST)))
    for kind, name in lists:
        newest = {name: things, "sort": [f"-{SORTS[kind][0]}"], "limit": [limit]}
        yield from select_ids(queryable, Filters.parse(kind, newest)).ids
