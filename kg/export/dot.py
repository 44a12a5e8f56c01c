"""DOT for Graphviz: drawn where our other files draw it, by any of its layouts if asked.

https://graphviz.org/doc/info/lang.html
"""

from collections.abc import Iterator, Mapping
from typing import Final

from kg.export.columns import Column, Escape, Texts, edge_columns, filled, node_columns, texts
from kg.export.job import Job, clean, pieces
from kg.export.looks import edge_colour, node_colour, size
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS

_SHAPES: Final = {"statement": "box", "event": "diamond", "place": "triangle"}


def write(job: Job) -> Iterator[bytes]:
    """The projection as DOT."""
    return pieces(_texts(job))


def _texts(job: Job) -> Iterator[str]:
    about = job.about()
    for name, text in about.items():
        yield f"// {name}: {' '.join(text.split())}\n"
    yield f"digraph {_quoted(about['projection'])} {{\n"
    yield '  graph [layout="neato", inputscale=72, outputorder="edgesfirst"]\n'
    yield '  node [style="filled", color="#FFFFFF", fontname="sans-serif", fontsize=9]\n'
    yield '  edge [arrowsize=0.5, fontname="sans-serif", fontsize=7]\n'
    yield from map(_nodes, node_columns(job.sheet))
    yield from map(_edges, edge_columns(job.sheet))
    yield "}\n"


def _nodes(told: Mapping[str, Column]) -> str:
    rows = zip(
        *(_strings(told[name]) for name in ("iri", "label", "url")),
        *(told[name] for name in ("kind", "degree", "x", "y")),
        _told(told, NODE_COLUMNS),
        strict=True,
    )
    return "".join(
        f'  "{iri}" [label="{label}", URL="{url}", shape="{_SHAPES.get(kind, "ellipse")}", '
        f'fillcolor="{node_colour(kind)}", width={wide:.2f}, height={wide:.2f}, fixedsize=shape, '
        f'pos="{x},{-y}!"{listed}]\n'
        for iri, label, url, kind, degree, x, y, listed in rows
        for wide in (size(degree) / 72,)
    )


def _edges(told: Mapping[str, Column]) -> str:
    rows = zip(
        *(_strings(told[name]) for name in ("source", "target", "label", "url", "id")),
        *(told[name] for name in ("kind", "weight")),
        _told(told, EDGE_COLUMNS),
        strict=True,
    )
    return "".join(
        f'  "{source}" -> "{target}" [id="{ident}", label="{label}", URL="{url}", '
        f'color="{edge_colour(kind)}", count={weight}{listed}]\n'
        for source, target, label, url, ident, kind, weight, listed in rows
    )


def _told(told: Mapping[str, Column], columns: Mapping[str, str]) -> Iterator[str]:
    names = [name for name in columns if name not in ("iri", "url")]
    found = {name: _strings(told["kind" if name == "interaction" else name]) for name in names}
    return filled(found, lambda name: (f', "{name}"="', '"'), names)


def _quoted(text: str) -> str:
    return f'"{_string(text)}"'


def _strings(column: Column) -> Texts:
    return _STRINGS(texts(column))


def _string(text: str) -> str:
    """A text inside quotation marks: Graphviz itself turns ``\\\\n`` into a line end.

    >>> print(_string('a "b" \\\\ c'))
    a \\"b\\" \\\\ c
    """
    text = clean(text)
    for this, that in _PAIRS:
        text = text.replace(this, that)
    return text


_PAIRS: Final = (("\\", "\\\\"), ('"', '\\"'), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"))
_STRINGS: Final = Escape(_PAIRS, _string)
