"""Records that the index keeps whole, and the graph for those that it does not."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from kg.filters import Kind, index_of
from kg.records.graph import Graph
from kg.store.base import Queryable

Record = TypeVar("Record")


def whole(
    queryable: Queryable,
    kind: Kind,
    ids: Sequence[str],
    read: Callable[[Graph, Sequence[str]], list[Record]],
) -> list[Record]:
    """The records with these IRIs, in the order given; ``read`` makes those of the graph."""
    index = index_of(queryable)
    found = cast("dict[str, Any]", index.records(kind, ids) if index else {})
    rest = [one for one in dict.fromkeys(ids) if one not in found]
    if rest:
        found = found | dict(zip(rest, read(Graph(queryable), rest), strict=True))
    return [found[one] for one in ids]
