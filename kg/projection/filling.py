"""A sheet is filled: records are read a batch at a time, drawn, put in order and ranked."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from kg.filters import Filters, Kind
from kg.projection import nodes
from kg.projection.before import Before
from kg.projection.layout import placed, seats
from kg.projection.model import EDGE_FIELDS, KINDS, NODE_FIELDS, Edge, Node, Projection, Row, row
from kg.projection.presets import PRESETS, Drawn
from kg.projection.ranks import centrality, communities, degrees
from kg.projection.reading import ACTOR, PLACE, Scene, event_ids, read, read_things, statement_ids
from kg.projection.sheet import BATCH, Sheet, connect, create, insert, keep_ends
from kg.records.graph import Graph
from kg.store.base import Queryable

_KIND: Final = f"CASE kind {' '.join(f'WHEN {k!r} THEN {n}' for n, k in enumerate(KINDS))} END"
_DESCRIBED: Final[dict[str, tuple[Kind, Sequence[str], Callable[[Graph, str], Node]]]] = {
    "actor": ("actors", ACTOR, nodes.actor),
    "place": ("places", PLACE, nodes.place),
}


def fill(sql: sqlite3.Connection, queryable: Queryable, filters: Filters, preset: str) -> None:
    """Draw a preset around a selection into an empty sheet. Raises BadFilter, StoreError."""
    chosen = chain(statement_ids(queryable, filters), event_ids(queryable, filters))
    fill_of(sql, queryable, chosen, preset)


def fill_of(
    sql: sqlite3.Connection, queryable: Queryable, records: Iterable[str], preset: str
) -> None:
    """The same of these statements and events, and what they are about."""
    _prepare(sql)
    _queue(sql, records)
    for things in _queued(sql):
        scene = read(queryable, things)
        _queue(sql, _topics(scene))
        _add(sql, PRESETS[preset](scene))
    _describe(sql, queryable)
    _gather(sql)
    _finish(sql, None)


def follow(sql: sqlite3.Connection, queryable: Queryable, preset: str, before: Before) -> None:
    """Draw everything into an empty sheet, of which most stands in that of an earlier view."""
    _prepare(sql)
    _queue(sql, before.records())
    for things in _queued(sql):
        _add(sql, PRESETS[preset](read(queryable, things)))
    sql.create_function("kept", 1, before.keeps)
    sql.execute("DELETE FROM wanted WHERE kept(iri)")
    for what in _DESCRIBED:
        _want(sql, what, before.wanted(what))
    _describe(sql, queryable)
    _finish(sql, before)


def ranked(
    preset: str, drawn: Iterable[Node], joined: Iterable[Edge], file: Path | None = None
) -> Sheet:
    """A sheet of nodes and edges that stand in their order, with positions and ranks."""
    connection = connect(file)
    sheet = Sheet(connection, preset)
    sheet.put(drawn, joined)
    connection.execute("BEGIN")
    rank(connection)
    connection.execute("COMMIT")
    return sheet


def positions(graph: Projection) -> Projection:
    """A graph in memory with positions and ranks."""
    sheet = ranked(graph.preset, graph.nodes, graph.edges)
    try:
        return sheet.whole()
    finally:
        sheet.close()


def _prepare(sql: sqlite3.Connection) -> None:
    """Tables for what is drawn, in no order yet."""
    create(sql)
    sql.execute("BEGIN")
    sql.execute("CREATE TABLE thing (number INTEGER PRIMARY KEY, iri UNIQUE)")
    sql.execute("CREATE TABLE wanted (number INTEGER PRIMARY KEY, iri UNIQUE, what)")
    sql.execute("CREATE TABLE carried (id, day, article, source, UNIQUE (id, day, article))")
    for table, names, key in (("new_node", NODE_FIELDS, "iri"), ("new_edge", EDGE_FIELDS, "id")):
        sql.execute(f"CREATE TABLE {table} ({', '.join(names)}, UNIQUE ({key}))")


def _queue(sql: sqlite3.Connection, things: Iterable[str]) -> None:
    """Statements and events that are to be drawn, each once."""
    sql.executemany("INSERT OR IGNORE INTO thing (iri) VALUES (?)", ((one,) for one in things))


def _queued(sql: sqlite3.Connection) -> Iterator[list[str]]:
    """Those that have not been drawn, some at a time, until no more come."""
    return _left(sql, "SELECT number, iri FROM thing WHERE number > ? ORDER BY number LIMIT ?")


def _wanted(sql: sqlite3.Connection, what: str) -> Iterator[list[str]]:
    return _left(
        sql,
        f"SELECT number, iri FROM wanted WHERE what = '{what}' AND number > ? "
        "ORDER BY number LIMIT ?",
    )


def _left(sql: sqlite3.Connection, text: str) -> Iterator[list[str]]:
    last = 0
    while found := sql.execute(text, (last, BATCH)).fetchall():
        last = found[-1][0]
        yield [iri for _, iri in found]


def _topics(scene: Scene) -> Iterator[str]:
    """What the scene's own are about and is drawn with them."""
    about = scene.graph.over([*scene.statements, *scene.events], "ck:about")
    return (one for one in about if scene.is_event(one) or scene.is_statement(one))


def _add(sql: sqlite3.Connection, drawn: Drawn) -> None:
    _put(sql, drawn.nodes)
    _want(sql, "actor", drawn.actors)
    _want(sql, "place", drawn.places)
    again = "UPDATE SET weight = weight + excluded.weight" if drawn.carried else "NOTHING"
    text = f"{insert('new_edge', EDGE_FIELDS)} ON CONFLICT (id) DO {again}"
    sql.executemany(text, map(row, drawn.edges))
    sql.executemany("INSERT OR IGNORE INTO carried VALUES (?, ?, ?, ?)", drawn.carried)


def _want(sql: sqlite3.Connection, what: str, things: Iterable[str]) -> None:
    text = f"INSERT OR IGNORE INTO wanted (iri, what) VALUES (?, '{what}')"
    sql.executemany(text, ((one,) for one in things))


def _describe(sql: sqlite3.Connection, queryable: Queryable) -> None:
    """Draw the actors and places that others name."""
    for what, (kind, names, made) in _DESCRIBED.items():
        for things in _wanted(sql, what):
            graph = read_things(queryable, kind, things, names)
            _put(sql, (made(graph, one) for one in things))


def _put(sql: sqlite3.Connection, made: Iterable[Node]) -> None:
    text = f"{insert('new_node', NODE_FIELDS)} ON CONFLICT (iri) DO NOTHING"
    sql.executemany(text, map(row, made))


def _gather(sql: sqlite3.Connection) -> None:
    """Name the articles of edges that stand for many statements."""
    found = sql.execute("SELECT id, source FROM carried ORDER BY id, day, article")
    told = (
        (*nodes.listed(source for _, source in some).values(), ident)
        for ident, some in groupby(found, key=itemgetter(0))
    )
    sql.executemany("UPDATE new_edge SET sources = ?, source_list = ? WHERE id = ?", told)


def _finish(sql: sqlite3.Connection, before: Before | None) -> None:
    """Nodes by kind and IRI, edges by their ends, ranked; what was only needed for it goes."""
    _order(sql, "node", NODE_FIELDS, f"{_KIND}, iri", before.nodes if before else None)
    _order(sql, "edge", EDGE_FIELDS, "source, target, id", before.edges if before else None)
    for table in ("thing", "wanted", "carried"):
        sql.execute(f"DROP TABLE {table}")
    rank(sql)
    sql.execute("COMMIT")


def _order(
    sql: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    order: str,
    among: Callable[[Iterable[Row]], Iterable[Row]] | None,
) -> None:
    """Put what is new in its place, ``among`` what there was before."""
    listed = ", ".join(names)
    new = f"SELECT {listed} FROM new_{table} ORDER BY {order}"
    if among is None:
        sql.execute(f"INSERT INTO {table} ({listed}) {new}")
    else:
        sql.executemany(insert(table, names), among(sql.execute(new)))
    sql.execute(f"DROP TABLE new_{table}")


def rank(sql: sqlite3.Connection) -> None:
    """Say of every node where it stands, how many edges it has and among whom."""
    ends = keep_ends(sql)
    seat = seats(iri for (iri,) in sql.execute("SELECT iri FROM node ORDER BY number"))
    count = len(seat)
    told = zip(
        *placed(seat, ends).T.tolist(),
        degrees(count, ends).tolist(),
        communities(count, ends).tolist(),
        centrality(count, ends).tolist(),
        range(1, count + 1),
        strict=True,
    )
    sql.executemany(
        "UPDATE node SET x = ?, y = ?, degree = ?, community = ?, centrality = ? WHERE number = ?",
        told,
    )
    sql.execute("CREATE INDEX node_degree ON node (degree DESC, iri)")
