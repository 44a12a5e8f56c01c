"""nodes.csv and edges.csv as Gephi's and Cytoscape's importers name their columns, zipped."""

from collections.abc import Iterable, Iterator, Sequence
from io import RawIOBase
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.export.csvtext import rows
from kg.export.job import Job, pieces
from kg.projection import Edge, Node
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS, Value, values

_NODE: Final = [name for name in NODE_COLUMNS if name not in ("iri", "kind", "type")]
_EDGE: Final = [name for name in EDGE_COLUMNS if name != "interaction"]
NODE_HEADER: Final = ("Id", "Label", "Type", "subtype", *_NODE, "x", "y")
EDGE_HEADER: Final = (
    *("Source", "Target", "Type", "Id", "Label", "Weight", "interaction"),
    *_EDGE,
)
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file inside: a zip cannot leave it out, and a clock would change the bytes."""


def write(job: Job) -> Iterator[bytes]:
    """The projection as a zip of two tables and a text about them."""
    sink = _Sink()
    about = "".join(f"{name}: {text}\n" for name, text in job.about().items())
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, texts in (
            ("README.txt", [about]),
            ("nodes.csv", rows(NODE_HEADER, map(_node, job.graph.nodes))),
            ("edges.csv", rows(EDGE_HEADER, map(_edge, job.graph.edges))),
        ):
            yield from _member(archive, sink, name, texts)
    yield sink.taken()


def _member(archive: ZipFile, sink: "_Sink", name: str, texts: Iterable[str]) -> Iterator[bytes]:
    info = ZipInfo(name, EPOCH)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    with archive.open(info, "w", force_zip64=True) as member:
        for piece in pieces(texts):
            member.write(piece)
            yield sink.taken()
    yield sink.taken()


def _node(node: Node) -> Sequence[Value]:
    """``Type`` is the kind, ``subtype`` its type: importers do not tell Type and type apart."""
    told = dict(values(node))
    rest = (told.get(one, "") for one in _NODE)
    return [node.iri, node.label, node.kind, node.type, *rest, node.x, node.y]


def _edge(edge: Edge) -> Sequence[Value]:
    told = dict(values(edge))
    rest = (told.get(one, "") for one in _EDGE)
    named = (edge.id, edge.label, edge.weight, edge.kind)
    return [edge.source, edge.target, "Directed", *named, *rest]


class _Sink(RawIOBase):
    """A file that cannot be sought in; what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: object, /) -> int:
        """Hold the bytes until they are taken."""
        held = bytes(data)  # type: ignore[call-overload]
        self._held.append(held)
        return len(held)

    def taken(self) -> bytes:
        """Everything written since the last time."""
        found = b"".join(self._held)
        self._held.clear()
        return found
