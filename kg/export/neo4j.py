"""Neo4j: tables with the headers that ``neo4j-admin database import`` reads, and a Cypher script.

https://neo4j.com/docs/operations-manual/current/import/ ("Import header format"): a column is
``name:type``; ``:ID``, ``:LABEL``, ``:START_ID``, ``:END_ID`` and ``:TYPE`` say what is joined.
A relationship's type is the kind of edge as it is everywhere else: an act (``deny``), an event
type (``ASSAULT``) or a part (``about``).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from kg.export.archive import zipped
from kg.export.csvtext import sheet_table
from kg.export.job import Job
from kg.projection.model import EDGE_COLUMNS, KINDS, NODE_COLUMNS

_TYPES: Final = {"string": "", "integer": ":int", "double": ":double"}
_DAYS: Final = ("earliest", "latest")
_ACTORS: Final = ("person", "organization", "state", "group", "document")
LABELS: Final = {
    kind: f"Actor;{kind.capitalize()}" if kind in _ACTORS else kind.capitalize() for kind in KINDS
}
"""Kind of node → its labels."""
_LABEL: Final = f"CASE kind {' '.join(f'WHEN {k!r} THEN {v!r}' for k, v in LABELS.items())} END"


def _typed(columns: Mapping[str, str]) -> dict[str, str]:
    """Heading → field of ordinary columns; a column without a type holds texts."""
    return {
        f"{name}{':date' if name in _DAYS else _TYPES[of]}": name for name, of in columns.items()
    }


NODES: Final = {
    **{"iri:ID": "iri", "name": "label", ":LABEL": _LABEL, "x:double": "x", "y:double": "y"},
    **_typed({name: of for name, of in NODE_COLUMNS.items() if name != "iri"}),
}
EDGES: Final = {
    **{":START_ID": "source", ":END_ID": "target", ":TYPE": "kind"},
    **{"id": "id", "name": "label", "weight:int": "weight"},
    **_typed({name: of for name, of in EDGE_COLUMNS.items() if name != "interaction"}),
}
"""Heading → field."""

_HOW: Final = """
Into a new database, with the server stopped (--multiline-fields: quotations have line ends;
--legacy-style-quoting: backslashes are doubled, as LOAD CSV expects them):

    neo4j-admin database import full neo4j --multiline-fields=true --legacy-style-quoting=true \\
        --nodes=nodes.csv --relationships=relationships.csv

Into a running one: put the files into its import folder and run import.cypher (cypher-shell -f).
"""


def write(job: Job) -> Iterator[bytes]:
    """The projection as a zip of two tables, a script and a text about them."""
    members = (
        ("README.txt", [job.readme(), _HOW]),
        ("nodes.csv", sheet_table(job.sheet, "node", NODES, for_neo4j=True)),
        ("relationships.csv", sheet_table(job.sheet, "edge", EDGES, for_neo4j=True)),
        ("import.cypher", _script(job)),
    )
    return zipped(members)


def _script(job: Job) -> Iterator[str]:
    """The same tables read by ``LOAD CSV``: labels and types cannot be variables in Cypher."""
    for line in job.readme().splitlines():
        yield f"// {line}\n"
    yield "CREATE CONSTRAINT thing IF NOT EXISTS FOR (n:Thing) REQUIRE n.iri IS UNIQUE;\n"
    for kind in job.sheet.kinds("node"):
        labels = "".join(f":{one}" for one in LABELS[kind].split(";"))
        yield (
            f"{_load('nodes')} WITH row WHERE row.kind = '{kind}'\n"
            "  CALL { WITH row MERGE (n:Thing {iri: row.`iri:ID`})\n"
            f"  SET n{labels}, n += {_properties(NODES)} }} IN TRANSACTIONS;\n"
        )
    for kind in job.sheet.kinds("edge"):
        yield (
            f"{_load('relationships')} WITH row WHERE row.`:TYPE` = '{kind}'\n"
            "  CALL { WITH row MATCH (a:Thing {iri: row.`:START_ID`}), "
            "(b:Thing {iri: row.`:END_ID`})\n"
            f"  MERGE (a)-[r:`{kind}` {{id: row.id}}]->(b) SET r += {_properties(EDGES)} }} "
            "IN TRANSACTIONS;\n"
        )


def _load(name: str) -> str:
    return f":auto LOAD CSV WITH HEADERS FROM 'file:///{name}.csv' AS row"


def _properties(columns: Mapping[str, str]) -> str:
    """A map of all ordinary columns, each of its type."""
    made = []
    for heading in columns:
        name, _, of = heading.partition(":")
        if name and of != "ID":
            value = f"row.`{heading}`"
            made.append(f"`{name}`: {_CASTS[of].format(value)}")
    return f"{{{', '.join(made)}}}"


_CASTS: Final = {
    "": "{}",
    "int": "toInteger({})",
    "double": "toFloat({})",
    "date": "date({})",
}
