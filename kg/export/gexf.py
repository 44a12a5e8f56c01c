"""GEXF 1.3 for Gephi: typed parallel edges (``kind``), dates on the timeline, colours, positions.

https://gexf.net/schema.html
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.export.job import Job, pieces
from kg.export.looks import rgb, size
from kg.export.xml import attribute, content
from kg.projection import Edge, Node
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS, values

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""
_GRAPH: Final = (
    '<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" '
    'timerepresentation="interval">\n'
)


def write(job: Job) -> Iterator[bytes]:
    """The projection as GEXF."""
    return pieces(_texts(job))


def _texts(job: Job) -> Iterator[str]:
    yield _HEAD
    yield _meta(job)
    yield _GRAPH
    yield from _columns("node", NODE_COLUMNS)
    yield from _columns("edge", EDGE_COLUMNS)
    yield f'<nodes count="{len(job.graph.nodes)}">\n'
    yield from map(_node, job.graph.nodes)
    yield f'</nodes>\n<edges count="{len(job.graph.edges)}">\n'
    yield from map(_edge, job.graph.edges)
    yield "</edges>\n</graph>\n</gexf>\n"


def _meta(job: Job) -> str:
    about = job.about()
    told = "; ".join(f"{name}: {text}" for name, text in about.items() if name != "generator")
    return (
        f"<meta><creator>{content(about['generator'])}</creator>"
        f"<title>{content(about['projection'])}</title>"
        f"<description>{content(told)}</description></meta>\n"
    )


def _columns(kind: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">\n'
    for name, of in columns.items():
        yield f'<attribute id="{name}" title="{name}" type="{of}"/>\n'
    yield "</attributes>\n"


def _node(node: Node) -> str:
    red, green, blue = rgb(node)
    return (
        f"<node id={attribute(node.iri)} label={attribute(node.label)}{_when(node)}>"
        f"{_values(node)}"
        f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="{size(node)}"/>'
        f'<viz:position x="{node.x}" y="{-node.y}" z="0.0"/></node>\n'
    )


def _edge(edge: Edge) -> str:
    red, green, blue = rgb(edge)
    return (
        f'<edge id="{edge.id}" source={attribute(edge.source)} target={attribute(edge.target)} '
        f'type="directed" kind={attribute(edge.kind)} label={attribute(edge.label)} '
        f'weight="{edge.weight}.0"{_when(edge)}>{_values(edge)}'
        f'<viz:color r="{red}" g="{green}" b="{blue}"/></edge>\n'
    )


def _when(item: Node | Edge) -> str:
    """Start and end, both inclusive, only where they are known."""
    start = f' start="{item.earliest}"' if item.earliest else ""
    return start + (f' end="{item.latest}"' if item.latest else "")


def _values(item: Node | Edge) -> str:
    return f"<attvalues>{''.join(_listed(values(item)))}</attvalues>"


def _listed(pairs: Iterable[tuple[str, str | int | float]]) -> Iterator[str]:
    for name, value in pairs:
        yield f'<attvalue for="{name}" value={attribute(str(value))}/>'
