"""Records that the index keeps whole, and the graph for those that it does not."""

from collections.abc import Callable, Sequence

from kg.filters import Kind, index_of
from kg.records.graph import Graph
from kg.records.parts import Json
from kg.store.base import Queryable

Read = Callable[[Graph, Sequence[str]], list[Json]]
"""Makes records from the graph, in the order given."""


def whole(queryable: Queryable, kind: Kind, ids: Sequence[str], read: Read) -> list[Json]:
    """The records with these IRIs, in the order given."""
    index = index_of(queryable)
    found = index.records(kind, ids) if index else {}
    rest = [one for one in dict.fromkeys(ids) if one not in found]
    if rest:
        found = found | {one["id"]: one for one in read(Graph(queryable), rest)}
    return [found[one] for one in ids]
