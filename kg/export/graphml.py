"""GraphML for Cytoscape, igraph and networkx (plain keys) and for yEd (its own elements), in one.

yEd shows a file without ``y:ShapeNode`` as a heap of unnamed boxes; the others ignore yEd's
elements. They come first in each node, so that readers that take them for data let the plain
keys win. http://graphml.graphdrawing.org/specification.html
"""

from collections.abc import Iterator, Mapping
from typing import Final

from kg.export.job import Job, pieces
from kg.export.looks import ROUND, SHAPES, colour, size
from kg.export.xml import attribute, content
from kg.projection import Edge, Node
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS, Value, values

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
"""
_YED: Final = """<key id="y_node" for="node" yfiles.type="nodegraphics"/>
<key id="y_edge" for="edge" yfiles.type="edgegraphics"/>
"""
_TYPES: Final = {"string": "string", "double": "double", "integer": "int"}
_NODE: Final = {"label": "string", "name": "string", "x": "double", "y": "double", **NODE_COLUMNS}
_EDGE: Final = {"label": "string", "name": "string", "weight": "double", **EDGE_COLUMNS}


def write(job: Job) -> Iterator[bytes]:
    """The projection as GraphML."""
    return pieces(_texts(job))


def _texts(job: Job) -> Iterator[str]:
    about = job.about()
    yield _HEAD
    yield from _keys("graph", dict.fromkeys(about, "string"))
    yield from _keys("node", _NODE)
    yield from _keys("edge", _EDGE)
    yield _YED
    yield f'<graph id="G" edgedefault="directed">\n{_data("graph", about)}\n'
    yield from map(_node, job.graph.nodes)
    yield from map(_edge, job.graph.edges)
    yield "</graph>\n</graphml>\n"


def _keys(of: str, columns: Mapping[str, str]) -> Iterator[str]:
    for name, kind in columns.items():
        yield (
            f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'
        )


def _node(node: Node) -> str:
    named: dict[str, Value] = {"label": node.label, "name": node.label, "x": node.x, "y": node.y}
    return (
        f'<node id={attribute(node.iri)}><data key="y_node">{_shape(node)}</data>'
        f"{_data('node', named | dict(values(node)))}</node>\n"
    )


def _edge(edge: Edge) -> str:
    weight = float(edge.weight)
    named: dict[str, Value] = {"label": edge.label, "name": edge.label, "weight": weight}
    return (
        f'<edge id="{edge.id}" source={attribute(edge.source)} target={attribute(edge.target)}>'
        f'<data key="y_edge">{_line(edge)}</data>'
        f"{_data('edge', named | dict(values(edge)))}</edge>\n"
    )


def _data(of: str, told: Mapping[str, Value]) -> str:
    return "".join(
        f'<data key="{of}_{name}">{content(str(value))}</data>' for name, value in told.items()
    )


def _shape(node: Node) -> str:
    """How yEd draws a node; its x and y are the corner, ours the middle."""
    wide = size(node)
    corner = f'x="{node.x - wide / 2:.2f}" y="{node.y - wide / 2:.2f}"'
    return (
        f'<y:ShapeNode><y:Geometry height="{wide}" width="{wide}" {corner}/>'
        f'<y:Fill color="{colour(node)}" transparent="false"/>'
        '<y:BorderStyle color="#FFFFFF" type="line" width="1.0"/>'
        f'<y:NodeLabel modelName="sides" modelPosition="s">{content(node.label)}</y:NodeLabel>'
        f'<y:Shape type="{SHAPES.get(node.kind, ROUND)}"/></y:ShapeNode>'
    )


def _line(edge: Edge) -> str:
    return (
        f'<y:PolyLineEdge><y:LineStyle color="{colour(edge)}" type="line" width="1.0"/>'
        '<y:Arrows source="none" target="standard"/>'
        f"<y:EdgeLabel>{content(edge.label)}</y:EdgeLabel></y:PolyLineEdge>"
    )
