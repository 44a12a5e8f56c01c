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

_BETWEEN: Final = ",\n"
_PLAIN: Final = frozenset(
    {
        *("id", "iri", "source", "target", "url", "edtf", "earliest", "latest", "published"),
        *("kind", "type", "mode", "role", "factuality", "status", "precision", "review"),
        *("country", "sector"),
    }
)
"""IRIs, dates and codes: nothing in them is to be escaped."""
_ALWAYS: Final = frozenset(
    {
        *("iri", "url", "kind", "interaction", "review", "sources"),
        *("degree", "community", "centrality"),
    }
)
"""Columns that are never empty."""


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
    template = (
        f'{{"data":{{"id":%s,"name":%s,"label":%s{_template(NODE_COLUMNS)},"colour":"%s",'
        '"size":%s},"position":{"x":%s,"y":%s},"classes":"%s"}'
    )
    values = [*named, *_values(NODE_COLUMNS), *looks]
    yield from _listed(job.sheet.texts("node", template, values, _BETWEEN, size=size))
    yield '],\n"edges":[\n'
    named = [_string(name) for name in ("id", "source", "target", "label", "label")]
    looks = [_colour(ACTS), "kind"]
    template = (
        '{"data":{"id":%s,"source":%s,"target":%s,"name":%s,"label":%s,"weight":%d'
        f'{_template(EDGE_COLUMNS)},"colour":"%s"}},"classes":"%s"}}'
    )
    values = [*named, "weight", *_values(EDGE_COLUMNS), *looks]
    yield from _listed(job.sheet.texts("edge", template, values, _BETWEEN))
    yield "]}}\n"


def _listed(found: Iterable[str]) -> Iterator[str]:
    before = ""
    for some in found:
        yield before
        yield some
        before = _BETWEEN


def _template(columns: Mapping[str, str]) -> str:
    """The places of a member for each column."""
    return "".join(_member(name, of) if name in _ALWAYS else "%s" for name, of in columns.items())


def _member(name: str, of: str) -> str:
    return f',"{name}":"%s"' if of == "string" else f',"{name}":%s'


def _values(columns: Mapping[str, str]) -> Iterator[str]:
    """What stands there; nothing, put together with anything, is nothing in SQL."""
    for name, of in columns.items():
        field = "kind" if name == "interaction" else name
        if name in _ALWAYS:
            yield field
        else:
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
