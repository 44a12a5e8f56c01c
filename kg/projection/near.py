"""What is around some nodes, drawn of the newest records about them: nobody waits for the whole.

Each edge is the one that the whole has, for each is of one record (``kg.projection.before``).
Positions, groups and ranks are those of this part alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.filters import Filters, Kind, select_ids
from kg.filters.language import MOST, SORTS
from kg.projection.filling import fill_of
from kg.projection.sheet import Sheet, connect
from kg.store.base import Queryable

_TOLD: Final[Mapping[str, tuple[tuple[Kind, str], ...]]] = {
    "actor": (("statements", "actor"), ("events", "actor")),
    "place": (("events", "place"),),
    "event": (("statements", "about"), ("events", "about")),
    "statement": (("statements", "about"),),
}
"""Kind of node → the lists, and their filters, that hold what joins it to others."""


def near(queryable: Queryable, preset: str, nodes: Sequence[str], most: int) -> Sheet:
    """A preset of ``kg.projection.before.FOLLOWED`` around some nodes (IRIs).

    About ``most`` records are drawn, the newest of each node, and the events that they are about.
    """
    each = max(1, min(MOST, most // (2 * len(nodes))))
    records = (one for node in nodes for one in _told_of(queryable, node, each))
    connection = connect(None)
    fill_of(connection, queryable, records, preset)
    return Sheet(connection, preset)


def _told_of(queryable: Queryable, node: str, most: int) -> Iterator[str]:
    """The newest statements and events that a node has a part in, itself where it is one."""
    what = node.removeprefix(queryable.base).split("/")[0]
    if what in ("statement", "event"):
        yield node
    for kind, name in _TOLD.get(what, ()):
        newest = {name: [node], "sort": [f"-{SORTS[kind][0]}"], "limit": [str(most)]}
        yield from select_ids(queryable, Filters.parse(kind, newest)).ids
