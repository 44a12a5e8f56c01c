"""nodes.csv and edges.csv as Gephi's and Cytoscape's importers name their columns, zipped."""

from collections.abc import Iterator
from typing import Final

from kg.export.archive import zipped
from kg.export.csvtext import sheet_table
from kg.export.job import Job
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS

_NODE: Final = [name for name in NODE_COLUMNS if name not in ("iri", "kind", "type")]
_EDGE: Final = [name for name in EDGE_COLUMNS if name != "interaction"]
NODES: Final = {
    **{"Id": "iri", "Label": "label", "Type": "kind", "subtype": "type"},
    **{name: name for name in (*_NODE, "x", "y")},
}
"""Column → field. ``Type`` is the kind, ``subtype`` its type: importers do not tell Type and
type apart."""
EDGES: Final = {
    **{"Source": "source", "Target": "target", "Type": "'Directed'", "Id": "id", "Label": "label"},
    **{"Weight": "weight", "interaction": "kind", **{name: name for name in _EDGE}},
}


def write(job: Job) -> Iterator[bytes]:
    """The projection as a zip of two tables and a text about them."""
    members = (
        ("README.txt", [job.readme()]),
        ("nodes.csv", sheet_table(job.sheet, "node", NODES)),
        ("edges.csv", sheet_table(job.sheet, "edge", EDGES)),
    )
    return zipped(members)
