"""A drawn graph as a table of nodes and a table of edges, in SQLite: memory does not grow with it.

A sheet is filled once and then only read. Rows are tuples of the fields of ``Node`` and ``Edge``;
nodes stand by kind and IRI, edges by their ends, each once.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.projection.model import (
    EDGE_FIELDS,
    NODE_FIELDS,
    Edge,
    Node,
    Projection,
    Row,
    edge_of,
    node_of,
    row,
)

FORMAT: Final = 7
"""Changes with the tables, and with what stands in them."""

BATCH: Final = 1000
"""Rows that are read at a time."""

JOINED: Final = 200
"""Texts that SQLite joins at a time."""

Ends = NDArray[np.int32]
"""Two columns: the numbers of an edge's source and target, from 0."""

_NODES: Final = ", ".join(NODE_FIELDS)
_EDGES: Final = ", ".join(EDGE_FIELDS)


class Sheet:
    """One drawn graph. ``close`` it; a sheet without a file of its own is gone then."""

    def __init__(self, connection: sqlite3.Connection, preset: str) -> None:
        self.preset = preset
        self._sql = connection

    @classmethod
    def open(cls, file: Path, preset: str) -> "Sheet":
        """A sheet that was filled before."""
        where = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(where, uri=True, check_same_thread=False), preset)

    @classmethod
    def of(cls, graph: Projection) -> "Sheet":
        """A graph that is at hand, as a sheet, its nodes and edges as they are."""
        sheet = cls(connect(None), graph.preset)
        sheet.put(graph.nodes, graph.edges)
        keep_ends(sheet._sql)
        return sheet

    def put(self, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
        """Fill an empty sheet with nodes and edges in their order."""
        create(self._sql)
        self._sql.execute("BEGIN")
        self._sql.executemany(insert("node", NODE_FIELDS), map(row, nodes))
        self._sql.executemany(insert("edge", EDGE_FIELDS), map(row, edges))
        self._sql.execute("COMMIT")

    def close(self) -> None:
        """Let go of it."""
        self._sql.close()

    @property
    def size(self) -> tuple[int, int]:
        """How many nodes and edges there are."""
        # Counted without a walk through the tables: numbers run from 1, an edge has 8 bytes.
        text = "SELECT (SELECT coalesce(MAX(number), 0) FROM node), (SELECT length(data) FROM ends)"
        nodes, ends = self._sql.execute(text).fetchone()
        return nodes, ends // 8

    def node_rows(self) -> Iterator[list[Row]]:
        """All nodes in their order, some at a time."""
        return _batches(self._sql.execute(f"SELECT {_NODES} FROM node ORDER BY number"))

    def edge_rows(self) -> Iterator[list[Row]]:
        """All edges in their order, some at a time."""
        return _batches(self._sql.execute(f"SELECT {_EDGES} FROM edge ORDER BY number"))

    def kinds(self, table: str) -> list[str]:
        """The kinds of nodes or edges that there are, sorted."""
        return [
            kind for (kind,) in self._sql.execute(f"SELECT DISTINCT kind FROM {table} ORDER BY 1")
        ]

    def texts(
        self,
        table: str,
        template: str,
        values: Sequence[str],
        between: str,
        **functions: Callable[[int], float],
    ) -> Iterator[str]:
        """All nodes or edges (``table``) as texts that SQLite makes of them, some joined at a time.

        ``template`` is that of its ``printf``, ``values`` are expressions over the fields, in
        which ``functions`` are known by their names; ``between`` stands between two of them.
        """
        for name, function in functions.items():
            self._sql.create_function(name, 1, function, deterministic=True)
        one = f"SELECT printf({', '.join(('?', *values))}) AS one FROM {table}"
        text = (
            "SELECT group_concat(one, ?) FROM "
            f"({one} WHERE number > ? AND number <= ? ORDER BY number)"
        )
        count = self.size[table == "edge"]
        for start in range(0, count, JOINED):
            given = (between, template, start, start + JOINED)
            yield self._sql.execute(text, given).fetchone()[0]

    def ends(self) -> Ends:
        """The numbers of the nodes that each edge joins, in the order of the edges."""
        (data,) = self._sql.execute("SELECT data FROM ends").fetchone()
        return np.frombuffer(data, np.int32).reshape(-1, 2)

    def number(self, iri: str) -> int | None:
        """The number of a node, from 0."""
        found = self._sql.execute("SELECT number FROM node WHERE iri = ?", (iri,)).fetchone()
        return found[0] - 1 if found else None

    def busiest(self, limit: int) -> list[int]:
        """The numbers of the nodes with the most edges."""
        found = self._sql.execute(
            "SELECT number FROM node ORDER BY degree DESC, iri LIMIT ?", (limit,)
        )
        return [number - 1 for (number,) in found]

    def part(self, nodes: Iterable[int], edges: Iterable[int]) -> Projection:
        """The nodes and edges of these numbers, in their order."""
        drawn = map(node_of, self._numbered("node", _NODES, nodes))
        joined = map(edge_of, self._numbered("edge", _EDGES, edges))
        return Projection(self.preset, tuple(drawn), tuple(joined))

    def whole(self) -> Projection:
        """Everything, in memory."""
        return Projection(self.preset, tuple(self.nodes()), tuple(self.edges()))

    def nodes(self) -> Iterator[Node]:
        """All nodes in their order."""
        return (node_of(one) for some in self.node_rows() for one in some)

    def edges(self) -> Iterator[Edge]:
        """All edges in their order."""
        return (edge_of(one) for some in self.edge_rows() for one in some)

    def _numbered(self, table: str, columns: str, numbers: Iterable[int]) -> Iterator[Row]:
        among = "SELECT value + 1 FROM json_each(?)"
        text = f"SELECT {columns} FROM {table} WHERE number IN ({among}) ORDER BY number"
        yield from self._sql.execute(text, (json.dumps(list(numbers)),))


def connect(file: Path | None) -> sqlite3.Connection:
    """An empty sheet to be filled: a file, or one that SQLite keeps and removes by itself."""
    found = sqlite3.connect(file or "", check_same_thread=False, isolation_level=None)
    found.execute("PRAGMA journal_mode = OFF")
    found.execute("PRAGMA synchronous = OFF")
    return found


def create(sql: sqlite3.Connection) -> None:
    """The tables, without rows."""
    sql.execute(f"CREATE TABLE node (number INTEGER PRIMARY KEY, {_NODES})")
    sql.execute(f"CREATE TABLE edge (number INTEGER PRIMARY KEY, {_EDGES})")
    sql.execute("CREATE TABLE ends (data BLOB)")


def keep_ends(sql: sqlite3.Connection) -> Ends:
    """Note which nodes each edge joins, once all stand in their order."""
    sql.execute("CREATE UNIQUE INDEX node_iri ON node (iri)")
    found = sql.execute(
        "SELECT a.number - 1, b.number - 1 FROM edge CROSS JOIN node a ON a.iri = source "
        "CROSS JOIN node b ON b.iri = target ORDER BY edge.number"
    )
    ends = np.fromiter((end for pair in found for end in pair), np.int32).reshape(-1, 2)
    sql.execute("INSERT INTO ends VALUES (?)", (ends.tobytes(),))
    return ends


def insert(table: str, names: Sequence[str]) -> str:
    """The statement that puts a row into a table."""
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[Row]]:
    while some := cursor.fetchmany(BATCH):
        yield some
