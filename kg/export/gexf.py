"""GEXF 1.3 for Gephi: typed parallel edges (``kind``), dates on the timeline, colours, positions.

https://gexf.net/schema.html
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from kg.export.columns import Column, edge_columns, filled, node_columns
from kg.export.job import Job, pieces
from kg.export.looks import edge_colour, node_colour, rgb, size
from kg.export.xml import content, values
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS

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
    nodes, edges = job.sheet.size
    yield _HEAD
    yield _meta(job)
    yield _GRAPH
    yield from _columns("node", NODE_COLUMNS)
    yield from _columns("edge", EDGE_COLUMNS)
    yield f'<nodes count="{nodes}">\n'
    yield from map(_nodes, node_columns(job.sheet))
    yield f'</nodes>\n<edges count="{edges}">\n'
    yield from map(_edges, edge_columns(job.sheet))
    yield "</edges>\n</graph>\n</gexf>\n"


def _meta(job: Job) -> str:
    about = job.about()
    told = "; ".join(f"{name}: {text}" for name, text in about.items() if name != "generator")
    return (
        f"<meta><creator>{content(about['generator'])}</creator>"
        f"<keywords>{content(about['projection'])}</keywords>"
        f"<description>{content(told)}</description></meta>\n"
    )


def _columns(kind: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">\n'
    for name, of in columns.items():
        yield f'<attribute id="{name}" title="{name}" type="{of}"/>\n'
    yield "</attributes>\n"


def _nodes(told: Mapping[str, Column]) -> str:
    rows = zip(
        *(values(told[name]) for name in ("iri", "label")),
        *(told[name] for name in ("kind", "degree", "x", "y")),
        _when(told),
        _listed(told, NODE_COLUMNS),
        strict=True,
    )
    return "".join(
        f'<node id="{iri}" label="{label}"{when}><attvalues>{listed}</attvalues>'
        f'{_colour(node_colour(kind))}<viz:size value="{size(degree)}"/>'
        f'<viz:position x="{x}" y="{-y}" z="0.0"/></node>\n'
        for iri, label, kind, degree, x, y, when, listed in rows
    )


def _edges(told: Mapping[str, Column]) -> str:
    rows = zip(
        *(values(told[name]) for name in ("id", "source", "target", "kind", "label")),
        told["weight"],
        _when(told),
        _listed(told, EDGE_COLUMNS),
        strict=True,
    )
    return "".join(
        f'<edge id="{ident}" source="{source}" target="{target}" type="directed" kind="{kind}" '
        f'label="{label}" weight="{weight}.0"{when}><attvalues>{listed}</attvalues>'
        f"{_colour(edge_colour(kind))}</edge>\n"
        for ident, source, target, kind, label, weight, when, listed in rows
    )


@cache
def _colour(colour: str) -> str:
    red, green, blue = rgb(colour)
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _when(told: Mapping[str, Column]) -> list[str]:
    """Start and end, both inclusive, only where they are known."""
    return [
        (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")
        for start, end in zip(told["earliest"], told["latest"], strict=True)
    ]


def _listed(told: Mapping[str, Column], columns: Mapping[str, str]) -> Iterator[str]:
    found = {name: values(told["kind" if name == "interaction" else name]) for name in columns}
    return filled(found, lambda name: (f'<attvalue for="{name}" value="', '"/>'), columns)
