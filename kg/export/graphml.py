"""GraphML for Cytoscape, igraph and networkx (plain keys) and for yEd (its own elements), in one.

yEd shows a file without ``y:ShapeNode`` as a heap of unnamed boxes; the others ignore yEd's
elements. They come first in each node, so that readers that take them for data let the plain
keys win. http://graphml.graphdrawing.org/specification.html
"""

from collections.abc import Iterator, Mapping
from typing import Final

from kg.export.columns import Column, edge_columns, filled, node_columns
from kg.export.job import Job, pieces
from kg.export.looks import ROUND, SHAPES, edge_colour, node_colour, size
from kg.export.xml import content, contents, values
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
"""
_YED: Final = """<key id="y_node" for="node" yfiles.type="nodegraphics"/>
<key id="y_edge" for="edge" yfiles.type="edgegraphics"/>
"""
_TYPES: Final = {"string": "string", "double": "double", "integer": "int"}
_NODE: Final = {"label": "string", "name": "string", "x": "double", "y": "double", **NODE_COLUMNS}
_EDGE: Final = {"label": "string", "name": "string", "weight": "double", **EDGE_COLUMNS}
_SAME: Final = {"name": "label", "interaction": "kind"}
"""Columns that say what another one says."""


def write(job: Job) -> Iterator[bytes]:
    """The projection as GraphML."""
    return pieces(_texts(job))


def _texts(job: Job) -> Iterator[str]:
    about = job.about()
    yield _HEAD
    yield from _keys("graph", dict.fromkeys(about, "string"))
    yield from _keys("node", _NODE)
    yield from _keys("edge", _EDGE)
    yield f'{_YED}<graph id="G" edgedefault="directed">\n'
    yield "".join(
        f'<data key="graph_{name}">{content(text)}</data>\n' for name, text in about.items()
    )
    yield from map(_nodes, node_columns(job.sheet))
    yield from map(_edges, edge_columns(job.sheet))
    yield "</graph>\n</graphml>\n"


def _keys(of: str, columns: Mapping[str, str]) -> Iterator[str]:
    for name, kind in columns.items():
        yield (
            f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'
        )


def _nodes(told: Mapping[str, Column]) -> str:
    rows = zip(
        values(told["iri"]),
        contents(told["label"]),
        *(told[name] for name in ("kind", "degree", "x", "y")),
        _listed("node", told, _NODE),
        strict=True,
    )
    return "".join(
        f'<node id="{iri}"><data key="y_node">{_shape(label, kind, size(degree), x, y)}</data>'
        f"{listed}</node>\n"
        for iri, label, kind, degree, x, y, listed in rows
    )


def _edges(told: Mapping[str, Column]) -> str:
    rows = zip(
        *(values(told[name]) for name in ("id", "source", "target")),
        contents(told["label"]),
        told["kind"],
        _listed("edge", {**told, "weight": [float(one) for one in told["weight"]]}, _EDGE),
        strict=True,
    )
    return "".join(
        f'<edge id="{ident}" source="{source}" target="{target}"><data key="y_edge">'
        f'<y:PolyLineEdge><y:LineStyle color="{edge_colour(kind)}" type="line" width="1.0"/>'
        '<y:Arrows source="none" target="standard"/>'
        f"<y:EdgeLabel>{label}</y:EdgeLabel></y:PolyLineEdge></data>{listed}</edge>\n"
        for ident, source, target, label, kind, listed in rows
    )


def _listed(of: str, told: Mapping[str, Column], columns: Mapping[str, str]) -> Iterator[str]:
    found = {name: contents(told[_SAME.get(name, name)]) for name in columns}
    return filled(found, lambda name: (f'<data key="{of}_{name}">', "</data>"), columns)


def _shape(label: str, kind: str, wide: float, x: float, y: float) -> str:
    """How yEd draws a node; its x and y are the corner, ours the middle."""
    return (
        f'<y:ShapeNode><y:Geometry height="{wide}" width="{wide}" '
        f'x="{x - wide / 2:.2f}" y="{y - wide / 2:.2f}"/>'
        f'<y:Fill color="{node_colour(kind)}" transparent="false"/>'
        '<y:BorderStyle color="#FFFFFF" type="line" width="1.0"/>'
        f'<y:NodeLabel modelName="sides" modelPosition="s">{label}</y:NodeLabel>'
        f'<y:Shape type="{SHAPES.get(kind, ROUND)}"/></y:ShapeNode>'
    )
