"""N-Quads in canonical form: every graph, one quad a line, the lines sorted by their bytes.

Two stores hold the same if and only if these files are the same.
"""

from collections.abc import Iterator

from kg.export.job import Job
from kg.export.lines import graph_lines, graphs, in_pieces, sorted_lines


def write(job: Job) -> Iterator[bytes]:
    """Every graph of the store, or the selection's part of the view."""
    return in_pieces(sorted_lines(_quads(job)))


def _quads(job: Job) -> Iterator[bytes]:
    for graph in graphs(job):
        tail = f" <{graph}> .".encode()
        for line in graph_lines(job, graph):
            yield line.removesuffix(b" .") + tail
