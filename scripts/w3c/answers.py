"""Whether an answer is the one that was wanted: tables, graphs and datasets alike are rows.

Two collections of rows say the same when one becomes the other by renaming blank nodes. A table
has a row for each solution, with its number where the query asks for an order; a graph has a row
for each triple. Numbers and truth values are compared by type and value: "1.0" and "1.00" are one
decimal (XML Schema 1.1 part 2, section 2.2), "1.0" and 1 are not one number.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

import pyoxigraph as ox

_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RDF_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_WHOLE: Final = re.compile(r"[+-]?\d+")
_EXACT: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_FLOATING: Final = re.compile(rf"{_EXACT.pattern}(?:[eE][+-]?\d+)?|[+-]?INF|NaN")

Cell = object
"""A term, a string of CSV, an index, or None for what is unbound."""
Row = tuple[Cell, ...]

RESULT_FORMATS: Final = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
MEDIA_TYPES: Final = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}
GRAPH_FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions; ``ordered`` if their order was wanted too."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    ordered: bool = False


Answer = bool | Table | frozenset[Row]
"""Of an ASK, of a SELECT, of a CONSTRUCT: the triples."""


def parse_graph(body: bytes, suffix: str, base: str | None = None) -> frozenset[Row]:
    """The triples of a file."""
    quads = ox.parse(body, format=GRAPH_FORMATS[suffix], base_iri=base)
    return frozenset((one.subject, one.predicate, one.object) for one in quads)


def parse_table(body: bytes, suffix: str) -> bool | Table:
    """A SELECT's or ASK's answer in one of the four result formats."""
    if suffix == ".csv":
        head, *lines = csv.reader(io.StringIO(body.decode(), newline=""))
        return Table(tuple(head), tuple(tuple(map(_csv_cell, line)) for line in lines))
    found = ox.parse_query_results(body, format=RESULT_FORMATS[suffix])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    assert isinstance(found, ox.QuerySolutions)
    names = tuple(variable.value for variable in found.variables)
    return Table(names, tuple(tuple(row) for row in found))


def expected(path: Path, base: str) -> Answer:
    """What a result file says; RDF may hold a graph or a table (the vocabulary of result sets)."""
    if path.suffix not in GRAPH_FORMATS:
        return parse_table(path.read_bytes(), path.suffix)
    graph = parse_graph(path.read_bytes(), path.suffix, base)
    tables = [s for s, p, o in graph if p == _RDF_TYPE and o == ox.NamedNode(f"{_RS}ResultSet")]
    return _result_set(graph, tables[0]) if tables else graph


def difference(wanted: Answer, given: Answer, *, lax: bool = False) -> str | None:
    """What is wrong with an answer, for a person to read; None if nothing is.

    ``lax``: duplicates may be fewer than wanted (REDUCED).
    """
    if isinstance(wanted, bool) or isinstance(given, bool):
        return None if wanted is given else f"wanted {wanted}, got {given}"
    if isinstance(wanted, Table) and isinstance(given, Table):
        return _table_difference(wanted, given, lax)
    if isinstance(wanted, Table) or isinstance(given, Table):
        return f"wanted {type(wanted).__name__}, got {type(given).__name__}"
    return None if same(wanted, given) else _shown(wanted, given)


def canonical(cell: Cell) -> Cell:
    """A term in the one form of its value.

    >>> str(canonical(ox.Literal("+01", datatype=ox.NamedNode(_XSD + "integer"))))
    '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    if isinstance(cell, ox.Triple):
        parts = [canonical(one) for one in _cells(cell)]
        return ox.Triple(*parts)  # type: ignore[arg-type]
    if not isinstance(cell, ox.Literal) or not cell.datatype.value.startswith(_XSD):
        return cell
    value = _value(cell.value, cell.datatype.value.removeprefix(_XSD))
    return cell if value is None else ox.Literal(value, datatype=cell.datatype)


def _value(text: str, kind: str) -> str | None:
    """One lexical form for each value; None for what is no number, or not a well-formed one."""
    if kind == "boolean":
        return {"1": "true", "0": "false"}.get(text)
    if kind in ("float", "double") and _FLOATING.fullmatch(text):
        return repr(float(text))
    if kind == "decimal" and _EXACT.fullmatch(text):
        return f"{Decimal(text).normalize():f}"
    return str(int(text)) if _WHOLE.fullmatch(text) else None


def same(some: Iterable[Row], others: Iterable[Row]) -> bool:
    """Whether rows are the same, each as often, once blank nodes are renamed.

    >>> a, b, c = ox.BlankNode("a"), ox.BlankNode("b"), ox.BlankNode("c")
    >>> same([(a, b), (b, 1)], [(c, a), (a, 1)]), same([(a, b)], [(a, a)])
    (True, False)
    """
    left, right = _canonical(some), _canonical(others)
    plain = [Counter(row for row in rows if not _blank(row)) for rows in (left, right)]
    blank = [[row for row in rows if _blank(row)] for rows in (left, right)]
    return (
        plain[0] == plain[1] and len(blank[0]) == len(blank[1]) and _match(blank[0], blank[1], {})
    )


def _canonical(rows: Iterable[Row]) -> list[Row]:
    return [tuple(map(canonical, row)) for row in rows]


def _match(left: list[Row], right: list[Row], names: Mapping[str, str]) -> bool:
    """Whether the rows can be paired under these names, those first that leave least choice."""
    if not left:
        return True
    row = max(left, key=lambda one: _known(one, names))
    rest = [one for one in left if one is not row]
    for at, other in enumerate(right):
        renamed = _paired(row, other, names)
        if renamed is not None and _match(rest, right[:at] + right[at + 1 :], renamed):
            return True
    return False


def _known(row: Row, names: Mapping[str, str]) -> int:
    """How much of a row is settled: what is no blank node, and the blank nodes that have names."""
    return sum(not isinstance(cell, ox.BlankNode) or cell.value in names for cell in row)


def _paired(row: Row, other: Row, names: Mapping[str, str]) -> Mapping[str, str] | None:
    """The names under which two rows are one, if there are any."""
    if len(row) != len(other):
        return None
    for one, two in zip(row, other, strict=True):
        if isinstance(one, ox.BlankNode) and isinstance(two, ox.BlankNode):
            if names.get(one.value, two.value) != two.value:
                return None
            if one.value not in names and two.value in names.values():
                return None
            names = {**names, one.value: two.value}
        elif isinstance(one, ox.Triple) and isinstance(two, ox.Triple):
            inner = _paired(_cells(one), _cells(two), names)
            if inner is None:
                return None
            names = inner
        elif one != two:
            return None
    return names


def _blank(row: Row) -> bool:
    return any(
        isinstance(cell, ox.BlankNode) or (isinstance(cell, ox.Triple) and _blank(_cells(cell)))
        for cell in row
    )


def _cells(triple: ox.Triple) -> Row:
    return triple.subject, triple.predicate, triple.object


def _table_difference(wanted: Table, given: Table, lax: bool) -> str | None:
    if set(wanted.variables) != set(given.variables):
        return f"wanted the columns {wanted.variables}, got {given.variables}"
    order = [given.variables.index(name) for name in wanted.variables]
    rows: list[Row] = [tuple(row[at] for at in order) for row in given.rows]
    rightly: list[Row] = list(wanted.rows)
    if lax:
        fewer = len(set(rightly)) <= len(rows) <= len(rightly)
        rows, rightly = list(set(rows)), list(set(rightly))
        if not fewer:
            return f"wanted {len(set(wanted.rows))} to {len(wanted.rows)} rows, got {len(rows)}"
    if wanted.ordered:
        rows = [(at, *row) for at, row in enumerate(rows)]
        rightly = [(at, *row) for at, row in enumerate(rightly)]
    return None if same(rightly, rows) else _shown(rightly, rows)


def _shown(wanted: Iterable[Row], given: Iterable[Row]) -> str:
    """The rows that only one of the two has."""
    left, right = Counter(wanted), Counter(given)
    sides = [sorted(map(_row, side.elements())) for side in (left - right, right - left)]
    return f"wanted but not got: {'; '.join(sides[0])} — got: {'; '.join(sides[1])}"


def _row(row: Row) -> str:
    return " ".join("UNDEF" if cell is None else str(cell) for cell in row)


def _csv_cell(text: str) -> Cell:
    """CSV has no types: what looks like a number is one."""
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    return repr(float(text)) if _FLOATING.fullmatch(text) else text


def _result_set(graph: frozenset[Row], node: Cell) -> bool | Table:
    """A table out of RDF (https://www.w3.org/2001/sw/DataAccess/tests/result-set)."""

    def objects(subject: Cell, name: str) -> list[Cell]:
        return [o for s, p, o in graph if s == subject and p == ox.NamedNode(_RS + name)]

    def texts(subject: Cell, name: str) -> list[str]:
        return [one.value for one in objects(subject, name) if isinstance(one, ox.Literal)]

    if answer := texts(node, "boolean"):
        return answer[0] == "true"
    names = tuple(texts(node, "resultVariable"))
    solutions = objects(node, "solution")
    indexes = {one: texts(one, "index") for one in solutions}
    if all(indexes.values()) and solutions:
        solutions.sort(key=lambda one: int(indexes[one][0]))
    rows = []
    for solution in solutions:
        bindings = objects(solution, "binding")
        row = {texts(one, "variable")[0]: objects(one, "value")[0] for one in bindings}
        rows.append(tuple(row.get(name) for name in names))
    return Table(names, tuple(rows), ordered=all(indexes.values()) and bool(solutions))
