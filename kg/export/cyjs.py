"""Cytoscape's ``.cyjs``: elements with preset positions; the desktop and the library read it.

https://js.cytoscape.org/#notation/elements-json
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg.export.job import Job, pieces
from kg.export.looks import colour, size
from kg.projection import Edge, Node
from kg.projection.model import values


def write(job: Job) -> Iterator[bytes]:
    """The projection as Cytoscape JSON."""
    return pieces(_texts(job))


def _texts(job: Job) -> Iterator[str]:
    about = job.about()
    data = {"name": about["projection"], "shared_name": about["projection"], **about}
    yield '{"format_version":"1.0","generated_by":"conflict-kg",'
    yield f'"target_cytoscapejs_version":"~3","data":{_json(data)},"elements":{{\n"nodes":['
    yield from _listed(map(_node, job.graph.nodes))
    yield '],\n"edges":['
    yield from _listed(map(_edge, job.graph.edges))
    yield "]}}\n"


def _listed(things: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "\n"
    for thing in things:
        yield before + _json(thing)
        before = ",\n"


def _node(node: Node) -> dict[str, Any]:
    looks = {"colour": colour(node), "size": size(node)}
    return {
        "data": {"id": node.iri, "name": node.label, "label": node.label, **_told(node), **looks},
        "position": {"x": node.x, "y": node.y},
        "classes": node.kind,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    ends = {"id": edge.id, "source": edge.source, "target": edge.target}
    named = {"name": edge.label, "label": edge.label, "weight": edge.weight}
    told = {**ends, **named, **_told(edge), "colour": colour(edge)}
    return {"data": told, "classes": edge.kind}


def _told(item: Node | Edge) -> dict[str, Any]:
    return dict(values(item))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
