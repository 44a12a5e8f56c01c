"""Cytoscape's ``.cyjs``: elements with preset positions; the desktop and the library read it.

https://js.cytoscape.org/#notation/elements-json

SQLite makes the elements out of the rows, and escapes the texts: in Python each would take three
times as long.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.export.job import Job, pieces
from kg.export.looks import ACTS, NODE_COLOURS, PLAIN, size
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS

_NODE: Final = (
    f'{{"data":{{"id":%s,"name":%s,"label":%s{"%s" * len(NODE_COLUMNS)},"colour":"%s","size":%s}},'
    '"position":{"x":%s,"y":%s},"classes":"%s"}'
)
_EDGE: Final = (
    '{"data":{"id":%s,"source":%s,"target":%s,"name":%s,"label":%s,"weight":%d'
    f'{"%s" * len(EDGE_COLUMNS)},"colour":"%s"}},"classes":"%s"}}'
)
_PLAIN: Final = frozenset(
    {
        *("id", "iri", "source", "target", "url", "earliest", "latest"),
        *("kind", "type", "mode", "role", "factuality", "status", "precision", "review"),
    }
)
"""IRIs, days and codes: nothing in them is to be escaped."""


def write(job: Job) -> Iterator[bytes]:
    """The projection as Cytoscape JSON."""
    return pieces(_texts(job))


def _texts(job: Job) -> Iterator[str]:
    about = job.about()
    data = {"name": about["projection"], "shared_name": about["projection"], **about}
    yield '{"format_version":"1.0","generated_by":"conflict-kg",'
    yield f'"target_cytoscapejs_version":"~3","data":{_json(data)},"elements":{{\n"nodes":[\n'
    named = [_string(name) for name in ("iri", "label", "label")]
    looks = [_colour(NODE_COLOURS), "size(degree)", "x", "y", "kind"]
    yield from _listed(
        job.sheet.texts("node", _NODE, [*named, *_told(NODE_COLUMNS), *looks], size=size)
    )
    yield '],\n"edges":[\n'
    named = [_string(name) for name in ("id", "source", "target", "label", "label")]
    looks = [_colour(ACTS), "kind"]
    yield from _listed(
        job.sheet.texts("edge", _EDGE, [*named, "weight", *_told(EDGE_COLUMNS), *looks])
    )
    yield "]}}\n"


def _listed(found: Iterable[list[str]]) -> Iterator[str]:
    before = ""
    for some in found:
        yield before + ",\n".join(some)
        before = ",\n"


def _told(columns: Mapping[str, str]) -> Iterator[str]:
    """A member for each column; nothing, put together with anything, is nothing in SQL."""
    for name, of in columns.items():
        field = "kind" if name == "interaction" else name
        value = _string(field) if of == "string" else field
        yield f"""',"{name}":' || {value}"""


def _string(field: str) -> str:
    """A field as a JSON string."""
    if field == "label":
        return "json_quote(coalesce(label, ''))"
    return f"'\"' || {field} || '\"'" if field in _PLAIN else f"json_quote({field})"


def _colour(colours: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN '{kind}' THEN '{colour}'" for kind, colour in colours.items())
    return f"CASE kind {cases} ELSE '{PLAIN}' END"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
